using System.Text.Json;
using System.Text.Json.Nodes;
using Warehouse.Devices.Adapters;

namespace Warehouse.Devices.Manifests;

/// <summary>Manifests as JSON to be read by others: a manifest itself, and the schema of all that a catalogue knows.</summary>
public static class ManifestJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 2 };

    /// <summary>A manifest as its file would say it; numbers and structures as such.</summary>
    public static JsonObject Of(DeviceManifest manifest)
    {
        var json = new JsonObject { ["id"] = manifest.Id.Text, ["kind"] = manifest.Kind.Text };
        if (!manifest.Capabilities.IsEmpty)
        {
            json["capabilities"] = new JsonArray([.. manifest.Capabilities.Select(one => JsonValue.Create(one))]);
        }

        if (!manifest.Settings.IsEmpty)
        {
            json["settings"] = new JsonObject(manifest.Settings.Select(one => KeyValuePair.Create(one.Key, Value(one.Value))));
        }

        return json;
    }

    /// <summary>The text of a manifest's file.</summary>
    public static string TextOf(DeviceManifest manifest) => Of(manifest).ToJsonString(Indented) + "\n";

    /// <summary>The JSON schema (draft 2020-12) of manifests: one alternative a kind.</summary>
    public static JsonObject SchemaOf(AdapterCatalogue adapters) => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "Device manifest",
        ["type"] = "object",
        ["required"] = new JsonArray("id", "kind"),
        ["oneOf"] = new JsonArray([.. adapters.All.Select(KindOf)]),
    };

    /// <summary>The text of the schema's file.</summary>
    public static string SchemaTextOf(AdapterCatalogue adapters) => SchemaOf(adapters).ToJsonString(Indented) + "\n";

    private static JsonObject KindOf(IDeviceAdapter adapter)
    {
        var settings = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(adapter.Settings.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)SettingOf(adapter, one)))),
        };
        var required = adapter.Settings.Where(one => one.DefaultFor is null).Select(one => one.Key).ToArray();
        if (required.Length > 0)
        {
            settings["required"] = new JsonArray([.. required.Select(one => JsonValue.Create(one))]);
        }

        return new JsonObject
        {
            ["title"] = adapter.Kind.Text,
            ["additionalProperties"] = false,
            ["required"] = required.Length > 0 ? new JsonArray("id", "kind", "settings") : new JsonArray("id", "kind"),
            ["properties"] = new JsonObject
            {
                ["$schema"] = new JsonObject { ["type"] = "string" },
                ["id"] = new JsonObject { ["type"] = "string", ["pattern"] = $"^[A-Za-z0-9._-]+/{adapter.Prefix}[A-Za-z0-9._-]+$", ["maxLength"] = 100 },
                ["kind"] = new JsonObject { ["const"] = adapter.Kind.Text },
                ["capabilities"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["enum"] = new JsonArray([.. adapter.Capabilities.Select(one => JsonValue.Create(one))]) },
                },
                ["settings"] = settings,
            },
        };
    }

    private static JsonObject SettingOf(IDeviceAdapter adapter, DeviceSetting setting)
    {
        var described = setting.Schema.DeepClone().AsObject();
        described["description"] = setting.About;
        if (setting.DefaultFor is { } byDefault)
        {
            // Some defaults are made of the device's id; the schema shows the one of a device called NAME in MAIN.
            described["default"] = Value(byDefault(DeviceManifest.Of(new($"MAIN/{adapter.Prefix}NAME"), adapter.Kind)));
        }

        return described;
    }

    private static JsonNode? Value(string text)
    {
        if (text.Length > 0 && (text[0] is '{' or '[' or '-' || char.IsAsciiDigit(text[0])))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                // A text that only begins like a number.
            }
        }

        return JsonValue.Create(text);
    }
}
