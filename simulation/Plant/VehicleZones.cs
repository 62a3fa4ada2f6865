using System.Collections.Immutable;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Fleet;

namespace Warehouse.Simulation.Plant;

/// <summary>
/// The release zones that a vehicle of version 3.0.0 was given, and its requests to enter them: it asks before the
/// first node inside, enters when that is granted, and gives the grant back when it has left.
/// </summary>
internal sealed class VehicleZones(VehicleId vehicle, Action told)
{
    private readonly SortedDictionary<string, VdaZone> zones = new(StringComparer.Ordinal);
    private readonly List<VdaZoneRequest> requests = [];
    private string set = "";
    private int asked;
    private Action? waiting;

    public ImmutableArray<VdaZoneSetState> Sets { get; private set; } = [];

    public ImmutableArray<VdaZoneRequest> Requests => [.. requests];

    public void Take(VdaZoneSet given)
    {
        set = given.ZoneSetId;
        Sets = [.. Sets.Where(one => one.ZoneSetId != set), new VdaZoneSetState(set, given.MapId, VdaZoneSetStatus.Enabled)];
        zones.Clear();
        foreach (var zone in given.Zones.Where(zone => zone.ZoneType == ZoneType.Release))
        {
            zones[zone.ZoneId] = zone;
        }

        told();
    }

    /// <summary>Goes on at once where the way is free of zones or granted; asks, and goes on when the answer comes, where it is not.</summary>
    public void Enter(RoutePoint to, Action enter)
    {
        var inside = zones.Values.FirstOrDefault(zone => Holds(zone, to));
        if (inside is null || requests.Any(one => one.ZoneId == inside.ZoneId && one.RequestStatus == VdaRequestStatus.Granted))
        {
            enter();
            return;
        }

        waiting = () => Enter(to, enter);
        if (!requests.Any(one => one.ZoneId == inside.ZoneId))
        {
            requests.Add(new VdaZoneRequest($"{vehicle.Text}-{++asked}", RequestType.Access, inside.ZoneId, set, VdaRequestStatus.Requested));
            told();
        }
    }

    /// <summary>The vehicle stands on a node: what it has left is given back.</summary>
    public void Stand(RoutePoint at)
    {
        if (requests.RemoveAll(one => one.RequestStatus == VdaRequestStatus.Granted && zones.TryGetValue(one.ZoneId, out var zone) && !Holds(zone, at)) > 0)
        {
            told();
        }
    }

    public void Answered(VdaResponse response)
    {
        var at = requests.FindIndex(one => one.RequestId == response.RequestId);
        if (at < 0)
        {
            return;
        }

        requests[at] = requests[at] with
        {
            RequestStatus = response.GrantType switch
            {
                GrantType.Granted => VdaRequestStatus.Granted,
                GrantType.Queued => VdaRequestStatus.Queued,
                GrantType.Revoked => VdaRequestStatus.Revoked,
                GrantType.Rejected => VdaRequestStatus.Requested,
            },
        };
        told();
        var go = waiting;
        waiting = null;
        go?.Invoke();
    }

    /// <summary>Nothing is waited for any more; true when something was.</summary>
    public bool GiveUp()
    {
        var waited = waiting is not null;
        waiting = null;
        requests.Clear();
        return waited;
    }

    /// <summary>Whether a point lies within a polygon: a line from it crosses the border an odd number of times.</summary>
    private static bool Holds(VdaZone zone, RoutePoint point)
    {
        var inside = false;
        var (x, y) = (point.XMillimetres / 1000m, point.YMillimetres / 1000m);
        for (var i = 0; i < zone.Vertices.Length; i++)
        {
            var (a, b) = (zone.Vertices[i], zone.Vertices[(i + 1) % zone.Vertices.Length]);
            if (a.Y > y != b.Y > y && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X)
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
