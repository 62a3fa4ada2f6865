using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Warehouse.Devices.Schemas;

/// <summary>
/// A JSON schema (draft 2020-12, as far as device protocols use it) made ready to check many messages a second. A
/// schema with a keyword that is not known here is refused when it is read, so that no rule is ever passed over.
/// </summary>
public sealed class JsonSchema
{
    /// <summary>Most breaches that are named of one message.</summary>
    public const int MostBreaches = 8;

    private static readonly FrozenSet<string> Remarks = FrozenSet.ToFrozenSet(
        ["$schema", "$id", "title", "description", "examples", "unit", "subtopic", "definitions", "$defs", "default"], StringComparer.Ordinal);

    private ImmutableArray<JsonKind> _kinds = [];
    private ImmutableArray<string> _required = [];
    private FrozenDictionary<string, JsonSchema> _properties = FrozenDictionary<string, JsonSchema>.Empty;
    private JsonSchema? _items;
    private ImmutableArray<string> _words = [];
    private decimal? _minimum;
    private decimal? _maximum;
    private int _minItems;
    private string? _format;
    private ImmutableArray<JsonSchema> _all = [];
    private JsonSchema? _if;
    private JsonSchema? _then;

    private enum JsonKind
    {
        Object,
        Array,
        String,
        Boolean,
        Number,
        Integer,
    }

    private JsonSchema()
    {
    }

    /// <summary>The schema of a document; throws <see cref="FormatException"/> at a rule that is not known here.</summary>
    public static JsonSchema Of(JsonElement document) => new Reading(document).Read(document);

    /// <summary>Where a message breaks the rules, as <c>$.nodes[3].nodeId: is missing</c>; empty when it keeps them.</summary>
    public ImmutableArray<string> Breaches(JsonElement body)
    {
        List<string>? breaches = null;
        try
        {
            Check(body, "$", ref breaches);
        }
        catch (InvalidOperationException)
        {
            // The parser leaves texts alone until they are read; only then it finds bytes that are none.
            Add(ref breaches, "$", "has a text that is no UTF-8");
        }

        return breaches is null ? [] : [.. breaches];
    }

    private void Check(JsonElement body, string at, ref List<string>? breaches)
    {
        if (breaches?.Count >= MostBreaches)
        {
            return;
        }

        if (!_kinds.IsEmpty && !_kinds.Any(kind => Is(kind, body)))
        {
            Add(ref breaches, at, $"{body.ValueKind} is not {string.Join(" or ", _kinds)}");
            return;
        }

        switch (body.ValueKind)
        {
            case JsonValueKind.Object:
                CheckFields(body, at, ref breaches);
                break;
            case JsonValueKind.Array:
                CheckItems(body, at, ref breaches);
                break;
            case JsonValueKind.Number:
                CheckNumber(body, at, ref breaches);
                break;
            case JsonValueKind.String:
                CheckText(body, at, ref breaches);
                break;
        }

        foreach (var one in _all)
        {
            one.Check(body, at, ref breaches);
        }

        if (_if is not null && _if.Breaches(body).IsEmpty)
        {
            _then?.Check(body, at, ref breaches);
        }
    }

    private void CheckFields(JsonElement body, string at, ref List<string>? breaches)
    {
        foreach (var name in _required)
        {
            if (!body.TryGetProperty(name, out _))
            {
                Add(ref breaches, $"{at}.{name}", "is missing");
            }
        }

        if (_properties.Count > 0)
        {
            foreach (var field in body.EnumerateObject())
            {
                if (_properties.TryGetValue(field.Name, out var rules) && breaches is not { Count: >= MostBreaches })
                {
                    rules.Check(field.Value, $"{at}.{field.Name}", ref breaches);
                }
            }
        }
    }

    private void CheckItems(JsonElement body, string at, ref List<string>? breaches)
    {
        if (body.GetArrayLength() < _minItems)
        {
            Add(ref breaches, at, $"has {body.GetArrayLength()} elements, and {_minItems} are the least");
        }

        if (_items is null)
        {
            return;
        }

        var index = 0;
        foreach (var item in body.EnumerateArray())
        {
            if (breaches is { Count: >= MostBreaches })
            {
                return;
            }

            _items.Check(item, string.Create(CultureInfo.InvariantCulture, $"{at}[{index++}]"), ref breaches);
        }
    }

    private void CheckNumber(JsonElement body, string at, ref List<string>? breaches)
    {
        if (_minimum is null && _maximum is null && _format != "uint32")
        {
            return;
        }

        if (!body.TryGetDecimal(out var value))
        {
            Add(ref breaches, at, "is beyond any bound");
        }
        else if (value < _minimum || value > _maximum)
        {
            Add(ref breaches, at, string.Create(CultureInfo.InvariantCulture, $"{value} is not within {_minimum} and {_maximum}"));
        }
        else if (_format == "uint32" && value is < 0 or > uint.MaxValue)
        {
            Add(ref breaches, at, "is no uint32");
        }
    }

