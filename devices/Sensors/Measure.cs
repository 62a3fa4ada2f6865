using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Mapping;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Sensing;

namespace Warehouse.Devices.Sensors;

/// <summary>What a sensor measures, and between which limits it should be.</summary>
/// <param name="Name">What it is called here: <c>temperature</c>.</param>
/// <param name="From">Where it is on the wire: a Sparkplug <c>device/metric</c>, or a member of a JSON message.</param>
/// <param name="Unit">Our unit, for people: <c>m°C</c>, thousandths of a degree.</param>
/// <param name="Scale">What makes the wire's number our unit: 1000 for degrees to m°C.</param>
/// <param name="Limits">Between which limits it should be, in our unit.</param>
public sealed record Measure(string Name, string From, string Unit, int Scale, Limits Limits)
{
    /// <summary>Most measures of a device.</summary>
    public const int Most = 64;

    /// <summary>The setting that lists them.</summary>
    public static DeviceSetting Setting { get; } = DeviceSetting.Structure(
        "measures", "What is measured, and between which limits it should be, in whole numbers of the unit.", null,
        new JsonObject
        {
            ["type"] = "array",
            ["minItems"] = 1,
            ["maxItems"] = Most,
            ["items"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["required"] = new JsonArray("name", "from"),
                ["properties"] = new JsonObject
                {
                    ["name"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9._-]+$" },
                    ["from"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = DeviceSetting.MaxText },
                    ["unit"] = new JsonObject { ["type"] = "string", ["maxLength"] = 16 },
                    ["scale"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 1_000_000 },
                    ["low"] = new JsonObject { ["type"] = "integer" },
                    ["high"] = new JsonObject { ["type"] = "integer" },
                    ["hysteresis"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
                },
            },
        },
        json => All(json));

    /// <summary>The measures of a manifest.</summary>
    public static ImmutableArray<Measure> Of(DeviceManifest manifest)
    {
        using var document = JsonDocument.Parse(manifest.Text(Setting));
        return All(document.RootElement);
    }

    private static ImmutableArray<Measure> All(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > Most)
        {
            throw new FormatException($"an array of 1 to {Most} measures is asked for");
        }

        var read = ImmutableArray.CreateBuilder<Measure>();
        foreach (var item in json.EnumerateArray())
        {
            var measure = One(item, $"[{read.Count}]");
            read.Add(read.Any(one => one.Name == measure.Name)
                ? throw new FormatException($"[{read.Count}].name: each once, and {measure.Name} is there already")
                : measure);
        }

        return read.ToImmutable();
    }

    private static Measure One(JsonElement item, string at)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{at}: an object is asked for");
        }

        string? name = null, from = null;
        var unit = "";
        var scale = 1_000L;
        long? low = null, high = null;
        var hysteresis = 0L;
        foreach (var member in item.EnumerateObject())
        {
            var text = WireValues.Text(member.Value);
            long Whole(long least, long most) => member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt64(out var number) && number >= least && number <= most
                ? number
                : throw new FormatException($"{at}.{member.Name}: a whole number from {least} to {most}");
            switch (member.Name)
            {
                case "name": name = text; break;
                case "from": from = text; break;
                case "unit": unit = text ?? ""; break;
                case "scale": scale = Whole(1, 1_000_000); break;
                case "low": low = Whole(-WireValues.MaxValue, WireValues.MaxValue); break;
                case "high": high = Whole(-WireValues.MaxValue, WireValues.MaxValue); break;
                case "hysteresis": hysteresis = Whole(0, WireValues.MaxValue); break;
                default: throw new FormatException($"{at}.{member.Name}: only name, from, unit, scale, low, high and hysteresis are known");
            }
        }

        return !GrainKey.IsPart(name) ? throw new FormatException($"{at}.name: one part of A-Z a-z 0-9 . _ -")
            : from is not { Length: >= 1 and <= DeviceSetting.MaxText } ? throw new FormatException($"{at}.from: a text of 1 to {DeviceSetting.MaxText} characters")
            : unit.Length > 16 ? throw new FormatException($"{at}.unit: at most 16 characters")
            : low > high ? throw new FormatException($"{at}.low: not above high")
            : new Measure(name!, from, unit, (int)scale, new Limits(low, high, hysteresis));
    }
}
