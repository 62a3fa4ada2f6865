using System.Collections.Immutable;
using Warehouse.Simulation.Faults;
using Warehouse.Simulation.House;

namespace Warehouse.Simulation.Runs;

/// <summary>A small day with the faults of its seed.</summary>
public static class FaultRun
{
    /// <summary>Events that a set of runs has to reach; a run set that never does tests nothing of them.</summary>
    public static ImmutableArray<string> MustReach { get; } =
    [
        "OrderEvent.Placed", "OrderEvent.AllocationStarted", "OrderEvent.Held", "OrderEvent.Lacked", "OrderEvent.AllocationUndone",
        "OrderEvent.Allocated", "OrderEvent.StockAwaited", "OrderEvent.PickingBegun", "OrderEvent.UnitsPicked", "OrderEvent.UnitsMissing",
        "OrderEvent.UnitsGivenUp", "OrderEvent.PickingFinished", "OrderEvent.Packed", "OrderEvent.Shipped", "OrderEvent.Reduced",
        "OrderEvent.ReturnExpected", "OrderEvent.ReturnReceived", "OrderEvent.Cancelling", "OrderEvent.Withdrawn", "OrderEvent.PicksAgreed",
        "OrderEvent.PutAwayPlanned", "OrderEvent.PutOff", "OrderEvent.Undone", "OrderEvent.Cancelled", "OrderEvent.Closed",
        "StockEvent.Received", "StockEvent.Reserved", "StockEvent.Released", "StockEvent.Picked", "StockEvent.CameBack", "StockEvent.Shipped",
        "StockEvent.Returned", "StockEvent.Adjusted", "WarehouseEvent.OrderQueued", "WarehouseEvent.OrderReleased",
        "WarehouseEvent.OrderWithdrawn", "WarehouseEvent.PicksAdded", "WarehouseEvent.GoodsReceived", "WarehouseEvent.PutAwayPlanned", "WarehouseEvent.ToteHome",
        "StationEvent.Lit", "StationEvent.Confirmed", "StationEvent.ShortPicked", "StationEvent.SlotClosed", "StationEvent.SlotWithdrawn",
        "ParcelEvent.Packed", "ParcelEvent.Shipped", "ParcelEvent.Voided", "ToteEvent.Moved", "ToteEvent.Unpacked", "AgvEvent.LegDone",
        "CraneEvent.JobDone", "DeviceEvent.Said",
    ];

    /// <summary>Play the day of a seed with its faults, in a house that tests may have tampered with.</summary>
    public static DayResult Play(ulong seed, FaultOptions? faults = null, Func<HouseOptions, HouseOptions>? tamper = null)
    {
        faults ??= FaultOptions.Of(seed);
        var options = new HouseOptions();
        options = options with
        {
            Plant = options.Plant with { ShortPerMillion = faults.Short },
            Streams = options.Streams with { SnapshotEvery = 20 },
        };
        var files = SmallDay.Files(seed);
        return new DayRun(
            seed, files, SmallDay.Items(seed, files), tamper?.Invoke(options) ?? options, faults, TimeSpan.FromHours(8)).Play();
    }
}
