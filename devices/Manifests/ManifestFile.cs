using System.Collections.Immutable;
using System.Text.Json;
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
/// {"resendSeconds": 20}}</c>. Everything but id and kind may be left out; a key that nobody knows is an error, because it
/// is most likely a misspelt one.
/// </summary>
public static class ManifestFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MaxBytes = 65_536;

    private const string NoText = "a text is asked for";

    /// <summary>Reads one manifest; throws <see cref="ManifestException"/>.</summary>
    /// <param name="file">How the file is called in errors.</param>
    /// <param name="json">Its bytes.</param>
    public static DeviceManifest Parse(string file, ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxBytes)
        {
            throw new ManifestException(file, "(file)", $"at most {MaxBytes} bytes, and it has {json.Length}");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return Read(file, document.RootElement);
        }
        catch (JsonException malformed)
        {
            throw new ManifestException(file, "(file)", $"JSON is asked for: {malformed.Message}");
        }
    }

    /// <summary>Reads several manifests, given as names and bytes; ids are unique among them. In the order of ids.</summary>
    public static ImmutableArray<DeviceManifest> ParseAll(IEnumerable<(string File, ReadOnlyMemory<byte> Json)> files)
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

    private static DeviceManifest Read(string file, JsonElement root)
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
                case "id": id = property.Value; break;
                case "kind": kind = property.Value; break;
                case "capabilities": capabilities = property.Value; break;
                case "settings": settings = property.Value; break;
                default: throw new ManifestException(file, property.Name, "only id, kind, capabilities and settings are known");
            }
        }

        var read = KindOf(file, kind);
        var bare = DeviceManifest.Of(IdOf(file, id, read), read);
        return bare with
        {
            Capabilities = capabilities is { } given ? CapabilitiesOf(file, given, read) : bare.Capabilities,
            Settings = settings is { } some ? SettingsOf(file, some, read) : bare.Settings,
        };
    }

    private static DeviceKind KindOf(string file, JsonElement? kind) => TextOf(file, "kind", kind) switch
    {
        "pickTag" => DeviceKind.PickTag,
        "vehicle" => DeviceKind.Vehicle,
        "crane" => DeviceKind.Crane,
        _ => throw new ManifestException(file, "kind", "one of pickTag, vehicle, crane"),
    };

    private static DeviceId IdOf(string file, JsonElement? id, DeviceKind kind)
    {
        var text = TextOf(file, "id", id);
        var prefix = DeviceSettings.PrefixOf(kind);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var named = slash > 0 && text.Length > slash + 1 + prefix.Length && text.IndexOf('/', slash + 1) < 0
            && text.AsSpan(slash + 1).StartsWith(prefix, StringComparison.Ordinal);
        return GrainKey.IsKey(text) && named
            ? new DeviceId(text)
            : throw new ManifestException(file, "id", $"a warehouse, '/', '{prefix}' and a name, of A-Z a-z 0-9 . _ -");
    }

    private static ImmutableArray<string> CapabilitiesOf(string file, JsonElement given, DeviceKind kind)
    {
        if (given.ValueKind != JsonValueKind.Array)
        {
            throw new ManifestException(file, "capabilities", "an array of texts is asked for");
        }

        var known = DeviceSettings.CapabilitiesOf(kind);
        var read = ImmutableArray.CreateBuilder<string>();
        foreach (var item in given.EnumerateArray())
        {
            var key = $"capabilities[{read.Count}]";
            var text = TextOf(file, key, item);
            read.Add(known.Contains(text, StringComparer.Ordinal)
                ? text
                : throw new ManifestException(file, key, $"one of {string.Join(", ", known)}"));
        }

        return read.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> SettingsOf(string file, JsonElement given, DeviceKind kind)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            throw new ManifestException(file, "settings", "an object is asked for");
        }

        var read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var property in given.EnumerateObject())
        {
            var key = $"settings.{property.Name}";
            var setting = DeviceSettings.All.FirstOrDefault(one => one.Key == property.Name && one.Kinds.Contains(kind))
                ?? throw new ManifestException(file, key, $"no such setting of this kind; it has {Names(kind)}");
            var text = property.Value.ValueKind == JsonValueKind.Number ? property.Value.GetRawText() : TextOf(file, key, property.Value);
            read[property.Name] = setting.Keeps(text) ? text : throw new ManifestException(file, key, setting.Rule);
        }

        return read.ToImmutable();
    }

    private static string Names(DeviceKind kind) =>
        string.Join(", ", DeviceSettings.All.Where(one => one.Kinds.Contains(kind)).Select(one => one.Key));

    private static string TextOf(string file, string key, JsonElement? value) => value is not { } given
        ? throw new ManifestException(file, key, "it is missing")
        : given.ValueKind == JsonValueKind.String ? given.GetString()! : throw new ManifestException(file, key, NoText);
}
