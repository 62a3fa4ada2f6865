using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.StackerCrane;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>Makes the session of a manifest: the one place that knows which adapter serves which kind.</summary>
internal sealed class AdapterFactory(DeviceLinks links, ITelemetrySink telemetry, DeviceClocks clocks)
{
    private readonly TopicExchange _mqtt = new(links.Mqtt);
    private readonly List<IOpcUaLink> _cranes = [];

    /// <summary>What was not understood.</summary>
    public WireFaults WireFaults { get; } = new();

    /// <summary>The session of a device; its link is started later.</summary>
    public IDeviceSession SessionOf(DeviceManifest manifest)
    {
        switch (manifest.Kind)
        {
            case DeviceKind.PickTag:
                return new PickTagSession(manifest, _mqtt, clocks, WireFaults);
            case DeviceKind.Vehicle:
                return new VehicleSession(manifest, _mqtt, telemetry, clocks, WireFaults);
            case DeviceKind.Crane:
                var link = links.OpcUa(manifest);
                _cranes.Add(link);
                return new CraneSession(manifest, link, telemetry, clocks);
            default:
                throw new ArgumentOutOfRangeException(nameof(manifest), manifest.Kind, $"{manifest.Id}: no adapter serves this kind");
        }
    }

    public void StartLinks()
    {
        links.Mqtt.Start();
        foreach (var link in _cranes)
        {
            link.Start();
        }
    }

    public async Task StopLinks()
    {
        await links.Mqtt.Stop();
        foreach (var link in _cranes)
        {
            await link.Stop();
        }
    }
}
