using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Inventory;

/// <summary>What events do to a stock's book. Every change of a tote's holding is verified where it is made.</summary>
public static class StockBook
{
    /// <summary>The state after an event.</summary>
    public static StockState Evolve(StockState state, Event happened) => happened switch
    {
        StockEvent.Received it => Remember(
            Count(
                Shift(state with { Warehouse = it.Warehouse, Sku = it.Sku }, it.Lpn, it.Lot, it.Quantity, 0, it.Aisle),
                totals => totals with { Received = totals.Received + it.Quantity }),
            it.Receipt),
        StockEvent.Reserved it => Hold(state, it),
        StockEvent.Released it => Settle(Free(state, it.Reservation), it.Reservation),
        StockEvent.Reduced it => it.Freed.Aggregate(
            state, (book, pick) => Lessen(Shift(book, pick.Lpn, pick.Lot, 0, -pick.Quantity), it.Reservation, pick)),
        StockEvent.Picked it => Pick(state, it),
        StockEvent.CameBack it => Count(
            Shift(
                state with { Picked = LessPicked(state, it.Order, it.Lot, it.Quantity) },
                it.Lpn, it.Lot, it.Quantity, 0, it.Aisle),
            totals => totals with { CameBack = totals.CameBack + it.Quantity }),
        StockEvent.Shipped it => it.Lots.Aggregate(state, (book, lot) => Ship(book, it.Order, lot)),
        StockEvent.Returned it => Return(state, it),
        StockEvent.Adjusted it => Adjust(state, it),
        StockEvent.SafetyStockSet it => state with { SafetyStock = it.Units },
        StockEvent.Held it => state with { Holds = state.Holds.Add(it.Id, it.Reason) },
        StockEvent.HoldEnded it => state with { Holds = state.Holds.Remove(it.Id) },
        StockEvent.RanLow => state with { Low = true },
        StockEvent.Recovered => state with { Low = false },
        _ => throw new UnknownEventException("stock", happened),
    };

    /// <summary>By how many units an event changes what is available, without applying it.</summary>
    public static long ChangeOfAvailable(StockState state, StockEvent happened) => happened switch
    {
        StockEvent.Received it => Unless(state.ToteOf(it.Lpn).Quarantined, it.Quantity),
        StockEvent.Reserved it => -it.Picks.Sum(pick => pick.Quantity),
        StockEvent.Released it => state.Reservations.Find(it.Reservation)?.Remaining.Sum(pick => pick.Quantity) ?? 0,
        StockEvent.Reduced it => it.Freed.Sum(pick => pick.Quantity),
        StockEvent.CameBack it => Unless(state.ToteOf(it.Lpn).Quarantined, it.Quantity),
        StockEvent.Adjusted { Reservation: null } it => Unless(state.ToteOf(it.Lpn).Quarantined, it.Delta),
        _ => 0,
    };

    /// <summary>Throws when the sums contradict each other. Cheap: details were verified where they changed.</summary>
    public static void Check(StockState state)
    {
        var sums = state.Totals;
        Require(state, sums.Reserved >= 0 && state.Available >= 0, "more is held than can be");
        Require(state, sums.Movements == sums.OnHand, $"movements sum to {sums.Movements}, on hand are {sums.OnHand}");
        Require(state, sums.Picked >= sums.CameBack + sums.Shipped, "more was shipped and put back than was picked");
        Require(state, sums.Returned <= sums.Shipped, "more came back than was shipped");
    }

