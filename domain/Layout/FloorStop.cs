using Warehouse.Domain.Fleet;

namespace Warehouse.Domain.Layout;

/// <summary>On which side of the loop a stop lies.</summary>
public enum LoopSide
{
    /// <summary>Outside: aisles, stations, receiving.</summary>
    Outer,
    /// <summary>Inside: homes.</summary>
    Inner,
}

/// <summary>
/// A node beside the loop where one vehicle may stand. It is entered from and left to one loop node, so a standing
/// vehicle is in nobody's way.
/// </summary>
/// <param name="Point">The stop's own node.</param>
/// <param name="LoopIndex">The place of its loop node in driving order, from 0.</param>
/// <param name="Side">Where it lies.</param>
public sealed record FloorStop(RoutePoint Point, int LoopIndex, LoopSide Side);

/// <summary>A bin as its crane sees it: millimetres along the aisle from the front, and up from the lowest level.</summary>
/// <param name="Place">The bin.</param>
/// <param name="Side">L or R, seen from the front.</param>
/// <param name="Column">From 1 at the front.</param>
/// <param name="Level">From 1 at the floor.</param>
/// <param name="AlongMillimetres">Where the crane stands for it.</param>
/// <param name="UpMillimetres">How high its forks are for it.</param>
public sealed record RackBin(
    PlaceId Place, char Side, int Column, int Level, int AlongMillimetres, int UpMillimetres);

/// <summary>A rectangle on the floor: left, bottom, width and height in millimetres.</summary>
[GenerateSerializer, Immutable, Alias("floor.area")]
public sealed record FloorArea(
    [property: Id(0)] int LeftMillimetres, [property: Id(1)] int BottomMillimetres,
    [property: Id(2)] int WidthMillimetres, [property: Id(3)] int HeightMillimetres);
