using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>How a fleet is driven.</summary>
/// <param name="BaseNodes">Nodes ahead of a vehicle that may be released to it; more is smoother driving and less freedom. 1 to 20.</param>
/// <param name="HorizonLeaseMilliseconds">How long a silent vehicle's horizon is kept.</param>
[GenerateSerializer, Immutable, Alias("fleet.rules")]
public sealed record FleetRules([property: Id(0)] int BaseNodes, [property: Id(1)] long HorizonLeaseMilliseconds)
{
    /// <summary>Three nodes ahead, and half a minute: as long as a VDA 5050 state may be apart.</summary>
    public static FleetRules Usual { get; } = new(3, 30_000);
}

/// <summary>Whether a vehicle can be told anything.</summary>
public enum VehicleStanding
{
    /// <summary>It reports and is released.</summary>
    Heard,
    /// <summary>Nothing is heard of it: it may still drive to the end of its base.</summary>
    Silent,
    /// <summary>It is where it should not be: a person must say where it stands.</summary>
    Astray,
}

/// <summary>A vehicle on its floor.</summary>
/// <param name="Base">The nodes that are its own: where it was reported last, then what is released ahead of it.</param>
/// <param name="Came">The node from which it came to the first of them; it tells which way it looks.</param>
/// <param name="Horizon">What the plan has after that; none of it is its own.</param>
/// <param name="Reached">Nodes that it has reached since it joined.</param>
/// <param name="Mission">What it drives for.</param>
/// <param name="Goal">Where to; null when it has nothing to do.</param>
/// <param name="Standing">Whether it can be told anything.</param>
/// <param name="LostAt">Since when it is silent.</param>
/// <param name="Blocks">A node that it was reported at without having it; nobody else is released into it.</param>
/// <param name="SentIn">The version of the floor in which it got its goal: the longer ago, the sooner it is planned.</param>
[GenerateSerializer, Immutable, Alias("fleet.vehicle")]
public sealed record FleetVehicle(
    [property: Id(0)] ImmutableArray<NodeId> Base, [property: Id(1)] NodeId? Came,
    [property: Id(2)] ImmutableArray<Visit> Horizon, [property: Id(3)] long Reached,
    [property: Id(4)] MissionId? Mission, [property: Id(5)] NodeId? Goal, [property: Id(6)] VehicleStanding Standing,
    [property: Id(7)] Moment LostAt, [property: Id(8)] NodeId? Blocks, [property: Id(9)] long SentIn)
{
    /// <summary>Where it was reported last.</summary>
    [JsonIgnore]
    public NodeId At => Base[0];

    /// <summary>The last node that is its own: plans begin there.</summary>
    [JsonIgnore]
    public NodeId End => Base[^1];

    /// <summary>A vehicle that stands at a node and has nothing to do.</summary>
    public static FleetVehicle AtNode(NodeId at) =>
        new([at], null, [], 0, null, null, VehicleStanding.Heard, default, null, 0);
}

/// <summary>A planned visit to a node that is not released yet, with whose it is.</summary>
[GenerateSerializer, Immutable, Alias("fleet.turn")]
public readonly record struct Turn([property: Id(0)] int Step, [property: Id(1)] VehicleId Vehicle);

/// <summary>A floor's traffic: who owns which node, and in which order those not yet owned are given away.</summary>
/// <param name="Floor">Null before the floor is open.</param>
/// <param name="Layout">Its nodes and edges.</param>
/// <param name="Rules">How it is driven.</param>
/// <param name="Vehicles">Everybody on it.</param>
/// <param name="Owners">Whose each node is; nodes of nobody are left out.</param>
/// <param name="Turns">For each node the visits that the plan has, the next one first.</param>
/// <param name="Stopped">The zones that stand, by name.</param>
/// <param name="Version">Counts the plans that were asked for.</param>
/// <param name="Asked">Whether the plan of that version is still awaited; nothing is released meanwhile.</param>
/// <param name="Blocked">Nodes where vehicles were reported that do not have them.</param>
/// <param name="Unreported">Vehicles not heard of since the controller started; nothing is released while there is one.</param>
[GenerateSerializer, Immutable, Alias("fleet-state")]
public sealed record FleetState(
    [property: Id(0)] FloorId? Floor, [property: Id(1)] FloorLayout? Layout, [property: Id(2)] FleetRules Rules,
    [property: Id(3)] ImmutableSortedDictionary<VehicleId, FleetVehicle> Vehicles,
    [property: Id(4)] ImmutableSortedDictionary<NodeId, VehicleId> Owners,
    [property: Id(5)] ImmutableSortedDictionary<NodeId, ImmutableArray<Turn>> Turns,
    [property: Id(6)] ImmutableSortedDictionary<string, FloorZone> Stopped,
    [property: Id(7)] long Version, [property: Id(8)] bool Asked,
    [property: Id(9)] ImmutableSortedSet<NodeId> Blocked, [property: Id(10)] ImmutableSortedSet<VehicleId> Unreported)
{
    [NonSerialized]
    private FloorGraph? graph;

    /// <summary>A floor that is not open.</summary>
    public static FleetState Initial { get; } = new(
        null, null, FleetRules.Usual, ImmutableSortedDictionary<VehicleId, FleetVehicle>.Empty,
        ImmutableSortedDictionary<NodeId, VehicleId>.Empty, ImmutableSortedDictionary<NodeId, ImmutableArray<Turn>>.Empty,
        ImmutableSortedDictionary.Create<string, FloorZone>(StringComparer.Ordinal), 0, Asked: false, [], []);

    /// <summary>The layout's ways; only of an open floor.</summary>
    [JsonIgnore]
    public FloorGraph Graph => graph ??= new(Layout!);

    /// <summary>Whether a node lies in a zone that stands, or where people are.</summary>
    public bool Stands(NodeId node) =>
        !Stopped.IsEmpty && Graph.IndexOf(node) is >= 0 and var at && Stopped.Values.Any(zone => zone.Holds(Graph.Nodes[at].Point));

    /// <summary>Whether a vehicle stays where its base ends, whatever a plan would have it do.</summary>
    public bool IsFixed(FleetVehicle vehicle)
    {
        ArgumentNullException.ThrowIfNull(vehicle);
        return vehicle.Standing != VehicleStanding.Heard || Stands(vehicle.End);
    }
}