    private void CheckText(JsonElement body, string at, ref List<string>? breaches)
    {
        if (!_words.IsEmpty && !_words.Any(body.ValueEquals))
        {
            Add(ref breaches, at, $"'{Shortened(body.GetString()!)}' is none of {string.Join(", ", _words)}");
        }

        if (_format == "date-time" && !IsTime(body))
        {
            Add(ref breaches, at, $"'{Shortened(body.GetString()!)}' is no time with an offset (RFC 3339)");
        }
    }

    private static bool IsTime(JsonElement body) =>
        body.TryGetDateTimeOffset(out _) && body.GetString()! is var text && text.Length > 16 && text[10] is 'T' or 't'
        && (text[^1] is 'Z' or 'z' || text.AsSpan(16).IndexOfAny('+', '-') >= 0);

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private static bool Is(JsonKind kind, JsonElement body) => kind switch
    {
        JsonKind.Object => body.ValueKind == JsonValueKind.Object,
        JsonKind.Array => body.ValueKind == JsonValueKind.Array,
        JsonKind.String => body.ValueKind == JsonValueKind.String,
        JsonKind.Boolean => body.ValueKind is JsonValueKind.True or JsonValueKind.False,
        JsonKind.Number => body.ValueKind == JsonValueKind.Number,
        JsonKind.Integer => body.ValueKind == JsonValueKind.Number
            && (body.TryGetInt64(out _) || (body.TryGetDecimal(out var value) && decimal.IsInteger(value))),
    };

    private static void Add(ref List<string>? breaches, string at, string what)
    {
        breaches ??= [];
        if (breaches.Count < MostBreaches)
        {
            breaches.Add($"{at}: {what}");
        }
    }

    /// <summary>One reading of a document; a definition is read once, however often it is referred to, and may refer to itself.</summary>
    private sealed class Reading(JsonElement root)
    {
        private readonly Dictionary<string, JsonSchema> _definitions = new(StringComparer.Ordinal);

        public JsonSchema Read(JsonElement rules) => Fill(new JsonSchema(), rules);

        private JsonSchema Fill(JsonSchema schema, JsonElement rules)
        {
            foreach (var rule in rules.EnumerateObject().Where(rule => !Remarks.Contains(rule.Name)))
            {
                switch (rule.Name)
                {
                    case "$ref": schema._all = schema._all.Add(Refer(rule.Value.GetString()!)); break;
                    case "type": schema._kinds = [.. Texts(rule.Value).Select(name => Enum.Parse<JsonKind>(name, ignoreCase: true))]; break;
                    case "required": schema._required = [.. Texts(rule.Value)]; break;
                    case "properties":
                        schema._properties = rule.Value.EnumerateObject()
                            .ToFrozenDictionary(field => field.Name, field => Read(field.Value), StringComparer.Ordinal);
                        break;
                    case "items": schema._items = Read(rule.Value); break;
                    case "enum": schema._words = [.. Texts(rule.Value)]; break;
                    case "const": schema._words = [rule.Value.GetString()!]; break;
                    case "minimum": schema._minimum = rule.Value.GetDecimal(); break;
                    case "maximum": schema._maximum = rule.Value.GetDecimal(); break;
                    case "minItems": schema._minItems = rule.Value.GetInt32(); break;
                    case "format": schema._format = Known(rule.Value.GetString()!); break;
                    case "allOf": schema._all = schema._all.AddRange(rule.Value.EnumerateArray().Select(Read)); break;
                    case "if": schema._if = Read(rule.Value); break;
                    case "then": schema._then = Read(rule.Value); break;
                    default: throw new FormatException($"the rule '{rule.Name}' is not known here");
                }
            }

            return schema;
        }

        private JsonSchema Refer(string reference)
        {
            if (_definitions.TryGetValue(reference, out var known))
            {
                return known;
            }

            if (!reference.StartsWith("#/", StringComparison.Ordinal))
            {
                throw new FormatException($"the reference '{reference}' leads out of the document");
            }

            var schema = _definitions[reference] = new JsonSchema();
            return Fill(schema, reference[2..].Split('/').Aggregate(root, (element, part) => element.GetProperty(part)));
        }

        private static string Known(string format) =>
            format is "date-time" or "uint32" or "float64" or "float32" or "double" ? format : throw new FormatException($"the format '{format}' is not known here");

        private static IEnumerable<string> Texts(JsonElement one) =>
            one.ValueKind == JsonValueKind.Array ? one.EnumerateArray().Select(text => text.GetString()!) : [one.GetString()!];
    }
}
