using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Layout;

/// <summary>A node of a floor's graph, for example <c>N0042</c>. One part.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("node-id"), JsonConverter(typeof(TextIdJson<NodeId>))]
public readonly record struct NodeId([property: Id(0)] string Text) : ITextId<NodeId>, IComparable<NodeId>
{
    /// <inheritdoc/>
    public static NodeId Parse(string text) => new(GrainKey.Checked(text));

    /// <inheritdoc/>
    public int CompareTo(NodeId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
