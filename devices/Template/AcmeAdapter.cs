using System.Collections.Immutable;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Acme;

/// <summary>Lights by Acme: what their manifests may say, and how a session of one is made.</summary>
public sealed class AcmeAdapter : IDeviceAdapter
{
    /// <summary>The light's serial number in its topics. Default the device's name.</summary>
    public static DeviceSetting Serial { get; } = DeviceSetting.Level("serial", "The light's serial number in its topics.", manifest => manifest.Name);

    public DeviceKind Kind { get; } = new("acmeLight");

    // The same as the house's own tags: a light of a station's slot is MAIN/ptl-S1-03 whoever made it.
    public string Prefix => "ptl-";

    public ImmutableArray<string> Capabilities => ["light", "button"];

    public ImmutableArray<DeviceSetting> Settings => [DeviceSettings.ResendSeconds, Serial];

    // The station hears of presses, and sends the lights.
    public StreamId OwnerOf(DeviceManifest manifest) => PickTagAdapter.StationOf(manifest).Stream;

    public IDeviceSession SessionOf(DeviceManifest manifest, AdapterPorts ports) => new AcmeSession(manifest, ports);
}
