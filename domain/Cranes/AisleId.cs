using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Cranes;

/// <summary>A crane's aisle: warehouse/aisle, <c>MAIN/A01</c>.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("aisle-id"), JsonConverter(typeof(TextIdJson<AisleId>))]
public readonly record struct AisleId([property: Id(0)] string Text) : ITextId<AisleId>, IComparable<AisleId>
{
    /// <inheritdoc/>
    public static AisleId Parse(string text) => new(GrainKey.Checked(text));

    /// <summary>The stream of this one.</summary>
    public StreamId Stream => new("crane:" + Text);

    /// <inheritdoc/>
    public int CompareTo(AisleId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
