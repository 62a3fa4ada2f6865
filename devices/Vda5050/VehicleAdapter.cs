using System.Collections.Immutable;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>Vehicles that speak VDA 5050.</summary>
public sealed class VehicleAdapter : IDeviceAdapter
{
    /// <inheritdoc/>
    public DeviceKind Kind => DeviceKind.Vehicle;

    /// <inheritdoc/>
    public string Prefix => "agv-";

    /// <inheritdoc/>
    public ImmutableArray<string> Capabilities => ["drive", "lift"];

    /// <inheritdoc/>
    public ImmutableArray<DeviceSetting> Settings => VehicleSettings.All;

    /// <inheritdoc/>
    public StreamId OwnerOf(DeviceManifest manifest) => VehicleId.Parse($"{manifest.Warehouse}/{manifest.Name}").Stream;

    /// <inheritdoc/>
    public IDeviceSession SessionOf(DeviceManifest manifest, AdapterPorts ports) =>
        new VehicleSession(manifest, ports.Mqtt, ports.Telemetry, ports.Clocks, ports.WireFaults);
}
