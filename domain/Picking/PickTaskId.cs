using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Picking;

/// <summary>One light to be pressed: station and running number, <c>MAIN/S1/000017</c>.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("pick-task-id"), JsonConverter(typeof(TextIdJson<PickTaskId>))]
public readonly record struct PickTaskId([property: Id(0)] string Text) : ITextId<PickTaskId>, IComparable<PickTaskId>
{
    /// <inheritdoc/>
    public static PickTaskId Parse(string text) => new(GrainKey.Checked(text));

    /// <inheritdoc/>
    public int CompareTo(PickTaskId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
