using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>What events do to vehicles and nodes. A node that somebody else owns is never given: trying to is a broken invariant and throws.</summary>
internal static class FleetMoves
{
    public static FleetState Joined(FleetState fleet, FleetEvent.Joined joined) => Own(fleet, joined.Vehicle, joined.At) with
    {
        Vehicles = fleet.Vehicles.Add(joined.Vehicle, FleetVehicle.AtNode(joined.At)),
    };

    public static FleetState Released(FleetState fleet, FleetEvent.Released released)
    {
        var vehicle = fleet.Vehicles[released.Vehicle];
        var (owners, turns) = (fleet.Owners, fleet.Turns);
        foreach (var visit in vehicle.Horizon.AsSpan()[..released.Nodes])
        {
            owners = owners.TryGetValue(visit.Node, out var owner)
                ? throw new BrokenInvariantException("fleet", released.Vehicle.Text, $"{visit.Node} is released to it, and is {owner}'s")
                : owners.Add(visit.Node, released.Vehicle);
            var queue = turns[visit.Node];
            turns = queue[0] != new Turn(visit.Step, released.Vehicle)
                ? throw new BrokenInvariantException("fleet", released.Vehicle.Text, $"{visit.Node} is released to it before {queue[0].Vehicle}")
                : queue.Length == 1 ? turns.Remove(visit.Node) : turns.SetItem(visit.Node, queue.RemoveAt(0));
        }

        return fleet with
        {
            Owners = owners,
            Turns = turns,
            Vehicles = fleet.Vehicles.SetItem(released.Vehicle, vehicle with
            {
                Base = [.. vehicle.Base, .. vehicle.Horizon[..released.Nodes].Select(visit => visit.Node)],
                Horizon = vehicle.Horizon[released.Nodes..],
            }),
        };
    }

    public static FleetState Passed(FleetState fleet, FleetEvent.Passed passed)
    {
        var vehicle = fleet.Vehicles[passed.Vehicle];
        return fleet with
        {
            Owners = fleet.Owners.RemoveRange(vehicle.Base[..passed.Nodes]),
            Vehicles = fleet.Vehicles.SetItem(passed.Vehicle, vehicle with
            {
                Base = vehicle.Base[passed.Nodes..],
                Came = vehicle.Base[passed.Nodes - 1],
                Reached = vehicle.Reached + passed.Nodes,
            }),
        };
    }

    public static FleetState PlanTaken(FleetState fleet, FleetEvent.PlanTaken taken)
    {
        var ways = taken.Plan.ToImmutableSortedDictionary(way => way.Vehicle, way => way.Visits);
        return fleet with
        {
            Asked = false,
            Turns = FleetPlans.Turns(taken.Plan),
            Vehicles = fleet.Vehicles.ToImmutableSortedDictionary(
                one => one.Key, one => one.Value with { Horizon = ways.TryGetValue(one.Key, out var visits) ? visits : [] }),
        };
    }

    public static FleetState PositionConfirmed(FleetState fleet, FleetEvent.PositionConfirmed confirmed)
    {
        var vehicle = fleet.Vehicles[confirmed.Vehicle];
        var bare = WithoutHorizon(fleet with { Owners = fleet.Owners.RemoveRange(vehicle.Base) }, confirmed.Vehicle);
        var placed = Own(bare, confirmed.Vehicle, confirmed.At) with
        {
            Unreported = fleet.Unreported.Remove(confirmed.Vehicle),
            Vehicles = bare.Vehicles.SetItem(confirmed.Vehicle, bare.Vehicles[confirmed.Vehicle] with
            {
                Base = [confirmed.At],
                Came = null,
                Reached = vehicle.Reached + FleetDecider.MostBaseNodes + 2, // no order of before continues there
                Standing = VehicleStanding.Heard,
                LostAt = default,
                Blocks = null,
            }),
        };
        return placed with { Blocked = BlockedNodes(placed) };
    }

    public static FleetState Strayed(FleetState fleet, FleetEvent.Strayed strayed)
    {
        var astray = With(WithoutHorizon(fleet, strayed.Vehicle), strayed.Vehicle, vehicle => vehicle with
        {
            Standing = VehicleStanding.Astray,
            Blocks = strayed.At,
        });
        return astray with { Blocked = BlockedNodes(astray) };
    }

    /// <summary>Nothing of its own is touched: only what was not released goes.</summary>
    public static FleetState WithoutHorizon(FleetState fleet, VehicleId id)
    {
        var turns = fleet.Turns;
        foreach (var visit in fleet.Vehicles[id].Horizon)
        {
            var left = turns[visit.Node].Remove(new(visit.Step, id));
            turns = left.IsEmpty ? turns.Remove(visit.Node) : turns.SetItem(visit.Node, left);
        }

        return With(fleet, id, vehicle => vehicle with { Horizon = [] }) with { Turns = turns };
    }

    public static FleetState With(FleetState fleet, VehicleId id, Func<FleetVehicle, FleetVehicle> change) =>
        fleet with { Vehicles = fleet.Vehicles.SetItem(id, change(fleet.Vehicles[id])) };

    private static ImmutableSortedSet<NodeId> BlockedNodes(FleetState fleet) =>
        [.. fleet.Vehicles.Values.Select(vehicle => vehicle.Blocks).OfType<NodeId>()];

    private static FleetState Own(FleetState fleet, VehicleId vehicle, NodeId node) => fleet.Owners.TryGetValue(node, out var owner)
        ? throw new BrokenInvariantException("fleet", vehicle.Text, $"it stands at {node}, which is {owner}'s")
        : fleet with { Owners = fleet.Owners.Add(node, vehicle) };
}
