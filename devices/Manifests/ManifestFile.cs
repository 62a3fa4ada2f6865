using System.Collections.Immutable;
using System.Text.Json;
using Warehouse.Devices.Adapters;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Manifests;

/// <summary>A manifest that cannot be used: which file, which key, which rule.</summary>
public sealed class ManifestException : FormatException
{
    /// <summary>A broken rule.</summary>
    public ManifestException(string file, string key, string rule)
        : base($"{file}: {key}: {rule}") => (File, Key, Rule) = (file, key, rule);

    /// <summary>The file, as it was named by who loads it.</summary>
    public string File { get; }

    /// <summary>The key within the file, for example <c>settings.resendSeconds</c>.</summary>
    public string Key { get; }

    /// <summary>The rule that it breaks.</summary>
    public string Rule { get; }
}

/// <summary>
/// A manifest as a JSON file: <c>{"id": "MAIN/agv-V07", "kind": "vehicle", "capabilities": ["drive"], "settings":
/// {"resendSeconds": 20}}</c>. Everything but id and kind may be left out, unless the kind asks for a setting; a key that
/// nobody knows is an error, because it is most likely a misspelt one. <c>$schema</c> is left to editors.
/// </summary>
/// <param name="adapters">The adapters that the house has: they say which kinds, capabilities and settings there are.</param>
public sealed class ManifestFile(AdapterCatalogue adapters)
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MaxBytes = 65_536;

    private const string NoText = "a text is asked for";

    /// <summary>Reads one manifest; throws <see cref="ManifestException"/>.</summary>
    /// <param name="file">How the file is called in errors.</param>
    /// <param name="json">Its bytes.</param>
    public DeviceManifest Parse(string file, ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxBytes)
        {
            throw new ManifestException(file, "(file)", $"at most {MaxBytes} bytes, and it has {json.Length}");
        }

        try
        {
            using var document = JsonDocument.Parse(
                json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16, AllowDuplicateProperties = false });
            return Read(file, document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // An unpaired surrogate in a text is found only when the text is asked for.
            throw new ManifestException(file, "(file)", $"JSON is asked for: {malformed.Message}");
        }
    }

    /// <summary>Reads several manifests, given as names and bytes; ids are unique among them. In the order of ids.</summary>
    public ImmutableArray<DeviceManifest> ParseAll(IEnumerable<(string File, ReadOnlyMemory<byte> Json)> files)
    {
        var read = new SortedDictionary<DeviceId, (string File, DeviceManifest Manifest)>();
        foreach (var (file, json) in files)
        {
            var manifest = Parse(file, json);
            if (read.TryGetValue(manifest.Id, out var other))
            {
                throw new ManifestException(file, "id", $"each device once, and {manifest.Id} is in {other.File} too");
            }

            read.Add(manifest.Id, (file, manifest));
        }

        return [.. read.Values.Select(one => one.Manifest)];
    }

    private DeviceManifest Read(string file, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ManifestException(file, "(file)", "an object is asked for");
        }

        JsonElement? id = null, kind = null, capabilities = null, settings = null;
        foreach (var property in root.EnumerateObject())
        {
            switch (property.Name)
            {
                case "$schema": break;
                case "id": id = property.Value; break;
                case "kind": kind = property.Value; break;
                case "capabilities": capabilities = property.Value; break;
                case "settings": settings = property.Value; break;
                default: throw new ManifestException(file, property.Name, "only id, kind, capabilities and settings are known");
            }
        }

        var adapter = AdapterOf(file, kind);
        var bare = DeviceManifest.Of(IdOf(file, id, adapter), adapter.Kind);
        return Whole(file, adapter, bare with
        {
            Capabilities = capabilities is { } given ? CapabilitiesOf(file, given, adapter) : bare.Capabilities,
            Settings = settings is { } some ? SettingsOf(file, some, adapter) : bare.Settings,
        });
    }

    /// <summary>Every setting that has no default is there, and the stream that the device belongs to can be named.</summary>
    private static DeviceManifest Whole(string file, IDeviceAdapter adapter, DeviceManifest manifest)
    {
        var missing = adapter.Settings.FirstOrDefault(setting => setting.DefaultFor is null && !manifest.Settings.ContainsKey(setting.Key));
        if (missing is not null)
        {
            throw new ManifestException(file, $"settings.{missing.Key}", "it is missing");
        }

        try
        {
            _ = adapter.OwnerOf(manifest);
            return manifest;
        }
        catch (FormatException wrong)
        {
            throw new ManifestException(file, "id", wrong.Message);
        }
    }

    private IDeviceAdapter AdapterOf(string file, JsonElement? kind) =>
        TextOf(file, "kind", kind) is var text && DeviceKind.IsKind(text) && adapters.Find(new DeviceKind(text)) is { } adapter
            ? adapter
            : throw new ManifestException(file, "kind", $"one of {adapters.Kinds}");

    private static DeviceId IdOf(string file, JsonElement? id, IDeviceAdapter adapter)
    {
        var text = TextOf(file, "id", id);
        var prefix = adapter.Prefix;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var named = slash > 0 && text.Length > slash + 1 + prefix.Length && text.IndexOf('/', slash + 1) < 0
            && text.AsSpan(slash + 1).StartsWith(prefix, StringComparison.Ordinal);
        return GrainKey.IsKey(text) && named
            ? new DeviceId(text)
            : throw new ManifestException(file, "id", $"a warehouse, '/', '{prefix}' and a name, of A-Z a-z 0-9 . _ -");
    }

    private static ImmutableArray<string> CapabilitiesOf(string file, JsonElement given, IDeviceAdapter adapter)
    {
        if (given.ValueKind != JsonValueKind.Array)
        {
            throw new ManifestException(file, "capabilities", "an array of texts is asked for");
        }

        var read = ImmutableArray.CreateBuilder<string>();
        foreach (var item in given.EnumerateArray())
        {
            var key = $"capabilities[{read.Count}]";
            var text = TextOf(file, key, item);
            read.Add(adapter.Capabilities.Contains(text, StringComparer.Ordinal)
                ? text
                : throw new ManifestException(file, key, $"one of {string.Join(", ", adapter.Capabilities)}"));
        }

        return read.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> SettingsOf(string file, JsonElement given, IDeviceAdapter adapter)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            throw new ManifestException(file, "settings", "an object is asked for");
        }

        var read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var property in given.EnumerateObject())
        {
            var key = $"settings.{property.Name}";
            var setting = adapter.Settings.FirstOrDefault(one => one.Key == property.Name)
                ?? throw new ManifestException(file, key, $"no such setting of this kind; it has {Names(adapter)}");
            var text = property.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Object or JsonValueKind.Array
                ? property.Value.GetRawText()
                : TextOf(file, key, property.Value);
            read[property.Name] = setting.Broken(text) is { } rule ? throw new ManifestException(file, key, rule) : text;
        }

        return read.ToImmutable();
    }

    private static string Names(IDeviceAdapter adapter) => string.Join(", ", adapter.Settings.Select(one => one.Key));

    private static string TextOf(string file, string key, JsonElement? value) => value is not { } given
        ? throw new ManifestException(file, key, "it is missing")
        : given.ValueKind == JsonValueKind.String ? given.GetString()! : throw new ManifestException(file, key, NoText);
}
