using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Manifests;

/// <summary>
/// A setting of an adapter: its name with its unit, its default, its rule. An adapter lists its own; each is checked when
/// a manifest is read and described in the manifests' JSON schema.
/// </summary>
/// <param name="Key">Its name in the manifest; the unit stands in it.</param>
/// <param name="About">What it is for, one sentence for people.</param>
/// <param name="DefaultFor">Its value when the manifest does not give one; null when it must.</param>
/// <param name="Schema">Its JSON schema, without title and default.</param>
/// <param name="Broken">The rule that a text breaks, in words; null when it keeps it.</param>
public sealed record DeviceSetting(
    string Key, string About, Func<DeviceManifest, string>? DefaultFor, JsonObject Schema, Func<string, string?> Broken)
{
    /// <summary>Longest text that a setting may have, in characters; structured ones are bounded by the file.</summary>
    public const int MaxText = 256;

    /// <summary>A whole number in a range.</summary>
    public static DeviceSetting Whole(string key, string about, int byDefault, int least, int most) => new(
        key, about, _ => byDefault.ToString(CultureInfo.InvariantCulture),
        new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most },
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? null
            : $"a whole number from {least} to {most}");

    /// <summary>One level of a topic, one part of a key.</summary>
    public static DeviceSetting Level(string key, string about, Func<DeviceManifest, string>? byDefault) => new(
        key, about, byDefault, new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9._-]+$", ["maxLength"] = GrainKey.MaxBytes },
        text => GrainKey.IsPart(text) ? null : $"one part of A-Z a-z 0-9 . _ -, at most {GrainKey.MaxBytes} long");

    /// <summary>One of a few words; the first is the default.</summary>
    public static DeviceSetting Choice(string key, string about, params ImmutableArray<string> options) => new(
        key, about, _ => options[0], new JsonObject { ["enum"] = new JsonArray([.. options.Select(option => JsonValue.Create(option))]) },
        text => options.Contains(text, StringComparer.Ordinal) ? null : $"one of {string.Join(", ", options)}");

    /// <summary>A whole topic, without wildcards.</summary>
    public static DeviceSetting Topic(string key, string about, Func<DeviceManifest, string>? byDefault) => new(
        key, about, byDefault, new JsonObject { ["type"] = "string", ["pattern"] = "^[^+#]+$", ["maxLength"] = MaxText },
        text => text.Length <= MaxText && Links.Mqtt.TopicFilter.IsTopic(text) ? null : $"a topic without + and #, at most {MaxText} long");

    /// <summary>Any short text.</summary>
    public static DeviceSetting Plain(string key, string about, string byDefault) => new(
        key, about, _ => byDefault, new JsonObject { ["type"] = "string", ["maxLength"] = MaxText },
        text => text.Length <= MaxText ? null : $"a text of at most {MaxText} characters");

    /// <summary>An object or array of its own; <paramref name="read"/> throws <see cref="FormatException"/> with the rule that it breaks.</summary>
    public static DeviceSetting Structure(string key, string about, string? byDefault, JsonObject schema, Action<JsonElement> read) => new(
        key, about, byDefault is null ? null : _ => byDefault, schema, text => BrokenBy(text, read));

    private static string? BrokenBy(string text, Action<JsonElement> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            read(document.RootElement);
            return null;
        }
        catch (JsonException)
        {
            return "an object or array is asked for";
        }
        catch (FormatException broken)
        {
            return broken.Message;
        }
    }
}

/// <summary>Settings that several adapters have.</summary>
public static class DeviceSettings
{
    /// <summary>Seconds of the warehouse's time after which an unconfirmed command is sent again. Default 20.</summary>
    public static DeviceSetting ResendSeconds { get; } = DeviceSetting.Whole(
        "resendSeconds", "Seconds of the warehouse's time after which an unconfirmed command is sent again.", 20, 1, 600);

    /// <summary>Real milliseconds that a read-back waits for a machine's state before it takes the machine for silent. Default 2000.</summary>
    public static DeviceSetting ReadBackMilliseconds { get; } = DeviceSetting.Whole(
        "readBackMilliseconds", "Real milliseconds that a read-back waits for the machine's state.", 2_000, 50, 60_000);
}
