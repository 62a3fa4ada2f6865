using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Inventory;

/// <summary>A warehouse, for example <c>MAIN</c>. One part.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("warehouse-id"), JsonConverter(typeof(TextIdJson<WarehouseId>))]
public readonly record struct WarehouseId([property: Id(0)] string Text) : ITextId<WarehouseId>, IComparable<WarehouseId>
{
    /// <inheritdoc/>
    public static WarehouseId Parse(string text) => new(GrainKey.Checked(text));

    /// <summary>The stream of this one.</summary>
    public StreamId Stream => new("warehouse:" + Text);

    /// <inheritdoc/>
    public int CompareTo(WarehouseId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
