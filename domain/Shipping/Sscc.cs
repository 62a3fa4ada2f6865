using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Shipping;

/// <summary>A parcel's serial shipping container code: 18 digits, the last a GS1 check digit.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("sscc"), JsonConverter(typeof(TextIdJson<Sscc>))]
public readonly record struct Sscc([property: Id(0)] string Text) : ITextId<Sscc>, IComparable<Sscc>
{
    /// <inheritdoc/>
    public static Sscc Parse(string text) => new(GrainKey.Checked(text));

    /// <summary>The stream of this one.</summary>
    public StreamId Stream => new("parcel:" + Text);

    /// <inheritdoc/>
    public int CompareTo(Sscc other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
