using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Orders;

/// <summary>An order: channel/external id, for example <c>uci/536365</c>. One part each.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("order-id"), JsonConverter(typeof(TextIdJson<OrderId>))]
public readonly record struct OrderId([property: Id(0)] string Text) : ITextId<OrderId>, IComparable<OrderId>
{
    /// <inheritdoc/>
    public static OrderId Parse(string text) => new(GrainKey.Checked(text));

    /// <summary>The stream of this one.</summary>
    public StreamId Stream => new("order:" + Text);

    /// <inheritdoc/>
    public int CompareTo(OrderId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
