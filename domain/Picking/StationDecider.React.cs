using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Picking;

/// <summary>Who hears what of a station's events.</summary>
public static partial class StationDecider
{
    /// <summary>A light may be put out at any later time, so this never comes too late.</summary>
    private static readonly Moment Never = Moment.Of(DateTimeOffset.MaxValue);

    private static IEnumerable<Effect> React(StationState station, Event happened) => happened switch
    {
        StationEvent.Lit it => Show(station, it.Task, it.At, 0),
        StationEvent.ShownAgain it => [Show(station, station.LightOf(it.Task)!.Task, it.At)],
        StationEvent.Overdue it => Show(station, station.LightOf(it.Task)!.Task, it.At, it.Times),
        StationEvent.Confirmed it => [.. Picked(station, it.Quantity), Dark(station)],
        StationEvent.ShortPicked it =>
            [.. Picked(station, it.Taken), .. Short(station.LastEnded!, it.Missing), Dark(station)],
        StationEvent.PutOut => [Dark(station)],
        StationEvent.ToteDone it =>
            [Effect.Tell(Warehouse(station), new WarehouseCommand.ToteDone(station.Station!.Value, it.Lpn))],
        StationEvent.SlotClosed it =>
        [
            Effect.Tell(it.Order.Stream, new OrderCommand.Collected(station.Station!.Value, it.Tote)),
            Effect.Tell(
                Warehouse(station), new WarehouseCommand.SlotFreed(station.Station.Value, it.Slot, it.Order)),
            Dark(station),
        ],
        _ => [],
    };

    /// <summary>Light the tag, and look after it when nobody has pressed: after a minute, then two, four and so on.</summary>
    private static IEnumerable<Effect> Show(StationState station, PickTask task, Moment at, int times)
    {
        var wait = Math.Min(LookAfterMilliseconds << Math.Min(times, 10), LongestLookAfterMilliseconds);
        yield return Show(station, task, at);
        yield return Effect.Wake(
            station.Station!.Value.Stream, new StationCommand.LookAfter(task.Id, times), at.Plus(wait));
    }

    private static Effect Show(StationState station, PickTask task, Moment at) => Effect.Tell(
        Tag(station, task),
        new DeviceCommand.Enqueue(
            task.Demand is { } demand
                ? new MachineCommand.ShowPick(task.Id, "green", demand.Quantity, demand.Sku.Text)
                : new MachineCommand.ShowPick(task.Id, "blue", 0, "CLOSE"),
            at.Plus(LookAfterMilliseconds)));

    private static Effect Dark(StationState station) => Effect.Tell(
        Tag(station, station.LastEnded!),
        new DeviceCommand.Enqueue(new MachineCommand.LightOff(station.LastEnded!.Id), Never));

    private static IEnumerable<Effect> Picked(StationState station, int quantity)
    {
        var task = station.LastEnded!;
        if (quantity == 0 || task.Demand is not { } demand)
        {
            yield break;
        }

        var units = new PickedUnits(task.Id.Text, task.Order, demand.Sku, demand.Lot, quantity);
        yield return Effect.Tell(task.Order.Stream, new OrderCommand.Picked(
            task.Id, demand.Reservation, demand.Sku, demand.Lot, task.From, quantity));
        yield return Effect.Tell(task.From.Stream, new ToteCommand.Take(units));
        yield return Effect.Tell(station.Slots[task.Slot].Tote.Stream, new ToteCommand.Put(units));
    }

    private static IEnumerable<Effect> Short(PickTask task, int missing) =>
    [
        Effect.Tell(task.Order.Stream, new OrderCommand.Short(
            task.Id, task.Demand!.Reservation, task.Demand.Sku, task.Demand.Lot, task.From, missing)),
        Effect.Tell(task.From.Stream, new ToteCommand.Short(
            task.Demand.Sku, task.Demand.Lot, missing, $"short pick {task.Id}")),
    ];

    private static StreamId Tag(StationState station, PickTask task) =>
        FloorPlan.Tag(station.Station!.Value, task.Slot).Stream;

    private static StreamId Warehouse(StationState station) =>
        FloorPlan.WarehouseOf(station.Station!.Value.Text).Stream;
}
