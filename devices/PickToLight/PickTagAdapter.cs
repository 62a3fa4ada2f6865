using System.Collections.Immutable;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Picking;

namespace Warehouse.Devices.PickToLight;

/// <summary>Pick-to-light tags over MQTT, by the messages of <see cref="PickTagCommand"/>.</summary>
public sealed class PickTagAdapter : IDeviceAdapter
{
    /// <summary>Seconds of the warehouse's time after which a tag goes dark by itself; 0 is never. Default 0.</summary>
    public static DeviceSetting LightSeconds { get; } = DeviceSetting.Whole(
        "lightSeconds", "Seconds of the warehouse's time after which a tag goes dark by itself; 0 is never.", 0, 0, 86_400);

    /// <summary>Whether lights blink. Default never.</summary>
    public static DeviceSetting Blink { get; } = DeviceSetting.Choice("blink", "Whether the tag's light blinks.", "never", "always");

    /// <summary>The tag in its topics, one level. Default the device's name.</summary>
    public static DeviceSetting Tag { get; } = DeviceSetting.Level("tag", "The tag in its topics.", manifest => manifest.Name);

    /// <inheritdoc/>
    public DeviceKind Kind => DeviceKind.PickTag;

    /// <inheritdoc/>
    public string Prefix => "ptl-";

    /// <inheritdoc/>
    public ImmutableArray<string> Capabilities => ["light", "button"];

    /// <inheritdoc/>
    public ImmutableArray<DeviceSetting> Settings =>
        [DeviceSettings.ResendSeconds, DeviceSettings.ReadBackMilliseconds, LightSeconds, Blink, Tag];

    /// <summary>The station of a tag's name: <c>S1</c> of <c>S1-03</c>.</summary>
    public static StationId StationOf(DeviceManifest manifest) => StationId.Parse(
        $"{manifest.Warehouse}/{(manifest.Name.LastIndexOf('-') is > 0 and var dash ? manifest.Name[..dash] : manifest.Name)}");

    /// <inheritdoc/>
    public StreamId OwnerOf(DeviceManifest manifest) => StationOf(manifest).Stream;

    /// <inheritdoc/>
    public IDeviceSession SessionOf(DeviceManifest manifest, AdapterPorts ports) =>
        new PickTagSession(manifest, ports.Mqtt, ports.Telemetry, ports.Clocks, ports.WireFaults);
}