    /// <summary>Counts everything again and throws where a sum differs from its details: the long form of <see cref="Check"/>.</summary>
    public static void Recount(StockState state)
    {
        Check(state);
        var sums = state.Totals;
        var lots = state.Totes.Values.SelectMany(tote => tote.Lots).ToArray();
        Require(state, lots.Sum(lot => (long)lot.OnHand) == sums.OnHand, "on hand differs from the totes'");
        Require(state, lots.Sum(lot => (long)lot.Reserved) == sums.Reserved, "reserved differs from the totes'");
        Require(
            state,
            state.Totes.Values.Where(tote => tote.Quarantined).SelectMany(tote => tote.Lots).Sum(lot => (long)lot.OnHand)
                == sums.Quarantined,
            "quarantined differs from the totes'");
        foreach (var held in state.Reservations.Values.SelectMany(it => it.Remaining).GroupBy(pick => (pick.Lpn, pick.Lot)))
        {
            Require(
                state,
                state.ToteOf(held.Key.Lpn).Of(held.Key.Lot).Reserved == held.Sum(pick => pick.Quantity),
                $"reservations hold another quantity in tote {held.Key.Lpn} than the tote says");
        }

        Require(
            state,
            state.Reservations.Values.SelectMany(it => it.Remaining).Sum(pick => (long)pick.Quantity) == sums.Reserved,
            "reserved differs from the reservations'");
        Require(
            state,
            state.Picked.Values.SelectMany(it => it).Sum(lot => (long)lot.Quantity) == sums.Picked - sums.CameBack - sums.Shipped,
            "picked differs from the orders'");
        Require(state, state.Shipped.Values.Sum() == sums.Shipped - sums.Returned, "shipped differs from the lots'");
    }

    private static StockState Hold(StockState state, StockEvent.Reserved it)
    {
        var book = it.Picks.Aggregate(state, (book, pick) => Shift(book, pick.Lpn, pick.Lot, 0, pick.Quantity));
        var reservation = new Reservation(it.Order, it.Picks.Sum(pick => pick.Quantity), it.Picks);
        return book with { Reservations = book.Reservations.Add(it.Reservation, reservation) };
    }

    private static StockState Free(StockState state, ReservationId reservation) =>
        state.Reservations.TryGetValue(reservation, out var held)
            ? held.Remaining.Aggregate(state, (book, pick) => Shift(book, pick.Lpn, pick.Lot, 0, -pick.Quantity))
            : state;

    private static StockState Pick(StockState state, StockEvent.Picked it)
    {
        var gone = new TotePick(it.Lpn, default, it.Lot, it.Quantity);
        var book = Lessen(Shift(state, it.Lpn, it.Lot, -it.Quantity, -it.Quantity), it.Reservation, gone);
        var lots = book.Picked.Get(it.Order, []);
        var known = lots.FirstOrDefault(lot => lot.Lot == it.Lot);
        lots = known is null
            ? lots.Add(new LotQuantity(it.Lot, it.Quantity))
            : lots.Replace(known, known with { Quantity = known.Quantity + it.Quantity });
        return Count(
            book with { Picked = book.Picked.SetItem(it.Order, lots) },
            totals => totals with { Picked = totals.Picked + it.Quantity });
    }

    private static StockState Ship(StockState state, OrderId order, LotQuantity lot) => Count(
        state with
        {
            Picked = LessPicked(state, order, lot.Lot, lot.Quantity),
            Shipped = state.Shipped.SetItem(lot.Lot, state.Shipped.Get(lot.Lot, 0) + lot.Quantity),
        },
        totals => totals with { Shipped = totals.Shipped + lot.Quantity });

    private static StockState Return(StockState state, StockEvent.Returned it)
    {
        var tote = state.Totes.Find(it.Lpn) ?? new ToteHolding(null, true, []);
        var left = state.Shipped.Get(it.Lot, 0) - it.Quantity;
        var book = state with
        {
            Totes = state.Totes.SetItem(it.Lpn, tote),
            Shipped = left == 0 ? state.Shipped.Remove(it.Lot) : state.Shipped.SetItem(it.Lot, left),
        };
        return Remember(
            Count(Shift(book, it.Lpn, it.Lot, it.Quantity, 0), totals => totals with { Returned = totals.Returned + it.Quantity }),
            it.Receipt);
    }

