using System.Collections.Immutable;

namespace Warehouse.Domain.Fleet;

/// <summary>What holds within a zone (VDA 5050 3.0.0, 6.4).</summary>
public enum ZoneType
{
    /// <summary>Nobody enters.</summary>
    Blocked,
    /// <summary>Only along lines.</summary>
    LineGuided,
    /// <summary>Only after a granted request.</summary>
    Release,
    /// <summary>Other ways only after a granted request.</summary>
    CoordinatedReplanning,
    /// <summary>Not faster than the zone's limit.</summary>
    SpeedLimit,
    /// <summary>Ways through it are preferred by the zone's factor.</summary>
    Priority,
    /// <summary>Ways through it are avoided by the zone's factor.</summary>
    Penalty,
    /// <summary>Only in the zone's direction.</summary>
    Directed,
    /// <summary>Only in the zone's direction or against it.</summary>
    Bidirected,
}

/// <summary>What a vehicle does within a release zone whose lease is lost.</summary>
public enum ReleaseLossBehavior
{
    /// <summary>It stops.</summary>
    Stop,
    /// <summary>It leaves the zone.</summary>
    Evacuate,
    /// <summary>It goes on.</summary>
    Continue,
}

/// <summary>A corner of a zone, in millimetres on its map.</summary>
[GenerateSerializer, Immutable, Alias("agv.vertex")]
public sealed record Vertex([property: Id(0)] int XMillimetres, [property: Id(1)] int YMillimetres);

/// <summary>One zone: a polygon.</summary>
/// <param name="ZoneId">Its name, once in its set.</param>
/// <param name="ZoneType">What holds in it.</param>
/// <param name="Vertices">Its corners in order, at least three.</param>
/// <param name="Limit">
/// SpeedLimit: millimetres a second. Priority and Penalty: the factor in per mille. Directed and Bidirected: the
/// direction in milliradians. Nothing else has one.
/// </param>
/// <param name="ReleaseLoss">Release zones only: what happens when the lease is lost.</param>
[GenerateSerializer, Immutable, Alias("agv.zone")]
public sealed record Zone(
    [property: Id(0)] string ZoneId, [property: Id(1)] ZoneType ZoneType, [property: Id(2)] ImmutableArray<Vertex> Vertices,
    [property: Id(3)] int Limit = 0, [property: Id(4)] ReleaseLossBehavior ReleaseLoss = ReleaseLossBehavior.Stop);

/// <summary>The zones of a map under one name. A changed set gets a new name (VDA 5050 3.0.0, 6.4).</summary>
[GenerateSerializer, Immutable, Alias("agv.zone-set")]
public sealed record ZoneSet(
    [property: Id(0)] string ZoneSetId, [property: Id(1)] string MapId, [property: Id(2)] ImmutableArray<Zone> Zones);
