using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Layout;

/// <summary>A place that holds one tote: warehouse, then where, <c>MAIN/A01/out1</c>, <c>MAIN/A01/bin/L-012-05</c>, <c>MAIN/S1/slot/03</c>, <c>MAIN/V07</c>.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("place-id"), JsonConverter(typeof(TextIdJson<PlaceId>))]
public readonly record struct PlaceId([property: Id(0)] string Text) : ITextId<PlaceId>, IComparable<PlaceId>
{
    /// <inheritdoc/>
    public static PlaceId Parse(string text) => new(GrainKey.Checked(text));

    /// <inheritdoc/>
    public int CompareTo(PlaceId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
