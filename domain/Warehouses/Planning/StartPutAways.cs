namespace Warehouse.Domain.Warehouses;

/// <summary>
/// Sends vehicles for totes that shall go into the rack. Before the fetches: they are few, and each keeps a receiving
/// place or a slot from being used.
/// </summary>
internal static class StartPutAways
{
    public static void Run(Planning planning)
    {
        foreach (var lpn in planning.Floor.AwaitingPutAway)
        {
            var tote = planning.Floor.Totes[lpn];
            if (Missions.NearestIdle(planning.Floor, tote.Place) is { } vehicle
                && Missions.FreeInPlace(planning.Floor, tote.Aisle, vehicle) is { } place)
            {
                Missions.Start(planning, MissionKind.PutAway, vehicle, lpn, tote.Place, place);
            }
        }
    }
}
