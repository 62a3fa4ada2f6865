using System.Collections.Immutable;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>Zones and requests as 3.0.0 has them. Pure.</summary>
public static class ZoneMapping
{
    /// <summary>The zones of a map.</summary>
    public static VdaZoneSet ToZoneSet(ZoneSet zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        return new(zones.MapId, zones.ZoneSetId, [.. zones.Zones.Select(ToZone)]);
    }

    /// <summary>What the vehicle asks for and has no answer to.</summary>
    public static ImmutableArray<VehicleRequest> OpenRequests(VdaState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return
        [
            .. (state.ZoneRequests ?? []).Where(one => one.RequestStatus == VdaRequestStatus.Requested)
                .Select(one => new VehicleRequest(one.RequestId, one.RequestType, one.ZoneId, one.ZoneSetId)),
            .. (state.EdgeRequests ?? []).Where(one => one.RequestStatus == VdaRequestStatus.Requested)
                .Select(one => new VehicleRequest(one.RequestId, one.RequestType, one.EdgeId, "")),
        ];
    }

    private static VdaZone ToZone(Zone zone)
    {
        var bare = new VdaZone(
            zone.ZoneId, zone.ZoneType, [.. zone.Vertices.Select(one => new VdaVertex(one.XMillimetres / 1000m, one.YMillimetres / 1000m))]);
        var limit = zone.Limit / 1000m;
        return zone.ZoneType switch
        {
            ZoneType.Release => bare with { ReleaseLossBehavior = zone.ReleaseLoss },
            ZoneType.SpeedLimit => bare with { MaximumSpeed = limit },
            ZoneType.Priority => bare with { PriorityFactor = limit },
            ZoneType.Penalty => bare with { PenaltyFactor = limit },
            ZoneType.Directed => bare with { Direction = limit, DirectedLimitation = VdaLimitation.Restricted },
            ZoneType.Bidirected => bare with { Direction = limit, BidirectedLimitation = VdaLimitation.Restricted },
            ZoneType.Blocked or ZoneType.LineGuided or ZoneType.CoordinatedReplanning => bare,
        };
    }
}
