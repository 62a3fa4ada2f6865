using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.Manifests;

namespace Warehouse.Devices.Sessions;

/// <summary>One device under a host: its manifest, the ports that were made for it, and its loops.</summary>
internal sealed class HostedDevice
{
    private readonly TopicExchange _mqtt;
    private readonly Func<DeviceManifest, IOpcUaLink> _connect;
    private IOpcUaLink? _opcUa;

    public HostedDevice(
        DeviceManifest manifest, IDeviceAdapter adapter, TopicExchange mqtt, Func<DeviceManifest, IOpcUaLink> connect,
        ITelemetrySink telemetry, WireFaults faults, IDeviceDesk desk, DeviceClocks clocks, SessionHostOptions options, Random chance)
    {
        Manifest = manifest;
        _mqtt = mqtt.ForDevice();
        _connect = connect;
        var session = adapter.SessionOf(manifest, new AdapterPorts(_mqtt, OpcUa, telemetry, clocks, faults));
        Run = new DeviceRun(session, desk, clocks, options, chance);
    }

    /// <summary>What it was made from.</summary>
    public DeviceManifest Manifest { get; }

    /// <summary>Its loops.</summary>
    public DeviceRun Run { get; }

    /// <summary>Starts the links that are its own.</summary>
    public void StartLinks() => _opcUa?.Start();

    /// <summary>Ends its loops, listens no more, and stops the links that are its own.</summary>
    public async Task Stop()
    {
        await Run.DisposeAsync();
        await _mqtt.Forget();
        if (_opcUa is not null)
        {
            await _opcUa.Stop();
        }
    }

    private IOpcUaLink OpcUa() => _opcUa ??= _connect(Manifest);
}
