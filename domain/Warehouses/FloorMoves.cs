using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>
/// What events do to totes, vehicles, places and stops. A place or stop that somebody else has is never given: trying to
/// is a broken invariant and throws.
/// </summary>
internal static class FloorMoves
{
    public static WarehouseState RetrievalOrdered(WarehouseState floor, WarehouseEvent.RetrievalOrdered ordered)
    {
        var tote = new FloorTote(
            ordered.Aisle, TotePhase.Retrieving, ordered.Out, ordered.Station, ordered.Dock, null);
        var kept = Keep(Keep(floor, ordered.Out, ordered.Lpn), ordered.Dock, ordered.Lpn);
        return DemandBook.Leaves(kept, ordered.Lpn, tote);
    }

    public static WarehouseState ToteCameOut(WarehouseState floor, WarehouseEvent.ToteCameOut came) =>
        With(floor, came.Lpn, floor.Totes[came.Lpn] with { Phase = TotePhase.Out, OutSince = floor.Serials.Mission }) with
        {
            AwaitingVehicle = floor.AwaitingVehicle.Add(came.Lpn),
        };

    /// <summary>From now on every stop of the mission is the vehicle's own, and the one that it leaves is free.</summary>
    public static WarehouseState MissionStarted(WarehouseState floor, WarehouseEvent.MissionStarted started)
    {
        var mission = new FloorMission(started.Mission, started.Kind, started.Lpn, started.From, started.To, 0);
        var vehicle = floor.Vehicles[started.Vehicle] with { Mission = mission };
        var left = floor with { Stops = floor.Stops.Remove(Stop(floor, vehicle.At)) };
        var sent = mission.LegPlaces.Aggregate(left, (kept, place) => KeepStop(kept, place, started.Vehicle)) with
        {
            Vehicles = floor.Vehicles.SetItem(started.Vehicle, vehicle),
            Idle = floor.Idle.Remove(started.Vehicle),
            Serials = floor.Serials with { Mission = floor.Serials.Mission + 1 },
        };
        return started.Lpn is not { } lpn ? sent : started.Kind switch
        {
            MissionKind.Fetch => Called(sent, lpn, started.Vehicle) with
            {
                AwaitingVehicle = sent.AwaitingVehicle.Remove(lpn),
            },
            MissionKind.PutAway => Keep(Called(sent, lpn, started.Vehicle), started.To, lpn) with
            {
                AwaitingPutAway = sent.AwaitingPutAway.Remove(lpn),
            },
            MissionKind.Return => Returned(sent, lpn, started),
            MissionKind.PassOn => PassedOn(sent, lpn, started),
            MissionKind.Park => throw new BrokenInvariantException(
                "warehouse", started.Vehicle.Text, $"{started.Mission} parks with {lpn} on it"),
        };
    }

    public static WarehouseState TotePickedUp(WarehouseState floor, WarehouseEvent.TotePickedUp picked)
    {
        var tote = floor.Totes[picked.Lpn];
        var id = tote.Vehicle!.Value;
        var vehicle = floor.Vehicles[id];
        var mission = vehicle.Mission!;
        var carried = mission.Kind == MissionKind.Fetch
            ? tote with { Phase = TotePhase.Carried }
            : tote with { Phase = TotePhase.Returning, Place = mission.To };
        return Stands(With(Release(floor, picked.From, picked.Lpn), picked.Lpn, carried), id, vehicle with
        {
            At = picked.From,
            Load = picked.Lpn,
            Mission = mission with { LegsDone = 1 },
        });
    }

    public static WarehouseState TotePresented(WarehouseState floor, WarehouseEvent.TotePresented presented)
    {
        var tote = floor.Totes[presented.Lpn];
        var id = tote.Vehicle!.Value;
        var shown = With(floor, presented.Lpn, tote with { Phase = TotePhase.Presented });
        return Stands(
            DemandBook.Presented(shown, presented.Lpn, presented.Station), id,
            floor.Vehicles[id] with { At = presented.Dock, Mission = null });
    }

