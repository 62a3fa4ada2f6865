using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Fleet;

/// <summary>One carrying of one tote: warehouse and running number, <c>MAIN/M000123</c>.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("mission-id"), JsonConverter(typeof(TextIdJson<MissionId>))]
public readonly record struct MissionId([property: Id(0)] string Text) : ITextId<MissionId>, IComparable<MissionId>
{
    /// <inheritdoc/>
    public static MissionId Parse(string text) => new(GrainKey.Checked(text));

    /// <inheritdoc/>
    public int CompareTo(MissionId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
