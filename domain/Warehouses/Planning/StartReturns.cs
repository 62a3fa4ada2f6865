namespace Warehouse.Domain.Warehouses;

/// <summary>Sends totes that their station is done with home, on the vehicle that they stand on: first done, first sent.</summary>
internal static class StartReturns
{
    public static void Run(Planning planning)
    {
        foreach (var lpn in planning.Floor.AwaitingReturn)
        {
            var tote = planning.Floor.Totes[lpn];
            var vehicle = tote.Vehicle!.Value;
            if (Missions.FreeInPlace(planning.Floor, tote.Aisle, vehicle) is { } place)
            {
                Missions.Start(planning, MissionKind.Return, vehicle, lpn, tote.Dock!.Value, place);
            }
        }
    }
}
