using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Fleet;

/// <summary>A floor with traffic of its own: warehouse/floor, <c>MAIN/hall</c>.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("floor-id"), JsonConverter(typeof(TextIdJson<FloorId>))]
public readonly record struct FloorId([property: Id(0)] string Text) : ITextId<FloorId>, IComparable<FloorId>
{
    /// <inheritdoc/>
    public static FloorId Parse(string text) => new(GrainKey.Checked(text));

    /// <summary>The stream of this one.</summary>
    public StreamId Stream => new("fleet:" + Text);

    /// <inheritdoc/>
    public int CompareTo(FloorId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