    private static StockState Adjust(StockState state, StockEvent.Adjusted it)
    {
        var book = Count(
            Shift(state, it.Lpn, it.Lot, it.Delta, it.Reservation is null ? 0 : it.Delta),
            totals => totals with { Adjusted = totals.Adjusted + it.Delta });
        return it.Reservation is { } reservation
            ? Lessen(book, reservation, new TotePick(it.Lpn, default, it.Lot, -it.Delta))
            : Remember(book, it.Id);
    }

    /// <summary>Changes a tote's holding of a lot and the sums with it; an emptied lot, and an emptied tote, leaves the book.</summary>
    private static StockState Shift(
        StockState state, Lpn lpn, LotId lot, int onHand, int reserved, Cranes.AisleId? aisle = null)
    {
        var tote = state.ToteOf(lpn);
        var before = tote.Of(lot);
        var after = before with { OnHand = before.OnHand + onHand, Reserved = before.Reserved + reserved };
        Require(
            state,
            after.Reserved >= 0 && after.Free >= 0 && (after.Reserved == 0 || !tote.Quarantined),
            $"tote {lpn} lot {lot} would have {after.OnHand} on hand and {after.Reserved} reserved");
        var lots = tote.Lots.RemoveAll(holding => holding.Lot == lot);
        if (after.OnHand > 0)
        {
            lots = lots.Insert(lots.Count(holding => holding.Lot.CompareTo(lot) < 0), after);
        }

        return state with
        {
            Totes = lots.IsEmpty
                ? state.Totes.Remove(lpn)
                : state.Totes.SetItem(lpn, tote with { Aisle = aisle ?? tote.Aisle, Lots = lots }),
            Totals = state.Totals with
            {
                OnHand = state.Totals.OnHand + onHand,
                Quarantined = state.Totals.Quarantined + (tote.Quarantined ? onHand : 0),
                Reserved = state.Totals.Reserved + reserved,
            },
        };
    }

    /// <summary>Takes units out of a reservation; one that has none left is over.</summary>
    private static StockState Lessen(StockState state, ReservationId reservation, TotePick gone)
    {
        var held = state.Reservations[reservation];
        var at = held.Remaining.First(pick => pick.Lpn == gone.Lpn && pick.Lot == gone.Lot);
        var remaining = at.Quantity == gone.Quantity
            ? held.Remaining.Remove(at)
            : held.Remaining.Replace(at, at with { Quantity = at.Quantity - gone.Quantity });
        return remaining.IsEmpty
            ? Settle(state, reservation)
            : state with { Reservations = state.Reservations.SetItem(reservation, held with { Remaining = remaining }) };
    }

    private static ImmutableSortedDictionary<OrderId, ImmutableArray<LotQuantity>> LessPicked(
        StockState state, OrderId order, LotId lot, int quantity)
    {
        var lots = state.Picked[order];
        var known = lots.First(it => it.Lot == lot);
        Require(state, known.Quantity >= quantity, $"order {order} gives away {quantity} of {known.Quantity} picked");
        lots = known.Quantity == quantity
            ? lots.Remove(known)
            : lots.Replace(known, known with { Quantity = known.Quantity - quantity });
        return lots.IsEmpty ? state.Picked.Remove(order) : state.Picked.SetItem(order, lots);
    }

    private static StockState Settle(StockState state, ReservationId reservation) => state with
    {
        Reservations = state.Reservations.Remove(reservation),
        Settled = Bounded(state.Settled, reservation, StockState.MaxSettled),
    };

    private static StockState Remember(StockState state, string receipt) =>
        state with { Receipts = Bounded(state.Receipts, receipt, StockState.MaxReceipts) };

    private static ImmutableArray<T> Bounded<T>(ImmutableArray<T> known, T added, int most) =>
        known.Length < most ? known.Add(added) : [.. known.AsSpan()[(known.Length - most + 1)..], added];

    private static StockState Count(StockState state, Func<StockTotals, StockTotals> counted) =>
        state with { Totals = counted(state.Totals) };

    private static long Unless(bool quarantined, int quantity) => quarantined ? 0 : quantity;

    private static void Require(StockState state, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BrokenInvariantException("stock", state.Key, otherwise);
        }
    }
}
