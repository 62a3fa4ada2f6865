using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Picking;

namespace Warehouse.Domain.Warehouses;

/// <summary>
/// Carries totes that a station is done with straight on to another one that needs them, before docks are given to totes
/// that still stand in the rack. A station's last free dock always goes to the tote for its oldest order, from wherever
/// that comes, so no order there waits for ever.
/// </summary>
internal static class PassOn
{
    public static void Run(Planning planning)
    {
        foreach (var lpn in planning.Floor.AwaitingReturn)
        {
            var tote = planning.Floor.Totes[lpn];
            foreach (var demand in DemandBook.Of(planning.Floor, lpn))
            {
                if (demand.Station != tote.Station
                    && FreeDock(planning.Floor, demand.Station, tote.Vehicle!.Value, demand.Rank) is { } dock)
                {
                    Missions.Start(planning, MissionKind.PassOn, tote.Vehicle.Value, lpn, tote.Dock!.Value, dock);
                    break;
                }
            }
        }
    }

    private static PlaceId? FreeDock(WarehouseState floor, StationId station, VehicleId vehicle, int rank)
    {
        PlaceId? first = null;
        foreach (var dock in floor.Plan().Docks(station))
        {
            if (!floor.IsFree(dock) || !floor.CanBeSent(vehicle, dock))
            {
                continue;
            }

            if (first is not null)
            {
                return first;
            }

            first = dock;
        }

        return first is not null && rank <= OldestAtHome(floor, station) ? first : null;
    }

    private static int OldestAtHome(WarehouseState floor, StationId station) => floor.Wanted.Values
        .Select(stations => stations[station])
        .Min(wanted => wanted.IsEmpty ? int.MaxValue : wanted.Min.Rank);
}
