namespace Warehouse.Domain.Warehouses;

/// <summary>
/// Sends vehicles without work to the next free home, out of the way of others. There are as many homes as vehicles and
/// each vehicle has at most one, so one is always free for a vehicle that has none.
/// </summary>
internal static class ParkIdle
{
    public static void Run(Planning planning)
    {
        foreach (var vehicle in planning.Floor.Idle)
        {
            var floor = planning.Floor;
            var plan = floor.Plan();
            var at = floor.Vehicles[vehicle].At;
            if (!plan.IsHome(at))
            {
                var home = plan.Homes
                    .Where(place => !floor.Stops.ContainsKey(plan.Stops[place].Point.Node))
                    .MinBy(place => plan.DriveMillimetres(at, place));
                Missions.Start(planning, MissionKind.Park, vehicle, null, at, home);
            }
        }
    }
}
