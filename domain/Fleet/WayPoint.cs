using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>A node of a way, and what the vehicle does there before it goes on.</summary>
/// <param name="Point">The node.</param>
/// <param name="Action">What it does; it only passes when this is to stand and the way goes on.</param>
/// <param name="Place">From where it picks or to where it drops.</param>
[GenerateSerializer, Immutable, Alias("agv.way-point")]
public sealed record WayPoint(
    [property: Id(0)] RoutePoint Point, [property: Id(1)] LegAction Action = LegAction.Stand,
    [property: Id(2)] PlaceId? Place = null);
