using Warehouse.Domain.Fleet;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>
/// Sends vehicles for totes on out places: the pair with the shortest drive first, so that a vehicle takes up next door to
/// where it set down. A tote that waits comes one loop node nearer with each mission that starts meanwhile; so none is
/// overtaken more often than the loop has nodes and the floor has out places.
/// </summary>
internal static class StartFetches
{
    public static void Run(Planning planning)
    {
        while (planning.Floor is { Idle.IsEmpty: false, AwaitingVehicle.IsEmpty: false } floor
            && Nearest(floor) is var (lpn, vehicle))
        {
            var tote = floor.Totes[lpn];
            Missions.Start(planning, MissionKind.Fetch, vehicle, lpn, tote.Place, tote.Dock!.Value);
        }
    }

    private static (Lpn Lpn, VehicleId Vehicle)? Nearest(WarehouseState floor)
    {
        var plan = floor.Plan();
        (Lpn, VehicleId)? nearest = null;
        var shortest = int.MaxValue;
        var idle = floor.Idle.Select(vehicle => (Vehicle: vehicle, Stop: plan.Stops[floor.Vehicles[vehicle].At])).ToArray();
        foreach (var lpn in floor.AwaitingVehicle)
        {
            var tote = floor.Totes[lpn];
            var stop = plan.Stops[tote.Place];
            var waited = floor.Serials.Mission - tote.OutSince;
            foreach (var (vehicle, at) in idle)
            {
                var drive = plan.DriveNodes(at, stop) - waited;
                if (drive < shortest && floor.CanBeSent(vehicle, tote.Place) && floor.CanBeSent(vehicle, tote.Dock!.Value))
                {
                    (nearest, shortest) = ((lpn, vehicle), drive);
                }
            }
        }

        return nearest;
    }
}
