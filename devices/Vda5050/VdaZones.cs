using System.Collections.Immutable;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>The zones of a map (topic zoneSet, QoS 0, from 3.0.0).</summary>
public sealed record VdaZoneSetMessage(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber, VdaZoneSet ZoneSet) : IVdaMessage;

/// <summary>Zones under one name.</summary>
public sealed record VdaZoneSet(string MapId, string ZoneSetId, ImmutableArray<VdaZone> Zones);

/// <summary>One zone; which of the last fields it has depends on its type.</summary>
public sealed record VdaZone(
    string ZoneId, ZoneType ZoneType, ImmutableArray<VdaVertex> Vertices, ReleaseLossBehavior? ReleaseLossBehavior = null,
    decimal? MaximumSpeed = null, decimal? PriorityFactor = null, decimal? PenaltyFactor = null,
    decimal? Direction = null, VdaLimitation? DirectedLimitation = null, VdaLimitation? BidirectedLimitation = null);

/// <summary>A corner, in metres.</summary>
public sealed record VdaVertex(decimal X, decimal Y);

/// <summary>How strictly a directed or bidirected zone holds; only directed ones can be strict.</summary>
public enum VdaLimitation
{
    /// <summary>Otherwise is dear.</summary>
    Soft,
    /// <summary>Never against it.</summary>
    Restricted,
    /// <summary>Only along it.</summary>
    Strict,
}

/// <summary>Answers to requests (topic responses, QoS 0, from 3.0.0).</summary>
public sealed record VdaResponses(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    ImmutableArray<VdaResponse> Responses) : IVdaMessage;

/// <summary>One answer. The text of 3.0.0 calls the grant responseType; the schema says grantType, and the schema counts.</summary>
public sealed record VdaResponse(string RequestId, GrantType GrantType, string? LeaseExpiry = null);
