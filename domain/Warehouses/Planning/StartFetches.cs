namespace Warehouse.Domain.Warehouses;

/// <summary>Sends vehicles for totes on out places: first out, first fetched, by the idle vehicle with the shortest drive.</summary>
internal static class StartFetches
{
    public static void Run(Planning planning)
    {
        foreach (var lpn in planning.Floor.AwaitingVehicle)
        {
            var tote = planning.Floor.Totes[lpn];
            if (Missions.NearestIdle(planning.Floor, tote.Place, tote.Dock!.Value) is { } vehicle)
            {
                Missions.Start(planning, MissionKind.Fetch, vehicle, lpn, tote.Place, tote.Dock.Value);
            }
        }
    }
}
