using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Inventory;

/// <summary>A stock keeping unit, for example <c>85123A</c>. Upper case, one part.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("sku"), JsonConverter(typeof(TextIdJson<Sku>))]
public readonly record struct Sku([property: Id(0)] string Text) : ITextId<Sku>, IComparable<Sku>
{
    /// <inheritdoc/>
    public static Sku Parse(string text) => new(GrainKey.Checked(text));

    /// <inheritdoc/>
    public int CompareTo(Sku other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
