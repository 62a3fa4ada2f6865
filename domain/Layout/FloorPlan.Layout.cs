using System.Collections.Immutable;
using Warehouse.Domain.Fleet;

namespace Warehouse.Domain.Layout;

public sealed partial class FloorPlan
{
    /// <summary>
    /// The floor as a graph: the loop one way round, a way to each stop and back, a station for each place, and homes to
    /// park and charge at.
    /// </summary>
    public FloorLayout ToLayout()
    {
        var homes = Homes.Select(home => Stops[home].Point.Node).ToImmutableSortedSet();
        var edges = ImmutableArray.CreateBuilder<FloorEdge>();
        for (var at = 0; at < Loop.Length; at++)
        {
            edges.Add(Between(Loop[at], Loop[(at + 1) % Loop.Length]));
        }

        foreach (var stop in Stops.Values.DistinctBy(stop => stop.Point.Node))
        {
            edges.Add(Between(Loop[stop.LoopIndex], stop.Point));
            edges.Add(Between(stop.Point, Loop[stop.LoopIndex]));
        }

        return new(
            Plan.Id.Text,
            [
                .. Nodes.Values.Select(point => new FloorNode(
                    point, homes.Contains(point.Node) ? NodeUses.Charging | NodeUses.Parking : NodeUses.None)),
            ],
            [.. edges.OrderBy(edge => edge.Edge)],
            [.. Stops.Select(stop => new FloorStation(stop.Key, [stop.Value.Point.Node]))],
            []);
    }

    private static FloorEdge Between(RoutePoint from, RoutePoint to) =>
        new(new($"{from.Node}-{to.Node}"), from.Node, to.Node, LayoutLength.Between(from, to));
}
