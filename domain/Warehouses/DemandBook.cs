using System.Collections.Immutable;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>
/// Keeps the index of wanted totes true while demands come and go and totes leave and come home: a tote stands in it,
/// for every station that needs it, exactly while it is home.
/// </summary>
internal static class DemandBook
{
    /// <summary>A released order needs these.</summary>
    public static WarehouseState Add(
        WarehouseState floor, OrderId order, FloorOrder released, ImmutableArray<ReleasePick> picks)
    {
        foreach (var pick in picks)
        {
            var demand = new OpenDemand(order, released.Station!.Value, released.Slot, released.Rank, pick);
            var before = Of(floor, pick.From.Lpn);
            var at = before.Count(one => one.Rank <= demand.Rank);
            floor = Set(floor, pick.From.Lpn, before.Insert(at, demand));
        }

        return floor;
    }

    /// <summary>An order needs nothing more.</summary>
    public static WarehouseState Drop(WarehouseState floor, OrderId order, ImmutableArray<ReleasePick> picks)
    {
        foreach (var lpn in picks.Select(pick => pick.From.Lpn).Distinct())
        {
            var before = Of(floor, lpn);
            var after = before.RemoveAll(one => one.Order == order);
            floor = after.Length == before.Length ? floor : Set(floor, lpn, after);
        }

        return floor;
    }

    /// <summary>A station has been told all that it needs of the tote.</summary>
    public static WarehouseState Presented(WarehouseState floor, Lpn lpn, StationId station) =>
        Set(floor, lpn, Of(floor, lpn).RemoveAll(one => one.Station == station));

    /// <summary>The tote leaves its bin, or is put away for the first time: it is no longer home.</summary>
    public static WarehouseState Leaves(WarehouseState floor, Lpn lpn, FloorTote tote) =>
        Unlist(floor, lpn, Of(floor, lpn)) with { Totes = floor.Totes.Add(lpn, tote) };

    /// <summary>The tote is in its bin.</summary>
    public static WarehouseState ComesHome(WarehouseState floor, Lpn lpn) =>
        List(floor with { Totes = floor.Totes.Remove(lpn) }, lpn, Of(floor, lpn));

    /// <summary>What is still needed of a tote, oldest first.</summary>
    public static ImmutableArray<OpenDemand> Of(WarehouseState floor, Lpn lpn) =>
        floor.Demands.TryGetValue(lpn, out var demands) ? demands : [];

    private static WarehouseState Set(WarehouseState floor, Lpn lpn, ImmutableArray<OpenDemand> demands)
    {
        var before = Of(floor, lpn);
        var set = floor with
        {
            Demands = demands.IsEmpty ? floor.Demands.Remove(lpn) : floor.Demands.SetItem(lpn, demands),
        };
        return floor.Totes.ContainsKey(lpn) ? set : List(Unlist(set, lpn, before), lpn, demands);
    }

    private static WarehouseState List(WarehouseState floor, Lpn lpn, ImmutableArray<OpenDemand> demands) =>
        Listed(floor, lpn, demands, (set, tote) => set.Add(tote));

    private static WarehouseState Unlist(WarehouseState floor, Lpn lpn, ImmutableArray<OpenDemand> demands) =>
        Listed(floor, lpn, demands, (set, tote) => set.Remove(tote));

    private static WarehouseState Listed(
        WarehouseState floor, Lpn lpn, ImmutableArray<OpenDemand> demands,
        Func<ImmutableSortedSet<WantedTote>, WantedTote, ImmutableSortedSet<WantedTote>> change)
    {
        foreach (var oldest in demands.DistinctBy(one => one.Station))
        {
            var aisle = oldest.Pick.From.Aisle;
            var stations = floor.Wanted[aisle];
            var changed = change(stations[oldest.Station], new(oldest.Rank, lpn));
            floor = floor with { Wanted = floor.Wanted.SetItem(aisle, stations.SetItem(oldest.Station, changed)) };
        }

        return floor;
    }
}
