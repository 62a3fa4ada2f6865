using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Manifests;

/// <summary>
/// What an integrator writes down about one device: which it is, what kind of machine, what it can do, and how its
/// adapter is set. Settings are texts here; <see cref="DeviceSettings"/> knows their units, defaults and bounds.
/// </summary>
/// <param name="Id">The device, for example <c>MAIN/agv-V07</c>.</param>
/// <param name="Kind">What it is; it chooses the adapter.</param>
/// <param name="Capabilities">What it can do, for people and for checks: <c>light</c>, <c>drive</c>, <c>lift</c>, <c>store</c>.</param>
/// <param name="Settings">Settings that differ from their defaults.</param>
public sealed record DeviceManifest(
    DeviceId Id, DeviceKind Kind, ImmutableArray<string> Capabilities,
    ImmutableSortedDictionary<string, string> Settings)
{
    /// <summary>A manifest with nothing but defaults.</summary>
    public static DeviceManifest Of(DeviceId id, DeviceKind kind) =>
        new(id, kind, DeviceSettings.CapabilitiesOf(kind), ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The warehouse that the device belongs to.</summary>
    public string Warehouse => Id.Text[..Id.Text.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The device's name within its warehouse and kind: <c>V07</c> of <c>MAIN/agv-V07</c>.</summary>
    public string Name => Id.Text[(Warehouse.Length + 1 + DeviceSettings.PrefixOf(Kind).Length)..];

    /// <summary>A setting as text: as given, or its default.</summary>
    public string Text(DeviceSetting setting) =>
        Settings.TryGetValue(setting.Key, out var given) ? given : setting.DefaultFor(this);

    /// <summary>A setting as a whole number in its unit.</summary>
    public int Number(DeviceSetting setting) => int.Parse(Text(setting), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>A setting whose unit is seconds.</summary>
    public TimeSpan Seconds(DeviceSetting setting) => TimeSpan.FromSeconds(Number(setting));
}
