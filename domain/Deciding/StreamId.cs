using System.Text.Json.Serialization;

namespace Warehouse.Domain.Deciding;

/// <summary>Where a noun's events stand and where its commands go: <c>noun:key</c>, for example <c>stock:MAIN/85123A</c>.</summary>
/// <param name="Text">Noun and key joined by ':'.</param>
[GenerateSerializer, Immutable, Alias("stream-id"), JsonConverter(typeof(TextIdJson<StreamId>))]
public readonly record struct StreamId([property: Id(0)] string Text) : ITextId<StreamId>, IComparable<StreamId>
{
    /// <summary>The stream of a noun and its key.</summary>
    public static StreamId Of(string noun, string key) => new($"{noun}:{GrainKey.Checked(key)}");

    /// <inheritdoc/>
    public static StreamId Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? Of(text[..colon], text[(colon + 1)..]) : throw new FormatException($"'{text}' is not noun:key");
    }

    /// <summary>The noun, for example <c>stock</c>.</summary>
    public string Noun => Text[..Text.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The key within the noun, for example <c>MAIN/85123A</c>.</summary>
    public string Key => Text[(Text.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <inheritdoc/>
    public int CompareTo(StreamId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
