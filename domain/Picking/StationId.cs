using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Picking;

/// <summary>A pick station: warehouse/station, <c>MAIN/S1</c>.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("station-id"), JsonConverter(typeof(TextIdJson<StationId>))]
public readonly record struct StationId([property: Id(0)] string Text) : ITextId<StationId>, IComparable<StationId>
{
    /// <inheritdoc/>
    public static StationId Parse(string text) => new(GrainKey.Checked(text));

    /// <summary>The stream of this one.</summary>
    public StreamId Stream => new("station:" + Text);

    /// <inheritdoc/>
    public int CompareTo(StationId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
