using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>Who hears what of a warehouse's events.</summary>
public static partial class WarehouseDecider
{
    private static IEnumerable<Effect> React(WarehouseState floor, Event happened) => happened switch
    {
        WarehouseEvent.OrderReleased it =>
        [
            Effect.Tell(it.Order.Stream, new OrderCommand.Released(it.Station, it.Slot, it.Tote, it.Sscc)),
            Effect.Tell(it.Station.Stream, new StationCommand.OpenSlot(it.Slot, it.Order, it.Tote)),
            Effect.Tell(it.Tote.Stream, new ToteCommand.Begin(
                it.Tote, Id(floor), FloorPlan.Slot(it.Station, it.Slot), it.Order)),
        ],
        WarehouseEvent.GoodsReceived it =>
        [
            Effect.Tell(it.Lpn.Stream, new ToteCommand.Receive(
                it.Receipt, it.Lpn, Id(floor), it.Place, it.Sku, it.Lot, it.Quantity)),
            Effect.Tell(StreamId.Of("stock", $"{Id(floor)}/{it.Sku}"), new StockCommand.Receive(
                it.Receipt, Id(floor), it.Sku, it.Lot, it.Lpn, it.Aisle, it.Quantity)),
        ],
        WarehouseEvent.RetrievalOrdered it =>
            [Effect.Tell(it.Aisle.Stream, new CraneCommand.Retrieve(it.Lpn, it.Out))],
        WarehouseEvent.MissionStarted it => [Effect.Tell(it.Vehicle.Stream, Carry(floor, it))],
        WarehouseEvent.TotePresented it =>
            [Effect.Tell(it.Station.Stream, new StationCommand.Present(it.Lpn, it.Demands))],
        WarehouseEvent.MissionEnded it when floor.Places.TryGetValue(it.At, out var lpn) =>
            [Effect.Tell(floor.Totes[lpn].Aisle.Stream, new CraneCommand.Store(lpn, it.At))],
        _ => [],
    };

    /// <summary>Each leg starts at the node where the one before it ended, which is not named again.</summary>
    private static AgvCommand.Carry Carry(WarehouseState floor, WarehouseEvent.MissionStarted started)
    {
        var plan = floor.Plan();
        var at = floor.Vehicles[started.Vehicle].At;
        return new(started.Mission, started.Lpn, started.Kind switch
        {
            MissionKind.Fetch =>
            [
                new(plan.Route(at, started.From), LegAction.Pick, started.From),
                new(plan.Route(started.From, started.To).RemoveAt(0), LegAction.Stand, started.To),
            ],
            MissionKind.PutAway =>
            [
                new(plan.Route(at, started.From), LegAction.Pick, started.From),
                new(plan.Route(started.From, started.To).RemoveAt(0), LegAction.Drop, started.To),
            ],
            MissionKind.Return => [new(plan.Route(at, started.To), LegAction.Drop, started.To)],
            MissionKind.PassOn or MissionKind.Park => [new(plan.Route(at, started.To), LegAction.Stand, started.To)],
        });
    }

    private static WarehouseId Id(WarehouseState floor) => floor.Plan().Plan.Id;
}
