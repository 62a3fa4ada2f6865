using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Manifests;

/// <summary>A setting of an adapter.</summary>
/// <param name="Key">Its name in the manifest; the unit stands in it.</param>
/// <param name="Kinds">The kinds of device that have it.</param>
/// <param name="DefaultFor">Its value when the manifest does not give one.</param>
/// <param name="Rule">The rule in words, for people.</param>
/// <param name="Keeps">True when a text keeps the rule.</param>
public sealed record DeviceSetting(
    string Key, ImmutableArray<DeviceKind> Kinds, Func<DeviceManifest, string> DefaultFor, string Rule,
    Func<string, bool> Keeps);

/// <summary>Every setting that the adapters know.</summary>
public static class DeviceSettings
{
    /// <summary>Seconds of the warehouse's time after which an unconfirmed command is sent again. Default 20.</summary>
    public static DeviceSetting ResendSeconds { get; } = Whole("resendSeconds", [DeviceKind.PickTag, DeviceKind.Vehicle, DeviceKind.Crane], 20, 1, 600);

    /// <summary>Real milliseconds that a read-back waits for a machine's state before it takes the machine for silent. Default 2000.</summary>
    public static DeviceSetting ReadBackMilliseconds { get; } = Whole("readBackMilliseconds", [DeviceKind.PickTag, DeviceKind.Vehicle, DeviceKind.Crane], 2_000, 50, 60_000);

    /// <summary>Seconds of the warehouse's time after which a tag goes dark by itself; 0 is never. Default 0.</summary>
    public static DeviceSetting LightSeconds { get; } = Whole("lightSeconds", [DeviceKind.PickTag], 0, 0, 86_400);

    /// <summary>The tag in its topics, one level. Default the device's name.</summary>
    public static DeviceSetting Tag { get; } = Level("tag", DeviceKind.PickTag, manifest => manifest.Name);

    /// <summary>The vehicle's manufacturer in its topics, one level. Default <c>virtual</c>.</summary>
    public static DeviceSetting Manufacturer { get; } = Level("manufacturer", DeviceKind.Vehicle, _ => Vda5050.VdaTopics.VirtualManufacturer);

    /// <summary>The vehicle's serial number in its topics, one level. Default warehouse and name, <c>MAIN-V07</c>.</summary>
    public static DeviceSetting SerialNumber { get; } = Level("serialNumber", DeviceKind.Vehicle, manifest => $"{manifest.Warehouse}-{manifest.Name}");

    /// <summary>The vehicle's map of its floor, one part. Default the warehouse.</summary>
    public static DeviceSetting MapId { get; } = Level("mapId", DeviceKind.Vehicle, manifest => manifest.Warehouse);

    /// <summary>Which load handling device picks and drops (lhd). Default <c>fork</c>.</summary>
    public static DeviceSetting LoadHandlingDevice { get; } = Level("loadHandlingDevice", DeviceKind.Vehicle, _ => "fork");

    /// <summary>All of them, in the order of this file.</summary>
    public static ImmutableArray<DeviceSetting> All { get; } =
        [ResendSeconds, ReadBackMilliseconds, LightSeconds, Tag, Manufacturer, SerialNumber, MapId, LoadHandlingDevice];

    /// <summary>What a kind of device can do.</summary>
    public static ImmutableArray<string> CapabilitiesOf(DeviceKind kind) => kind switch
    {
        DeviceKind.PickTag => ["light", "button"],
        DeviceKind.Vehicle => ["drive", "lift"],
        DeviceKind.Crane => ["store", "retrieve"],
    };

    /// <summary>How the id of a device of this kind begins, after its warehouse.</summary>
    public static string PrefixOf(DeviceKind kind) => kind switch
    {
        DeviceKind.PickTag => "ptl-",
        DeviceKind.Vehicle => "agv-",
        DeviceKind.Crane => "crane-",
    };

    private static DeviceSetting Whole(string key, ImmutableArray<DeviceKind> kinds, int byDefault, int least, int most) =>
        new(key, kinds, _ => byDefault.ToString(CultureInfo.InvariantCulture), $"a whole number from {least} to {most}",
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most);

    private static DeviceSetting Level(string key, DeviceKind kind, Func<DeviceManifest, string> byDefault) =>
        new(key, [kind], byDefault, $"one part of A-Z a-z 0-9 . _ -, at most {GrainKey.MaxBytes} long", GrainKey.IsPart);
}
