using System.Collections.Immutable;
using System.Text.Json;

namespace Warehouse.Devices.Mapping;

/// <summary>
/// A place in a JSON message: members joined by dots, and in an array the first element whose member equals a text:
/// <c>data.idHex</c>, <c>event.readings[resourceName=Temperature].value</c>. An empty one is the message itself.
/// </summary>
public sealed class JsonPlace
{
    /// <summary>Most steps of a place.</summary>
    public const int MaxSteps = 16;

    private readonly ImmutableArray<(string Member, string? Key, string Value)> _steps;

    private JsonPlace(ImmutableArray<(string Member, string? Key, string Value)> steps) => _steps = steps;

    /// <summary>The place of a text.</summary>
    /// <exception cref="FormatException">It is none; the message is the rule that it breaks.</exception>
    public static JsonPlace Parse(string text)
    {
        var steps = ImmutableArray.CreateBuilder<(string, string?, string)>();
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var bracket = rest.IndexOf('[');
            var dot = rest.IndexOf('.');
            var member = rest[..(bracket >= 0 && (dot < 0 || bracket < dot) ? bracket : dot >= 0 ? dot : rest.Length)];
            rest = rest[member.Length..];
            string? key = null;
            var value = "";
            if (rest is ['[', ..])
            {
                var close = rest.IndexOf(']');
                var equals = rest.IndexOf('=');
                if (close < 0 || equals < 2 || equals > close)
                {
                    throw new FormatException($"'{text}': in brackets stands member=text");
                }

                (key, value) = (rest[1..equals].ToString(), rest[(equals + 1)..close].ToString());
                rest = rest[(close + 1)..];
            }

            if (member.IsEmpty || steps.Count == MaxSteps || (rest.Length > 0 && (rest[0] != '.' || rest.Length == 1)))
            {
                throw new FormatException($"'{text}': at most {MaxSteps} members joined by dots");
            }

            steps.Add((member.ToString(), key, value));
            rest = rest.Length > 0 ? rest[1..] : rest;
        }

        return new JsonPlace(steps.ToImmutable());
    }

    /// <summary>What stands there; null when nothing does.</summary>
    public JsonElement? In(JsonElement message)
    {
        foreach (var (member, key, value) in _steps)
        {
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty(member, out message))
            {
                return null;
            }

            if (key is not null)
            {
                if (message.ValueKind != JsonValueKind.Array || Chosen(message, key, value) is not { } chosen)
                {
                    return null;
                }

                message = chosen;
            }
        }

        return message.ValueKind == JsonValueKind.Null ? null : message;
    }

    private static JsonElement? Chosen(JsonElement array, string key, string value)
    {
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out var found)
                && found.ValueKind == JsonValueKind.String && found.ValueEquals(value))
            {
                return item;
            }
        }

        return null;
    }
}
