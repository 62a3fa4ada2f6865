using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Inventory;

/// <summary>A lot (batch) of a SKU. One part.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("lot-id"), JsonConverter(typeof(TextIdJson<LotId>))]
public readonly record struct LotId([property: Id(0)] string Text) : ITextId<LotId>, IComparable<LotId>
{
    /// <inheritdoc/>
    public static LotId Parse(string text) => new(GrainKey.Checked(text));

    /// <inheritdoc/>
    public int CompareTo(LotId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
