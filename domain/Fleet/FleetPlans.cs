using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>
/// What a plan must keep to before it is taken, whoever made it. Of two visits to one node, the first vehicle must have
/// left for its next node in a lower step than the second comes: then every wait leads to a lower step, and no circle of
/// waits can be, not even of vehicles that would all move on at once around a ring.
/// </summary>
internal static class FleetPlans
{
    /// <summary>The refusal of a plan; null when it can be taken.</summary>
    public static Decision? Refused(FleetState fleet, ImmutableArray<FleetWay> plan)
    {
        if (NoSuchWay(fleet, plan) is { } nowhere)
        {
            return Decision.Refuse(FleetRefusal.NoSuchWay, nowhere);
        }

        return Conflict(fleet, plan) is { } conflict ? Decision.Refuse(FleetRefusal.Conflict, conflict) : null;
    }

    /// <summary>For each node the visits of a plan in the order of their steps.</summary>
    public static ImmutableSortedDictionary<NodeId, ImmutableArray<Turn>> Turns(ImmutableArray<FleetWay> plan)
    {
        var visits = new List<(NodeId Node, Turn Turn)>();
        foreach (var way in plan)
        {
            foreach (var visit in way.Visits)
            {
                visits.Add((visit.Node, new(visit.Step, way.Vehicle)));
            }
        }

        visits.Sort((one, other) => one.Node.CompareTo(other.Node) is not 0 and var byNode ? byNode : one.Turn.Step.CompareTo(other.Turn.Step));
        var turns = ImmutableSortedDictionary.CreateBuilder<NodeId, ImmutableArray<Turn>>();
        for (int first = 0, next; first < visits.Count; first = next)
        {
            for (next = first + 1; next < visits.Count && visits[next].Node == visits[first].Node;)
            {
                next++;
            }

            turns.Add(visits[first].Node, [.. visits[first..next].Select(visit => visit.Turn)]);
        }

        return turns.ToImmutable();
    }

    private static string? NoSuchWay(FleetState fleet, ImmutableArray<FleetWay> plan)
    {
        VehicleId? before = null;
        foreach (var way in plan)
        {
            if (before is { } last && last.CompareTo(way.Vehicle) >= 0)
            {
                return $"{way.Vehicle} comes after {last}: the plan names each vehicle once, in order";
            }

            before = way.Vehicle;
            if (!fleet.Vehicles.TryGetValue(way.Vehicle, out var vehicle))
            {
                return $"there is no vehicle {way.Vehicle}";
            }

            var (at, step) = (vehicle.End, 0);
            foreach (var visit in way.Visits)
            {
                if (visit.Step <= step || !fleet.Graph.Leads(at, visit.Node))
                {
                    return $"{way.Vehicle} cannot come from {at} to {visit.Node} between steps {step} and {visit.Step}";
                }

                (at, step) = (visit.Node, visit.Step);
            }
        }

        return null;
    }

    private static string? Conflict(FleetState fleet, ImmutableArray<FleetWay> plan)
    {
        var moves = plan.ToDictionary(way => way.Vehicle, way => way.Visits);
        foreach (var (node, turns) in Turns(plan))
        {
            VehicleId? there = fleet.Owners.TryGetValue(node, out var owner) && fleet.Vehicles[owner].End == node ? owner : null;
            var since = 0;
            foreach (var turn in turns)
            {
                if (there is { } former && former != turn.Vehicle && LeavesAfter(moves, former, since) >= turn.Step)
                {
                    return $"{turn.Vehicle} comes to {node} in step {turn.Step}, and {former} is not gone in a lower one";
                }

                (there, since) = (turn.Vehicle, turn.Step);
            }
        }

        return null;
    }

    /// <summary>The step in which a vehicle that is at a node since a step drives on; never is later than all.</summary>
    private static int LeavesAfter(Dictionary<VehicleId, ImmutableArray<Visit>> moves, VehicleId vehicle, int since)
    {
        foreach (var visit in moves.GetValueOrDefault(vehicle, []))
        {
            if (visit.Step > since)
            {
                return visit.Step;
            }
        }

        return int.MaxValue;
    }
}
