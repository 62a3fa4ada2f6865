using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.Manifests;

namespace Warehouse.Devices.Sessions;

/// <summary>How a host runs its sessions. Times are of the real clock.</summary>
public sealed record SessionHostOptions
{
    /// <summary>The name under which leases are taken: the same after a restart (it then has its devices back at once), unique among running hosts.</summary>
    public required string Host { get; init; }

    /// <summary>How long a lease lasts; it is renewed at half.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Waits between tries after the desk did not answer or did not know the device.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));

    /// <summary>Most facts and outcomes in one report.</summary>
    public int ReportSize { get; init; } = 64;

    /// <summary>Most facts of a device that wait to be reported. More are turned away: machines repeat what was not confirmed.</summary>
    public int QueueSize { get; init; } = 1_024;

    /// <summary>Seed of the drawn parts of waiting times.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>The two clocks of the house.</summary>
/// <param name="Warehouse">The floor's time, which may run faster: deadlines, repeats.</param>
/// <param name="Real">The real time: leases, time-outs, back-off.</param>
public sealed record DeviceClocks(TimeProvider Warehouse, TimeProvider Real);

/// <summary>The links of one host.</summary>
/// <param name="Mqtt">The one MQTT link that all its MQTT devices share.</param>
/// <param name="OpcUa">The link to a crane's server.</param>
public sealed record DeviceLinks(IMqttLink Mqtt, Func<DeviceManifest, IOpcUaLink> OpcUa);
