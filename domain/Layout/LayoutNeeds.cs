using System.Collections.Immutable;

namespace Warehouse.Domain.Layout;

/// <summary>What a floor is asked to hold. Layout files do not say how large a vehicle is; its maker's factsheet does.</summary>
/// <param name="VehicleLengthMillimetres">With its largest load.</param>
/// <param name="VehicleWidthMillimetres">With its largest load.</param>
/// <param name="Parking">Nodes where vehicles without work may stand; LIF has no word for them.</param>
/// <param name="Zones">Zones that the layout file does not know.</param>
public sealed record LayoutNeeds(
    int VehicleLengthMillimetres, int VehicleWidthMillimetres, ImmutableArray<NodeId> Parking,
    ImmutableArray<FloorZone> Zones)
{
    /// <summary>A vehicle of this size, and nothing else.</summary>
    public static LayoutNeeds Of(int lengthMillimetres, int widthMillimetres) => new(lengthMillimetres, widthMillimetres, [], []);
}
