using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Manifests;

/// <summary>
/// What an integrator writes down about one device: which it is, what kind of machine, what it can do, and how its
/// adapter is set. Settings are texts here; each <see cref="DeviceSetting"/> knows its unit, default and bounds.
/// </summary>
/// <param name="Id">The device, for example <c>MAIN/agv-V07</c>.</param>
/// <param name="Kind">What it is; it chooses the adapter.</param>
/// <param name="Capabilities">What it can do of what its adapter can; empty is all of that.</param>
/// <param name="Settings">Settings that differ from their defaults.</param>
public sealed record DeviceManifest(
    DeviceId Id, DeviceKind Kind, ImmutableArray<string> Capabilities,
    ImmutableSortedDictionary<string, string> Settings)
{
    /// <summary>A manifest with nothing but defaults.</summary>
    public static DeviceManifest Of(DeviceId id, DeviceKind kind) =>
        new(id, kind, [], ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The warehouse that the device belongs to.</summary>
    public string Warehouse => Id.Text[..Id.Text.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The device's name within its warehouse and kind, after the first dash: <c>V07</c> of <c>MAIN/agv-V07</c>.</summary>
    public string Name => Id.Text[(Id.Text.IndexOf('-', Warehouse.Length) + 1)..];

    /// <summary>A setting as text: as given, or its default.</summary>
    /// <exception cref="InvalidOperationException">It has no default and is not given: the manifest was not checked.</exception>
    public string Text(DeviceSetting setting) =>
        Settings.TryGetValue(setting.Key, out var given) ? given
        : setting.DefaultFor is { } byDefault ? byDefault(this)
        : throw new InvalidOperationException($"{Id}: settings.{setting.Key} is missing");

    /// <summary>A setting as a whole number in its unit.</summary>
    public int Number(DeviceSetting setting) => int.Parse(Text(setting), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>A setting whose unit is seconds.</summary>
    public TimeSpan Seconds(DeviceSetting setting) => TimeSpan.FromSeconds(Number(setting));

    /// <summary>With another setting.</summary>
    public DeviceManifest With(DeviceSetting setting, string text) => this with { Settings = Settings.SetItem(setting.Key, text) };

    /// <summary>True when both say the same.</summary>
    public bool Same(DeviceManifest other) =>
        Id == other.Id && Kind == other.Kind && Capabilities.SequenceEqual(other.Capabilities, StringComparer.Ordinal)
        && Settings.Keys.SequenceEqual(other.Settings.Keys, StringComparer.Ordinal)
        && Settings.All(setting => SameText(setting.Value, other.Settings[setting.Key]));

    /// <summary>Structures are the same however they are spaced.</summary>
    private static bool SameText(string one, string other) => one == other
        || (one is ['{' or '[', ..] && other is ['{' or '[', ..] && JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other)));
}
