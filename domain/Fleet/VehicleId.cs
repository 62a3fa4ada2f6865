using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Fleet;

/// <summary>A vehicle: warehouse/vehicle, <c>MAIN/V07</c>.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("vehicle-id"), JsonConverter(typeof(TextIdJson<VehicleId>))]
public readonly record struct VehicleId([property: Id(0)] string Text) : ITextId<VehicleId>, IComparable<VehicleId>
{
    /// <inheritdoc/>
    public static VehicleId Parse(string text) => new(GrainKey.Checked(text));

    /// <summary>The stream of this one.</summary>
    public StreamId Stream => new("agv:" + Text);

    /// <inheritdoc/>
    public int CompareTo(VehicleId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
