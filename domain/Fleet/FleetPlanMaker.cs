using System.Collections.Immutable;
using Warehouse.Domain.Fleet.Planning;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>
/// Asks the planner for a floor's next plan: from where the bases end, around whatever cannot move. The answer follows
/// from the floor's state and the number of improvements alone, so a replay makes the same plan. Who has its goal at the
/// end of its base stays there until it has reported it.
/// </summary>
/// <param name="depth">Steps that are planned, 1 to 5.</param>
public sealed class FleetPlanMaker(int depth)
{
    /// <summary>Memory for the distances to goals, in bytes.</summary>
    private const long TableBytes = 256L << 20;

    /// <summary>A vehicle counts as waiting from this many plans after it was sent.</summary>
    private const int Patience = 32;

    private const int WaitedMost = 1_000_000;

    private ImmutableArray<NodeId> closed;
    private FloorLayout? layout;
    private MoveGraph? whole;
    private MoveGraph? graph;
    private DistanceTables? distances;

    /// <summary>The plan for the version of the floor that is asked for.</summary>
    public FleetCommand.Planned Plan(FleetState fleet, int improvements)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        Look(fleet);
        var held = new bool[graph!.Cells];
        ImmutableArray<VehicleId> ids = [.. fleet.Vehicles.Keys];
        var view = new FleetView(ids.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            var vehicle = fleet.Vehicles[ids[i]];
            view.States[i] = WayMoves.StateOf(fleet.Graph, vehicle);
            held[MoveGraph.CellOf(view.States[i])] |= vehicle.End == vehicle.Goal;
            if (vehicle.Goal is { } goal && !fleet.IsFixed(vehicle))
            {
                view.Goals[i] = fleet.Graph.IndexOf(goal);
                view.Waited[i] = (int)Math.Clamp(fleet.Version - vehicle.SentIn - Patience, 0, WaitedMost);
            }
        }

        JamShuffle.Loosen(fleet, ids.AsSpan(), view);
        var planner = new FleetPlanner(
            WayMoves.Without(graph, held), distances!, ids.Length,
            new() { Depth = depth, Seed = (ulong)fleet.Version, Improvements = improvements });
        planner.Next(view);
        var ranks = PlanRanks.Of(planner.Plan, view.Goals);
        return new(
            fleet.Version,
            [
                .. ids.Select((id, i) => new FleetWay(
                        id, [.. ranks[i].Select(visit => new Visit(fleet.Graph.Nodes[visit.Cell].Point.Node, visit.Rank))]))
                    .Where(way => !way.Visits.IsEmpty),
            ]);
    }

    /// <summary>Distances are kept while the floor and what stands on it for good stay the same.</summary>
    private void Look(FleetState fleet)
    {
        var now = Closed(fleet);
        if (layout == fleet.Layout && graph is not null && closed.SequenceEqual(now))
        {
            return;
        }

        whole = layout == fleet.Layout ? whole : WayMoves.Of(fleet.Graph);
        (layout, closed) = (fleet.Layout, now);
        var shut = new bool[whole!.Cells];
        foreach (var node in now)
        {
            shut[fleet.Graph.IndexOf(node)] = true;
        }

        graph = WayMoves.Without(whole, shut);
        distances = new DistanceTables(graph, MoveCosts.Plain(graph), TableBytes);
    }

    /// <summary>Nodes that nobody can be planned through: bases of vehicles that stay, zones that stand, strays.</summary>
    private static ImmutableArray<NodeId> Closed(FleetState fleet)
    {
        var nodes = new SortedSet<NodeId>(fleet.Blocked);
        foreach (var vehicle in fleet.Vehicles.Values.Where(fleet.IsFixed))
        {
            nodes.UnionWith(vehicle.Base);
        }

        if (!fleet.Stopped.IsEmpty)
        {
            nodes.UnionWith(fleet.Graph.Nodes.Select(node => node.Point.Node).Where(fleet.Stands));
        }

        return [.. nodes];
    }
}
