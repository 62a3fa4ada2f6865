using System.Collections.Immutable;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>
/// Runs the sessions of one silo: all devices of its manifests, each as long as it gets the lease. Devices come, change
/// and go while it runs; the others do not notice. It owns the life of the links that it was given. Started once, on the
/// scheduler on which everything of it then runs.
/// </summary>
public sealed class SessionHost
{
    private readonly AdapterCatalogue _adapters;
    private readonly DeviceLinks _links;
    private readonly IDeviceDesk _desk;
    private readonly ITelemetrySink _telemetry;
    private readonly DeviceClocks _clocks;
    private readonly SessionHostOptions _options;
    private readonly TopicExchange _mqtt;
    private readonly Lock _gate = new();
    private readonly List<HostedDevice> _devices = [];
    private Task _changes = Task.CompletedTask;
    private int _made;
    private bool _started;

    /// <summary>A host that is not started yet.</summary>
    /// <param name="manifests">The devices; each id once.</param>
    /// <param name="links">The links, not started.</param>
    /// <param name="desk">How to reach the Device streams.</param>
    /// <param name="telemetry">Takes what is not journaled.</param>
    /// <param name="clocks">The warehouse's time and the real one.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="adapters">The adapters that there are; null for those that ship with the house.</param>
    public SessionHost(
        IEnumerable<DeviceManifest> manifests, DeviceLinks links, IDeviceDesk desk, ITelemetrySink telemetry,
        DeviceClocks clocks, SessionHostOptions options, AdapterCatalogue? adapters = null)
    {
        (_links, _desk, _telemetry, _clocks, _options) = (links, desk, telemetry, clocks, options);
        _adapters = adapters ?? AdapterCatalogue.Shipped;
        _mqtt = new TopicExchange(links.Mqtt);
        foreach (var manifest in manifests)
        {
            _devices.Add(Made(manifest));
        }
    }

    /// <summary>What has come over the wire and was not understood, by device.</summary>
    public WireFaults WireFaults { get; } = new();

    /// <summary>The adapters that it can make sessions of.</summary>
    public AdapterCatalogue Adapters => _adapters;

    /// <summary>The manifests that it runs, in the order of ids.</summary>
    public ImmutableArray<DeviceManifest> Manifests => [.. Devices.Select(device => device.Manifest).OrderBy(manifest => manifest.Id)];

    /// <summary>How its devices are, in the order of ids.</summary>
    public ImmutableArray<DeviceHealth> Health => [.. Devices.OrderBy(device => device.Manifest.Id).Select(device => device.Run.HealthOf(device.Manifest, WireFaults))];

    private ImmutableArray<HostedDevice> Devices
    {
        get
        {
            lock (_gate)
            {
                return [.. _devices];
            }
        }
    }

    /// <summary>How the MQTT link is that its devices share.</summary>
    public MqttLinkHealth MqttHealth => _links.Mqtt.Health;

    /// <summary>Listens, starts the links, and begins to take leases. Ends at once; nothing of it waits for a machine.</summary>
    public async Task Start()
    {
        var devices = Devices;
        foreach (var device in devices)
        {
            await device.Run.Attach();
        }

        _links.Mqtt.Start();
        _started = true;
        foreach (var device in devices)
        {
            device.StartLinks();
        }

        foreach (var device in devices)
        {
            device.Run.Start();
        }
    }

    /// <summary>
    /// Adds a device, or runs it by another manifest: its session ends first, so no two ever speak to one machine. The
    /// new one reads the machine back before it sends. The same manifest again changes nothing.
    /// </summary>
    public Task Put(DeviceManifest manifest) => InTurn(async () =>
    {
        if (Find(manifest.Id) is { } present && present.Manifest.Same(manifest))
        {
            return;
        }

        await Drop(manifest.Id);
        var device = Made(manifest);
        lock (_gate)
        {
            _devices.Add(device);
        }

        if (_started)
        {
            await device.Run.Attach();
            device.StartLinks();
            device.Run.Start();
        }
    });

    /// <summary>Ends a device's session. Its stream keeps what it knows.</summary>
    public Task Remove(DeviceId device) => InTurn(() => Drop(device));

    /// <summary>Stops sending and reporting, then the links.</summary>
    public Task Stop() => InTurn(async () =>
    {
        await Task.WhenAll(Devices.Select(device => device.Run.DisposeAsync().AsTask()));
        await _links.Mqtt.Stop();
        foreach (var device in Devices)
        {
            await device.Stop();
        }
    });

    private HostedDevice Made(DeviceManifest manifest) => new(
        manifest,
        _adapters.Find(manifest.Kind)
            ?? throw new ArgumentException($"{manifest.Id}: no adapter serves the kind {manifest.Kind}; there are {_adapters.Kinds}", nameof(manifest)),
        _mqtt, _links.OpcUa, _telemetry, WireFaults, _desk, _clocks, _options, new Random(_options.Seed + _made++));

    private HostedDevice? Find(DeviceId id)
    {
        lock (_gate)
        {
            return _devices.Find(device => device.Manifest.Id == id);
        }
    }

    private async Task Drop(DeviceId id)
    {
        if (Find(id) is { } device)
        {
            await device.Stop();
            lock (_gate)
            {
                _devices.Remove(device);
            }
        }
    }

    /// <summary>One change after another, in the order in which they were asked for.</summary>
    private Task InTurn(Func<Task> change)
    {
        lock (_gate)
        {
            return _changes = After(_changes, change);
        }
    }

    private static async Task After(Task former, Func<Task> change)
    {
        await former.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await change();
    }
}
