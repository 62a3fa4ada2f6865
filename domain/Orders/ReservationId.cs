using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Orders;

/// <summary>One attempt of an order to hold stock: the order and the attempt's number, <c>uci/536365/2</c>.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("reservation-id"), JsonConverter(typeof(TextIdJson<ReservationId>))]
public readonly record struct ReservationId([property: Id(0)] string Text) : ITextId<ReservationId>, IComparable<ReservationId>
{
    /// <inheritdoc/>
    public static ReservationId Parse(string text) => new(GrainKey.Checked(text));

    /// <inheritdoc/>
    public int CompareTo(ReservationId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
