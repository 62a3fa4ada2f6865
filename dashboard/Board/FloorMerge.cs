using System.Collections.Immutable;

namespace Warehouse.Dashboard.Board;

/// <summary>How a viewer puts a delta onto what it knows.</summary>
public static class FloorMerge
{
    /// <summary>The floor after the delta; it must follow on this snapshot's number.</summary>
    public static FloorSnapshot After(this FloorSnapshot floor, FloorDelta delta) => delta.From != floor.Number
        ? throw new InvalidOperationException($"the delta follows on {delta.From}, this is {floor.Number}")
        : floor with
        {
            Number = delta.Number,
            Clock = delta.Clock,
            Vehicles = Replace(floor.Vehicles, delta.Vehicles, vehicle => vehicle.Id),
            Cranes = Replace(floor.Cranes, delta.Cranes, crane => crane.Id),
            Stations = Replace(floor.Stations, delta.Stations, station => station.Id),
            Areas = Replace(floor.Areas, delta.Areas, area => area.Id),
            Orders = delta.Orders ?? floor.Orders,
            Latest = delta.Latest ?? floor.Latest,
            Alarms = delta.Alarms ?? floor.Alarms,
            Exceptions = delta.Exceptions ?? floor.Exceptions,
            Parcels = delta.Parcels ?? floor.Parcels,
        };

    private static ImmutableArray<T> Replace<T>(ImmutableArray<T> known, ImmutableArray<T>? changed, Func<T, string> id)
    {
        if (changed is not { IsEmpty: false } news)
        {
            return known;
        }

        var byId = news.ToDictionary(id, StringComparer.Ordinal);
        return [.. known.Select(old => byId.Remove(id(old), out var found) ? found : old), .. news.Where(item => byId.ContainsKey(id(item)))];
    }
}
