using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Layout;

/// <summary>A way from one node to the next, for example <c>N0041-N0042</c>. One part.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("edge-id"), JsonConverter(typeof(TextIdJson<EdgeId>))]
public readonly record struct EdgeId([property: Id(0)] string Text) : ITextId<EdgeId>, IComparable<EdgeId>
{
    /// <inheritdoc/>
    public static EdgeId Parse(string text) => new(GrainKey.Checked(text));

    /// <inheritdoc/>
    public int CompareTo(EdgeId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
