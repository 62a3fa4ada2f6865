using System.Collections.Immutable;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.StackerCrane;

/// <summary>Stacker cranes that take jobs by ISA-95 job control over OPC UA.</summary>
public sealed class CraneAdapter : IDeviceAdapter
{
    /// <inheritdoc/>
    public DeviceKind Kind => DeviceKind.Crane;

    /// <inheritdoc/>
    public string Prefix => "crane-";

    /// <inheritdoc/>
    public ImmutableArray<string> Capabilities => ["store", "retrieve"];

    /// <inheritdoc/>
    public ImmutableArray<DeviceSetting> Settings =>
    [
        DeviceSettings.ResendSeconds, DeviceSettings.ReadBackMilliseconds, OpcUaSettings.Endpoint, OpcUaSettings.Machine, OpcUaSettings.Security,
        OpcUaSettings.User, OpcUaSettings.PasswordFrom,
    ];

    /// <inheritdoc/>
    public StreamId OwnerOf(DeviceManifest manifest) => AisleId.Parse($"{manifest.Warehouse}/{manifest.Name}").Stream;

    /// <inheritdoc/>
    public IDeviceSession SessionOf(DeviceManifest manifest, AdapterPorts ports) =>
        new CraneSession(manifest, ports.OpcUa(), ports.Telemetry, ports.Clocks);
}
