using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Totes;

/// <summary>A tote's licence plate number, for example <c>T000123</c>. One part.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("lpn"), JsonConverter(typeof(TextIdJson<Lpn>))]
public readonly record struct Lpn([property: Id(0)] string Text) : ITextId<Lpn>, IComparable<Lpn>
{
    /// <inheritdoc/>
    public static Lpn Parse(string text) => new(GrainKey.Checked(text));

    /// <summary>The stream of this one.</summary>
    public StreamId Stream => new("tote:" + Text);

    /// <inheritdoc/>
    public int CompareTo(Lpn other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
