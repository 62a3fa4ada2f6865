using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>
/// Gives nodes to vehicles: the execution of a plan under whatever delays (an action-dependency graph; Hönig, Kiesel,
/// Tinka, Durham, Ayanian 2019, "Persistent and Robust Execution of MAPF Schedules in Warehouses"). A vehicle gets the
/// next node of its horizon when nobody owns it and everyone whom the plan has there before has been there and left.
/// <para>Nobody can wait in a circle: each wait leads from a visit to one of a lower step (<see cref="FleetPlans"/>
/// refuses any other plan), and who owns a node beyond its end of base is on its way through.</para>
/// </summary>
internal static class FleetReleases
{
    /// <summary>What can be released to these vehicles now.</summary>
    public static ImmutableArray<Event> Of(FleetState fleet, IEnumerable<VehicleId> vehicles)
    {
        var events = ImmutableArray.CreateBuilder<Event>();
        if (fleet.Asked || !fleet.Unreported.IsEmpty)
        {
            return [];
        }

        foreach (var vehicle in vehicles)
        {
            for (var more = true; more;)
            {
                more = CanBeReleased(fleet, vehicle, fleet.Vehicles[vehicle]);
                if (more)
                {
                    var released = new FleetEvent.Released(vehicle, 1);
                    events.Add(released);
                    fleet = FleetMoves.Released(fleet, released);
                }
            }
        }

        return Joined(events);
    }

    /// <summary>Who waits first in line for the nodes that became free, and the vehicle itself.</summary>
    public static IEnumerable<VehicleId> Concerned(FleetState fleet, VehicleId vehicle, ImmutableArray<NodeId> freed)
    {
        var concerned = new List<VehicleId> { vehicle };
        foreach (var node in freed)
        {
            if (fleet.Turns.TryGetValue(node, out var turns) && !concerned.Contains(turns[0].Vehicle))
            {
                concerned.Add(turns[0].Vehicle);
            }
        }

        return concerned;
    }

    /// <summary>Which vehicles of a stopped zone get nodes at once when it goes on.</summary>
    public static ImmutableArray<VehicleId> MoveFirst(FleetState fleet, string zone)
    {
        var open = fleet with { Stopped = fleet.Stopped.Remove(zone) };
        return
        [
            .. fleet.Vehicles.Where(one => CanBeReleased(open, one.Key, one.Value) && !CanBeReleased(fleet, one.Key, one.Value))
                .Select(one => one.Key),
        ];
    }

    private static bool CanBeReleased(FleetState fleet, VehicleId id, FleetVehicle vehicle) =>
        !vehicle.Horizon.IsEmpty
        && vehicle.Base.Length <= fleet.Rules.BaseNodes
        && !fleet.IsFixed(vehicle)
        && IsFree(fleet, id, vehicle.Horizon[0]);

    private static bool IsFree(FleetState fleet, VehicleId id, Visit next) =>
        !fleet.Owners.ContainsKey(next.Node)
        && fleet.Turns[next.Node][0].Vehicle == id
        && !fleet.Stands(next.Node)
        && !fleet.Blocked.Contains(next.Node);

    private static ImmutableArray<Event> Joined(ImmutableArray<Event>.Builder events)
    {
        for (var i = events.Count - 1; i > 0; i--)
        {
            if (events[i] is FleetEvent.Released late && events[i - 1] is FleetEvent.Released early && early.Vehicle == late.Vehicle)
            {
                events[i - 1] = early with { Nodes = early.Nodes + late.Nodes };
                events.RemoveAt(i);
            }
        }

        return events.ToImmutable();
    }
}
