using System.Text.Json;

namespace Warehouse.Devices.Tests.Vda5050;

/// <summary>The rules of a published JSON schema that our records could break: required fields, known fields, types, words.</summary>
public static class SchemaRules
{
    public static List<string> Broken(JsonElement schema, JsonElement body)
    {
        var broken = new List<string>();
        Check(schema, schema, body, "$", broken);
        return broken;
    }

    private static void Check(JsonElement root, JsonElement rules, JsonElement body, string at, List<string> broken)
    {
        if (rules.TryGetProperty("$ref", out var reference))
        {
            rules = reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(root, (element, part) => element.GetProperty(part));
        }

        if (rules.TryGetProperty("type", out var type) && !Types(type).Any(name => Fits(name, body)))
        {
            broken.Add($"{at}: {body.ValueKind} is no {string.Join(" or ", Types(type))}");
            return;
        }

        if (rules.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => word.GetString() == body.GetString()))
        {
            broken.Add($"{at}: {body} is none of its words");
        }

        if (body.ValueKind == JsonValueKind.Object)
        {
            CheckFields(root, rules, body, at, broken);
        }

        if (body.ValueKind == JsonValueKind.Array && rules.TryGetProperty("items", out var item))
        {
            foreach (var (element, index) in body.EnumerateArray().Select((element, index) => (element, index)))
            {
                Check(root, item, element, $"{at}[{index}]", broken);
            }
        }
    }

    private static void CheckFields(JsonElement root, JsonElement rules, JsonElement body, string at, List<string> broken)
    {
        if (rules.TryGetProperty("required", out var required))
        {
            broken.AddRange(required.EnumerateArray().Select(name => name.GetString()!)
                .Where(name => !body.TryGetProperty(name, out _)).Select(name => $"{at}: {name} is missing"));
        }

        if (rules.TryGetProperty("properties", out var known))
        {
            foreach (var field in body.EnumerateObject())
            {
                if (known.TryGetProperty(field.Name, out var rule))
                {
                    Check(root, rule, field.Value, $"{at}.{field.Name}", broken);
                }
                else
                {
                    broken.Add($"{at}.{field.Name}: the schema does not know it");
                }
            }
        }
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool Fits(string name, JsonElement body) => name switch
    {
        "object" => body.ValueKind == JsonValueKind.Object,
        "array" => body.ValueKind == JsonValueKind.Array,
        "string" => body.ValueKind == JsonValueKind.String,
        "boolean" => body.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => body.ValueKind == JsonValueKind.Number,
        "integer" => body.ValueKind == JsonValueKind.Number && body.TryGetInt64(out _),
        _ => false,
    };
}
