using System.Text.Json;
using System.Text.Json.Serialization;

namespace Warehouse.Domain.Deciding;

/// <summary>An id that is a short text: one key part, or several joined by '/'. Compared ordinally everywhere.</summary>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface ITextId<TSelf> where TSelf : struct, ITextId<TSelf>
{
    /// <summary>The id as it stands in keys, topics, file names and logs.</summary>
    string Text { get; }

    /// <summary>The id of a text; throws <see cref="FormatException"/> naming the text when it is not a legal key.</summary>
    static abstract TSelf Parse(string text);
}

/// <summary>Writes a text id as a JSON string, also where it is the key of a dictionary.</summary>
/// <typeparam name="TId">The id type.</typeparam>
public sealed class TextIdJson<TId> : JsonConverter<TId> where TId : struct, ITextId<TId>
{
    /// <inheritdoc/>
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.Parse(reader.GetString() ?? throw new JsonException($"{typeof(TId).Name}: null is not an id"));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);

    /// <inheritdoc/>
    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.Parse(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Text);
}
