using Warehouse.Domain.Cranes;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>What the phases that send vehicles share.</summary>
internal static class Missions
{
    /// <summary>Give a vehicle the next mission.</summary>
    public static void Start(
        Planning planning, MissionKind kind, VehicleId vehicle, Lpn? lpn, PlaceId from, PlaceId to)
    {
        var floor = planning.Floor;
        var id = new MissionId(FormattableString.Invariant($"{floor.Plan().Plan.Id}/M{floor.Serials.Mission + 1:000000}"));
        planning.Happen(new WarehouseEvent.MissionStarted(id, kind, vehicle, lpn, from, to));
    }

    /// <summary>The idle vehicle with the shortest drive to the first of the places, if it can be sent to all of them.</summary>
    public static VehicleId? NearestIdle(WarehouseState floor, params ReadOnlySpan<PlaceId> places)
    {
        VehicleId? nearest = null;
        var shortest = int.MaxValue;
        foreach (var vehicle in floor.Idle)
        {
            var drive = floor.Plan().DriveMillimetres(floor.Vehicles[vehicle].At, places[0]);
            if (drive < shortest && CanBeSent(floor, vehicle, places))
            {
                (nearest, shortest) = (vehicle, drive);
            }
        }

        return nearest;
    }

    /// <summary>The first in place of an aisle that no tote has and the vehicle can be sent to.</summary>
    public static PlaceId? FreeInPlace(WarehouseState floor, AisleId aisle, VehicleId vehicle)
    {
        foreach (var place in floor.Plan().InPlaces(aisle))
        {
            if (floor.IsFree(place) && floor.CanBeSent(vehicle, place))
            {
                return place;
            }
        }

        return null;
    }

    private static bool CanBeSent(WarehouseState floor, VehicleId vehicle, ReadOnlySpan<PlaceId> places)
    {
        foreach (var place in places)
        {
            if (!floor.CanBeSent(vehicle, place))
            {
                return false;
            }
        }

        return true;
    }
}
