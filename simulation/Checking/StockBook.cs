using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Checking;

/// <summary>The sums of one lot of a SKU in a warehouse, as its stock stream tells them.</summary>
public sealed record LotSums(long Received, long Returned, long Adjusted, long OnHand, long Picked, long Shipped);

/// <summary>One SKU in one warehouse: units by tote and lot, what is promised of them, what left.</summary>
internal sealed class StockBook(StreamId stream)
{
    private readonly SortedDictionary<LotId, LotTotals> lots = [];
    private readonly SortedDictionary<(Lpn Tote, LotId Lot), long> onHand = [];
    private readonly SortedDictionary<(Lpn Tote, LotId Lot), long> held = [];
    private readonly SortedDictionary<(Lpn Tote, LotId Lot), long> quarantined = [];
    private readonly SortedDictionary<(OrderId Order, LotId Lot), long> picked = [];
    private readonly SortedDictionary<(OrderId Order, LotId Lot), long> withCustomer = [];
    private readonly SortedDictionary<ReservationId, Reservation> reservations = [];
    private readonly SortedSet<string> once = new(StringComparer.Ordinal);

    public StreamId Stream => stream;

    public IEnumerable<(LotId Lot, LotSums Sums)> Lots => lots.Select(lot => (lot.Key, new LotSums(
        lot.Value.Received, lot.Value.Returned, lot.Value.Adjusted,
        onHand.Where(cell => cell.Key.Lot == lot.Key).Sum(cell => cell.Value),
        picked.Where(one => one.Key.Lot == lot.Key).Sum(one => one.Value), lot.Value.Shipped)));

    public IEnumerable<(Lpn Tote, LotId Lot, long Units)> Cells => onHand.Select(cell => (cell.Key.Tote, cell.Key.Lot, cell.Value));

    public IEnumerable<(ReservationId Id, OrderId Order, long Open)> OpenReservations =>
        reservations.Where(one => one.Value.Open > 0).Select(one => (one.Key, one.Value.Order, one.Value.Open));

    public void See(in Seen seen, Findings findings)
    {
        switch (seen.Event)
        {
            case StockEvent.Received it:
                findings.Demand(once.Add($"receipt {it.Receipt}"), seen, $"receipt {it.Receipt} counted twice");
                Of(it.Lot).Received += it.Quantity;
                onHand.Raise((it.Lpn, it.Lot), it.Quantity);
                break;
            case StockEvent.Reserved it:
                Reserve(seen, it, findings);
                break;
            case StockEvent.Released it:
                Release(it);
                break;
            case StockEvent.Reduced it:
                it.Freed.ToList().ForEach(pick => Free(it.Reservation, (pick.Lpn, pick.Lot), pick.Quantity));
                break;
            case StockEvent.Picked it:
                Pick(seen, it, findings);
                break;
            case StockEvent.Adjusted it:
                Adjust(seen, it, findings);
                break;
            case StockEvent.CameBack it:
                findings.Demand(picked.Raise((it.Order, it.Lot), -it.Quantity) >= 0, seen, $"{it.Order} puts back more of lot {it.Lot} than it picked");
                onHand.Raise((it.Lpn, it.Lot), it.Quantity);
                break;
            case StockEvent.Shipped it:
                it.Lots.ToList().ForEach(one => Ship(it.Order, one));
                findings.Demand(it.Lots.All(one => picked.Of((it.Order, one.Lot)) >= 0), seen, $"{it.Order} ships more than it picked");
                break;
            case StockEvent.Returned it:
                Return(seen, it, findings);
                break;
        }
    }

    private LotTotals Of(LotId lot)
    {
        if (!lots.TryGetValue(lot, out var totals))
        {
            lots.Add(lot, totals = new LotTotals());
        }

        return totals;
    }

