using System.Collections.Immutable;
using Warehouse.Domain.Fleet;

namespace Warehouse.Domain.Layout;

/// <summary>What a node is for, beside being passed.</summary>
[Flags]
public enum NodeUses
{
    /// <summary>Nothing else.</summary>
    None = 0,
    /// <summary>A vehicle can charge there (LIF: the node has the action <c>startCharging</c>).</summary>
    Charging = 1,
    /// <summary>A vehicle without work may stand there.</summary>
    Parking = 2,
}

/// <summary>A node where one vehicle can stand.</summary>
/// <param name="Point">Its id and where it is.</param>
/// <param name="Uses">What it is for.</param>
[GenerateSerializer, Immutable, Alias("floor.node")]
public sealed record FloorNode(
    [property: Id(0)] RoutePoint Point, [property: Id(1)] NodeUses Uses = NodeUses.None);

/// <summary>A way that is driven from one node to another and not back; a way for both directions is two edges.</summary>
/// <param name="Edge">Its id.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends; a node of another floor for a lift or a door between floors.</param>
/// <param name="LengthMillimetres">How far that is, in a straight line.</param>
/// <param name="WidthMillimetres">How wide the way is; null when nobody said so.</param>
/// <param name="MaxMillimetresPerSecond">How fast it may be driven; null is as fast as the vehicle can.</param>
/// <param name="Unloaded">Whether an empty vehicle may drive it.</param>
/// <param name="Loaded">Whether a loaded vehicle may drive it.</param>
[GenerateSerializer, Immutable, Alias("floor.edge")]
public sealed record FloorEdge(
    [property: Id(0)] EdgeId Edge, [property: Id(1)] NodeId From, [property: Id(2)] NodeId To,
    [property: Id(3)] int LengthMillimetres, [property: Id(4)] int? WidthMillimetres = null,
    [property: Id(5)] int? MaxMillimetresPerSecond = null, [property: Id(6)] bool Unloaded = true,
    [property: Id(7)] bool Loaded = true);

/// <summary>A place where vehicles act: LIF's station, with the nodes at which one can stand for it.</summary>
[GenerateSerializer, Immutable, Alias("floor.station")]
public sealed record FloorStation(
    [property: Id(0)] PlaceId Place, [property: Id(1)] ImmutableArray<NodeId> Nodes);

/// <summary>What holds within a zone.</summary>
public enum FloorZoneKind
{
    /// <summary>No vehicle ever goes there; nodes within are left out of every way.</summary>
    NoGo,
    /// <summary>People walk there; it is closed and opened by name while the floor runs.</summary>
    People,
}

/// <summary>A rectangle of the floor in which something else holds.</summary>
[GenerateSerializer, Immutable, Alias("floor.zone")]
public sealed record FloorZone(
    [property: Id(0)] string Name, [property: Id(1)] FloorZoneKind Kind, [property: Id(2)] FloorArea Area)
{
    /// <summary>Whether a point lies within it, its border included.</summary>
    public bool Holds(RoutePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return point.XMillimetres >= Area.LeftMillimetres && point.YMillimetres >= Area.BottomMillimetres
            && (long)point.XMillimetres - Area.LeftMillimetres <= Area.WidthMillimetres
            && (long)point.YMillimetres - Area.BottomMillimetres <= Area.HeightMillimetres;
    }
}

/// <summary>A floor as one type of vehicle may use it: what LIF calls a layout. Plain data; <see cref="FloorGraph"/> finds ways in it.</summary>
/// <param name="Floor">Its id, LIF's layoutId.</param>
/// <param name="Nodes">Where vehicles can stand, by id.</param>
/// <param name="Edges">How they get from one to another, by id.</param>
/// <param name="Stations">Where they act, by id.</param>
/// <param name="Zones">Where something else holds.</param>
[GenerateSerializer, Immutable, Alias("floor.layout")]
public sealed record FloorLayout(
    [property: Id(0)] string Floor, [property: Id(1)] ImmutableArray<FloorNode> Nodes,
    [property: Id(2)] ImmutableArray<FloorEdge> Edges, [property: Id(3)] ImmutableArray<FloorStation> Stations,
    [property: Id(4)] ImmutableArray<FloorZone> Zones);
