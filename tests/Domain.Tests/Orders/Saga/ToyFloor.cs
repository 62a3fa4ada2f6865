using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Gs1;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Tests.Orders.Saga;

/// <summary>
/// A warehouse and its one station as an order sees them: a queue, slots, picks, sometimes short. No floor: totes are
/// wherever they are needed, and a rack is full now and then.
/// </summary>
internal sealed class ToyFloor(WarehouseId warehouse, Random chance, Action<StreamId, StreamId, Command> tell)
{
    private readonly StationId station = new($"{warehouse}/S1");
    private readonly List<WarehouseCommand.QueueOrder> queue = [];
    private readonly Dictionary<OrderId, Slot> released = [];
    private readonly Dictionary<OrderId, Slot> atStation = [];
    private readonly List<(Lpn From, PickDemand Demand)> demands = [];
    private int serial;
    private int task;

    private sealed record Slot(int Number, Lpn Tote)
    {
        public List<ToteContent> Contents { get; } = [];

        public int ShortPicks { get; set; }

        public bool CloseAsked { get; set; }

        public bool Closed { get; set; }

        public bool Withdrawn { get; set; }
    }

    /// <summary>Demands and slots that somebody still works on.</summary>
    public bool IsIdle => queue.Count == 0 && demands.Count == 0 && !atStation.Values.Any(slot => slot.CloseAsked && !slot.Closed && !slot.Withdrawn);

    public Answer Warehouse(Command command)
    {
        switch (command)
        {
            case WarehouseCommand.QueueOrder it:
                queue.Add(it);
                return Answer.Yes;
            case WarehouseCommand.AddPicks it when released.ContainsKey(it.Order):
                Present(it.Order, it.Picks);
                return Answer.Yes;
            case WarehouseCommand.Withdraw it when queue.RemoveAll(queued => queued.Order == it.Order) > 0:
                return Answer.Yes;
            case WarehouseCommand.Withdraw it when released.ContainsKey(it.Order):
                return Answer.No(WarehouseRefusal.AlreadyReleased, "a station has it");
            case WarehouseCommand.DropOrder:
                return Answer.Yes;
            case WarehouseCommand.PutAway when chance.Next(3) == 0:
                return Answer.No(WarehouseRefusal.RackFull, "no bin is free");
            case WarehouseCommand.PutAway it:
                Carry(it.Lpn, it.At);
                return Answer.With(new PutAwayTo(new AisleId($"{warehouse}/A01")));
            default:
                return Answer.No(WarehouseRefusal.Unknown, $"{command}");
        }
    }

    public Answer Station(Command command)
    {
        switch (command)
        {
            case StationCommand.OpenSlot it:
                atStation.Add(it.Order, new Slot(it.Slot, it.Tote));
                return Answer.Yes;
            case StationCommand.Present it:
                demands.AddRange(it.Demands.Where(demand => !atStation[demand.Order].Withdrawn).Select(demand => (it.Lpn, demand)));
                return Answer.Yes;
            case StationCommand.CloseSlot it when atStation.TryGetValue(it.Order, out var slot):
                slot.CloseAsked = true;
                return Answer.Yes;
            case StationCommand.Withdraw it when atStation.TryGetValue(it.Order, out var slot):
                return Withdraw(it.Order, slot);
            default:
                return Answer.No(StationRefusal.Unknown, $"{command}");
        }
    }

    /// <summary>Somebody on the floor does something: releases an order, picks, or closes a slot. False when there is nothing to do.</summary>
    public bool Step()
    {
        var closing = atStation.FirstOrDefault(slot => slot.Value is { CloseAsked: true, Closed: false, Withdrawn: false });
        if (queue.Count > 0 && chance.Next(2) == 0)
        {
            Release();
        }
        else if (demands.Count > 0)
        {
            Pick(chance.Next(demands.Count));
        }
        else if (closing.Value is { } slot)
        {
            slot.Closed = true;
            tell(station.Stream, closing.Key.Stream, new OrderCommand.Collected(station, slot.Tote));
        }
        else if (queue.Count > 0)
        {
            Release();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void Release()
    {
        var order = queue[0];
        queue.RemoveAt(0);
        serial++;
        var tote = new Lpn($"P-{warehouse}-{serial}");
        released.Add(order.Order, new Slot(serial, tote));
        tell(warehouse.Stream, order.Order.Stream, new OrderCommand.Released(
            station, serial, tote, SsccNumber.Of(warehouse.Text.Length % 10, "0614141", serial)));
        tell(warehouse.Stream, station.Stream, new StationCommand.OpenSlot(serial, order.Order, tote));
        tell(warehouse.Stream, tote.Stream, new ToteCommand.Begin(tote, warehouse, FloorPlan.Slot(station, serial), order.Order));
        Present(order.Order, order.Picks);
    }

    private void Present(OrderId order, IEnumerable<ReleasePick> picks)
    {
        foreach (var pick in picks)
        {
            tell(warehouse.Stream, station.Stream, new StationCommand.Present(
                pick.From.Lpn,
                [new PickDemand(pick.Reservation, order, released[order].Number, pick.Sku, pick.From.Lot, pick.From.Quantity)]));
        }
    }

    private void Pick(int index)
    {
        var (from, demand) = demands[index];
        demands.RemoveAt(index);
        var slot = atStation[demand.Order];
        var missing = chance.Next(4) == 0 ? chance.Next(1, demand.Quantity + 1) : 0;
        var taken = demand.Quantity - missing;
        var id = new PickTaskId($"{station}/{++task}");
        if (taken > 0)
        {
            var units = new PickedUnits(id.Text, demand.Order, demand.Sku, demand.Lot, taken);
            slot.Contents.Add(new ToteContent(demand.Sku, demand.Lot, taken));
            tell(station.Stream, demand.Order.Stream, new OrderCommand.Picked(id, demand.Reservation, demand.Sku, demand.Lot, from, taken));
            tell(station.Stream, from.Stream, new ToteCommand.Take(units));
            tell(station.Stream, slot.Tote.Stream, new ToteCommand.Put(units));
        }

        if (missing > 0)
        {
            slot.ShortPicks++;
            tell(station.Stream, demand.Order.Stream, new OrderCommand.Short(id, demand.Reservation, demand.Sku, demand.Lot, from, missing));
            tell(station.Stream, from.Stream, new ToteCommand.Short(demand.Sku, demand.Lot, missing, "short pick"));
        }
    }

    private Answer Withdraw(OrderId order, Slot slot)
    {
        if (slot.Closed)
        {
            return Answer.No(StationRefusal.AlreadyClosed, "the slot is closed");
        }

        slot.Withdrawn = true;
        demands.RemoveAll(it => it.Demand.Order == order);
        return Answer.With(new WithdrawnWith(slot.Tote, [.. slot.Contents], slot.ShortPicks));
    }

    /// <summary>A vehicle and a crane bring the tote into a bin; their reports travel apart.</summary>
    private void Carry(Lpn tote, PlaceId from)
    {
        var vehicle = new PlaceId($"{warehouse}/V01");
        var aisle = new PlaceId($"{warehouse}/A01/in1");
        tell(new StreamId($"agv:{warehouse}/V01"), tote.Stream, new ToteCommand.Move(from, vehicle));
        tell(new StreamId($"agv:{warehouse}/V01"), tote.Stream, new ToteCommand.Move(vehicle, aisle));
        tell(new StreamId($"crane:{warehouse}/A01"), tote.Stream, new ToteCommand.Move(aisle, new PlaceId($"{warehouse}/A01/bin/{tote}")));
    }
}
