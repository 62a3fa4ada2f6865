using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// An enum as VDA 5050 words: TeachIn is TEACH_IN unless a version spells it otherwise. Reads every known spelling,
/// because vendors mix them; writes the version's own. Any other word is no value.
/// </summary>
internal sealed class WordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<T, string> _words;
    private readonly FrozenDictionary<string, T> _values;

    /// <param name="unsaid">Values that stand for the absence of a word.</param>
    /// <param name="spelled">Words of this version that differ.</param>
    public WordConverter(ReadOnlySpan<T> unsaid, params ReadOnlySpan<(T Value, string Word)> spelled)
    {
        var words = new Dictionary<T, string>();
        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var value in Enum.GetValues<T>())
        {
            if (!unsaid.Contains(value))
            {
                words[value] = UpperSnake(value.ToString());
                values[words[value]] = value;
                values[value.ToString().ToUpperInvariant()] = value;
            }
        }

        foreach (var (value, word) in spelled)
        {
            words[value] = word;
            values[word] = value;
        }

        _words = words.ToFrozenDictionary();
        _values = values.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && _values.TryGetValue(reader.GetString()!, out var value)
            ? value
            : throw new JsonException($"no word of {typeof(T).Name}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(_words.TryGetValue(value, out var word)
            ? word
            : throw new JsonException($"{typeof(T).Name} has no word for {value}"));

    private static string UpperSnake(string name)
    {
        var word = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
            {
                word.Append('_');
            }

            word.Append(char.ToUpperInvariant(name[i]));
        }

        return word.ToString();
    }
}
