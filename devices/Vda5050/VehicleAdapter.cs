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
    /// <summary>The vehicle's manufacturer in its topics, one level. Default <c>virtual</c>.</summary>
    public static DeviceSetting Manufacturer { get; } = DeviceSetting.Level(
        "manufacturer", "The vehicle's manufacturer in its topics.", _ => VdaTopics.VirtualManufacturer);

    /// <summary>The vehicle's serial number in its topics, one level. Default warehouse and name, <c>MAIN-V07</c>.</summary>
    public static DeviceSetting SerialNumber { get; } = DeviceSetting.Level(
        "serialNumber", "The vehicle's serial number in its topics.", manifest => $"{manifest.Warehouse}-{manifest.Name}");

    /// <summary>The vehicle's map of its floor, one part. Default the warehouse.</summary>
    public static DeviceSetting MapId { get; } = DeviceSetting.Level("mapId", "The vehicle's map of its floor.", manifest => manifest.Warehouse);

    /// <summary>Which load handling device picks and drops (lhd). Default <c>fork</c>.</summary>
    public static DeviceSetting LoadHandlingDevice { get; } = DeviceSetting.Level(
        "loadHandlingDevice", "Which load handling device picks and drops (lhd).", _ => "fork");

    /// <inheritdoc/>
    public DeviceKind Kind => DeviceKind.Vehicle;

    /// <inheritdoc/>
    public string Prefix => "agv-";

    /// <inheritdoc/>
    public ImmutableArray<string> Capabilities => ["drive", "lift"];

    /// <inheritdoc/>
    public ImmutableArray<DeviceSetting> Settings =>
        [DeviceSettings.ResendSeconds, DeviceSettings.ReadBackMilliseconds, Manufacturer, SerialNumber, MapId, LoadHandlingDevice];

    /// <inheritdoc/>
    public StreamId OwnerOf(DeviceManifest manifest) => VehicleId.Parse($"{manifest.Warehouse}/{manifest.Name}").Stream;

    /// <inheritdoc/>
    public IDeviceSession SessionOf(DeviceManifest manifest, AdapterPorts ports) =>
        new VehicleSession(manifest, ports.Mqtt, ports.Telemetry, ports.Clocks, ports.WireFaults);
}