    private void Reserve(in Seen seen, StockEvent.Reserved it, Findings findings)
    {
        var known = reservations.GetValueOrDefault(it.Reservation);
        findings.Demand(known is null, seen, known is { Ended: true }
            ? $"reservation {it.Reservation} came after its release and holds units all the same"
            : $"reservation {it.Reservation} was made twice");
        var reservation = new Reservation(it.Order);
        reservations[it.Reservation] = reservation;
        foreach (var pick in it.Picks)
        {
            var cell = (pick.Lpn, pick.Lot);
            reservation.Cells.Raise(cell, pick.Quantity);
            var all = held.Raise(cell, pick.Quantity);
            var free = onHand.Of(cell) - quarantined.Of(cell);
            findings.Demand(all <= free, seen, $"{all} units of {pick.Lpn} lot {pick.Lot} are promised, {free} are there");
        }
    }

    private void Release(StockEvent.Released it)
    {
        if (reservations.TryGetValue(it.Reservation, out var reservation))
        {
            foreach (var (cell, units) in reservation.Cells.ToImmutableArray())
            {
                Free(it.Reservation, cell, units);
            }
        }
        else
        {
            reservations.Add(it.Reservation, reservation = new Reservation(default));
        }

        reservation.Ended = true;
    }

    private long Free(ReservationId id, (Lpn Tote, LotId Lot) cell, long units)
    {
        held.Raise(cell, -units);
        return reservations.TryGetValue(id, out var reservation) ? reservation.Cells.Raise(cell, -units) : -units;
    }

    private void Pick(in Seen seen, StockEvent.Picked it, Findings findings)
    {
        var cell = (it.Lpn, it.Lot);
        findings.Demand(Free(it.Reservation, cell, it.Quantity) >= 0, seen, $"{it.Reservation} picks {it.Quantity} of {it.Lpn} lot {it.Lot}, more than it holds there");
        findings.Demand(onHand.Raise(cell, -it.Quantity) >= 0, seen, $"{it.Lpn} gives more of lot {it.Lot} than it has");
        picked.Raise((it.Order, it.Lot), it.Quantity);
    }

    private void Adjust(in Seen seen, StockEvent.Adjusted it, Findings findings)
    {
        var cell = (it.Lpn, it.Lot);
        findings.Demand(!string.IsNullOrWhiteSpace(it.Cause), seen, $"adjustment {it.Id} has no cause");
        findings.Demand(once.Add($"adjustment {it.Id}"), seen, $"adjustment {it.Id} counted twice");
        Of(it.Lot).Adjusted += it.Delta;
        var left = onHand.Raise(cell, it.Delta);
        if (it.Reservation is { } reservation)
        {
            findings.Demand(Free(reservation, cell, -it.Delta) >= 0, seen, $"{reservation} misses more of {it.Lpn} than it holds there");
        }

        findings.Demand(left >= held.Of(cell), seen, $"{held.Of(cell)} units of {it.Lpn} lot {it.Lot} are promised, {left} are left");
    }

    private void Ship(OrderId order, LotQuantity lot)
    {
        picked.Raise((order, lot.Lot), -lot.Quantity);
        withCustomer.Raise((order, lot.Lot), lot.Quantity);
        Of(lot.Lot).Shipped += lot.Quantity;
    }

    private void Return(in Seen seen, StockEvent.Returned it, Findings findings)
    {
        findings.Demand(once.Add($"return {it.Receipt} {it.Lot}"), seen, $"return {it.Receipt} of lot {it.Lot} counted twice");
        findings.Demand(withCustomer.Raise((it.Order, it.Lot), -it.Quantity) >= 0, seen, $"{it.Order} gives back more of lot {it.Lot} than it got");
        Of(it.Lot).Returned += it.Quantity;
        onHand.Raise((it.Lpn, it.Lot), it.Quantity);
        quarantined.Raise((it.Lpn, it.Lot), it.Quantity);
    }

    private sealed class LotTotals
    {
        public long Received { get; set; }

        public long Returned { get; set; }

        public long Adjusted { get; set; }

        public long Shipped { get; set; }
    }

    private sealed class Reservation(OrderId order)
    {
        public OrderId Order => order;

        public SortedDictionary<(Lpn Tote, LotId Lot), long> Cells { get; } = [];

        public bool Ended { get; set; }

        public long Open => Cells.Values.Sum();
    }
}
