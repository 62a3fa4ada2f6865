using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Warehouses;

/// <summary>
/// Who waits for whom on a floor: a vehicle for whoever has a stop or a place of its mission, a tote for its vehicle and
/// for whoever has a place that is to be its own. A circle would be a standstill that nothing ends.
/// </summary>
public sealed class WaitForGraph
{
    private readonly SortedDictionary<string, SortedSet<string>> edges = new(StringComparer.Ordinal);

    private WaitForGraph() { }

    /// <summary>The graph of a floor.</summary>
    public static WaitForGraph Of(WarehouseState floor)
    {
        ArgumentNullException.ThrowIfNull(floor);
        var graph = new WaitForGraph();
        foreach (var (id, vehicle) in floor.Vehicles)
        {
            foreach (var place in vehicle.StopPlaces)
            {
                if (floor.Stops.TryGetValue(floor.Plan().Stops[place].Point.Node, out var other))
                {
                    graph.Waits(id.Text, other.Text);
                }
            }

            foreach (var place in vehicle.Mission is { } mission ? mission.LegPlaces[mission.LegsDone..] : [])
            {
                if (floor.Places.TryGetValue(place, out var tote))
                {
                    graph.Waits(id.Text, tote.Text);
                }
            }
        }

        foreach (var (lpn, tote) in floor.Totes)
        {
            if (tote is { Vehicle: { } vehicle, Phase: TotePhase.Finished }
                && floor.Plan().InPlaces(tote.Aisle) is var places && places.All(place => !floor.IsFree(place)))
            {
                graph.Waits(lpn.Text, floor.Places[places[0]].Text);
                graph.Waits(vehicle.Text, lpn.Text);
            }
        }

        return graph;
    }

    /// <summary>Throws <see cref="BrokenInvariantException"/> that names who waits for whom.</summary>
    public void RequireNoCircle(WarehouseId warehouse)
    {
        var done = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var start in edges.Keys)
        {
            Visit(start, [], done, warehouse);
        }
    }

    private void Waits(string who, string whom)
    {
        if (who != whom)
        {
            edges.TryAdd(who, new(StringComparer.Ordinal));
            edges[who].Add(whom);
        }
    }

    private void Visit(string at, ImmutableArray<string> path, SortedSet<string> done, WarehouseId warehouse)
    {
        if (path.Contains(at, StringComparer.Ordinal))
        {
            throw new BrokenInvariantException(
                "warehouse", warehouse.Text, $"they wait in a circle: {string.Join(" for ", path.Add(at))}");
        }

        if (done.Contains(at) || !edges.TryGetValue(at, out var others))
        {
            return;
        }

        foreach (var other in others)
        {
            Visit(other, path.Add(at), done, warehouse);
        }

        done.Add(at);
    }
}
