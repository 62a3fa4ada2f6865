using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Areas;

/// <summary>A watched area: warehouse and name, <c>MAIN/gate-1</c>, <c>MAIN/cold-1</c>.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("area-id"), JsonConverter(typeof(TextIdJson<AreaId>))]
public readonly record struct AreaId([property: Id(0)] string Text) : ITextId<AreaId>, IComparable<AreaId>
{
    /// <inheritdoc/>
    public static AreaId Parse(string text) => new(GrainKey.Checked(text));

    /// <summary>The stream of this one.</summary>
    public StreamId Stream => new("area:" + Text);

    /// <summary>The warehouse that it is a part of.</summary>
    public WarehouseId Warehouse => new(Text[..Text.IndexOf('/', StringComparison.Ordinal)]);

    /// <inheritdoc/>
    public int CompareTo(AreaId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