    public static WarehouseState ToteFinished(WarehouseState floor, WarehouseEvent.ToteFinished finished) =>
        With(floor, finished.Lpn, floor.Totes[finished.Lpn] with { Phase = TotePhase.Finished }) with
        {
            AwaitingReturn = floor.AwaitingReturn.Add(finished.Lpn),
        };

    public static WarehouseState MissionEnded(WarehouseState floor, WarehouseEvent.MissionEnded ended)
    {
        var vehicle = floor.Vehicles[ended.Vehicle];
        var stored = vehicle.Mission!.Lpn is { } lpn
            ? With(floor, lpn, floor.Totes[lpn] with { Phase = TotePhase.Storing, Vehicle = null })
            : floor;
        return Stands(stored, ended.Vehicle, new(ended.At, null, null, null)) with
        {
            Idle = floor.Idle.Add(ended.Vehicle),
        };
    }

    /// <summary>The place is the tote's.</summary>
    public static WarehouseState Keep(WarehouseState floor, PlaceId place, Lpn lpn) =>
        floor.Places.TryGetValue(place, out var other)
            ? throw new BrokenInvariantException("warehouse", place.Text, $"{lpn} cannot have it: it holds {other}")
            : floor with { Places = floor.Places.Add(place, lpn) };

    /// <summary>The place is free, if it was the tote's.</summary>
    public static WarehouseState Release(WarehouseState floor, PlaceId place, Lpn lpn) =>
        floor.Places.TryGetValue(place, out var holder) && holder == lpn
            ? floor with { Places = floor.Places.Remove(place) }
            : floor;

    private static WarehouseState KeepStop(WarehouseState floor, PlaceId place, VehicleId vehicle) =>
        floor.CanBeSent(vehicle, place)
            ? floor with { Stops = floor.Stops.SetItem(Stop(floor, place), vehicle) }
            : throw new BrokenInvariantException(
                "warehouse", place.Text, $"{vehicle} cannot be sent there: {floor.Stops[Stop(floor, place)]} has the stop");

    /// <summary>The vehicle acted at a place. When its mission goes on from there, the stop is free for the next vehicle.</summary>
    private static WarehouseState Stands(WarehouseState floor, VehicleId id, FloorVehicle vehicle)
    {
        var at = Stop(floor, vehicle.At);
        var stays = vehicle.StopPlaces.Any(place => Stop(floor, place) == at);
        return floor with
        {
            Vehicles = floor.Vehicles.SetItem(id, vehicle with { Stopped = null }),
            Stops = stays ? floor.Stops : floor.Stops.Remove(at),
        };
    }

    private static WarehouseState Called(WarehouseState floor, Lpn lpn, VehicleId vehicle) =>
        With(floor, lpn, floor.Totes[lpn] with { Phase = TotePhase.Called, Vehicle = vehicle });

    private static WarehouseState Returned(WarehouseState floor, Lpn lpn, WarehouseEvent.MissionStarted started)
    {
        var tote = floor.Totes[lpn] with
        {
            Phase = TotePhase.Returning,
            Place = started.To,
            Station = null,
            Dock = null,
        };
        return With(Keep(Release(floor, started.From, lpn), started.To, lpn), lpn, tote) with
        {
            AwaitingReturn = floor.AwaitingReturn.Remove(lpn),
        };
    }

    private static WarehouseState PassedOn(WarehouseState floor, Lpn lpn, WarehouseEvent.MissionStarted started)
    {
        var tote = floor.Totes[lpn] with
        {
            Phase = TotePhase.Carried,
            Station = FloorPlan.StationOf(started.To),
            Dock = started.To,
        };
        return With(Keep(Release(floor, started.From, lpn), started.To, lpn), lpn, tote) with
        {
            AwaitingReturn = floor.AwaitingReturn.Remove(lpn),
        };
    }

    private static WarehouseState With(WarehouseState floor, Lpn lpn, FloorTote tote) =>
        floor with { Totes = floor.Totes.SetItem(lpn, tote) };

    private static NodeId Stop(WarehouseState floor, PlaceId place) => floor.Plan().Stops[place].Point.Node;
}
