using System.Collections.Immutable;
using Warehouse.Domain.Layout;

namespace Warehouse.Dashboard.Board;

/// <summary>A rectangle of a floor, in millimetres, with what stands there.</summary>
public sealed record MapArea(string Id, int Left, int Top, int Width, int Height);

/// <summary>A place that a vehicle stops at, in millimetres, and the loop node that it is reached from.</summary>
public sealed record MapStop(string Id, string Kind, int X, int Y, int LoopX, int LoopY);

/// <summary>
/// A floor as it is drawn, in millimetres from the upper left corner (plans count upwards, pictures downwards). Points
/// of the loop are x and y in turn. It never changes while the house runs.
/// </summary>
public sealed record FloorMap(
    string Warehouse, string Name, int Width, int Height, ImmutableArray<int> Loop,
    ImmutableArray<MapStop> Stops, ImmutableArray<MapArea> Racks, ImmutableArray<MapArea> Stations)
{
    /// <summary>The picture of a plan's floor.</summary>
    public static FloorMap Of(WarehousePlan plan)
    {
        var floor = FloorPlan.Of(plan);
        var height = floor.HeightMillimetres;
        MapArea Area(string id, FloorArea area) =>
            new(id, area.LeftMillimetres, height - area.BottomMillimetres - area.HeightMillimetres, area.WidthMillimetres, area.HeightMillimetres);
        return new FloorMap(
            plan.Id.Text, plan.Name, floor.WidthMillimetres, height,
            [.. floor.Loop.SelectMany(point => new[] { point.XMillimetres, height - point.YMillimetres })],
            [.. floor.Stops.Select(stop => Stop(floor, stop.Key, stop.Value)).DistinctBy(stop => (stop.X, stop.Y))],
            [.. floor.Aisles.Select(aisle => Area(aisle.Text, floor.RackArea(aisle)))],
            [.. floor.Stations.Select(station => Area(station.Text, floor.StationArea(station)))]);
    }

    private static MapStop Stop(FloorPlan floor, PlaceId place, FloorStop stop)
    {
        var entry = floor.Loop[stop.LoopIndex];
        var height = floor.HeightMillimetres;
        return new MapStop(
            place.Text, Kind(place.Text), stop.Point.XMillimetres, height - stop.Point.YMillimetres, entry.XMillimetres, height - entry.YMillimetres);
    }

    private static string Kind(string place) =>
        place.Contains("/out", StringComparison.Ordinal) ? "out"
        : place.Contains("/in", StringComparison.Ordinal) ? "in"
        : place.Contains("/dock", StringComparison.Ordinal) ? "dock"
        : place.Contains("/home/", StringComparison.Ordinal) ? "home"
        : place.Contains("/receive/", StringComparison.Ordinal) ? "receive"
        : "slot";
}
