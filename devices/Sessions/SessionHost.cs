using System.Collections.Immutable;
using Warehouse.Devices.Manifests;

namespace Warehouse.Devices.Sessions;

/// <summary>
/// Runs the sessions of one silo: all devices of its manifests, each as long as it gets the lease. It owns the life of
/// the links that it was given. Started once, on the scheduler on which everything of it then runs.
/// </summary>
public sealed class SessionHost
{
    private readonly AdapterFactory _adapters;
    private readonly ImmutableArray<DeviceRun> _runs;

    /// <summary>A host that is not started yet.</summary>
    /// <param name="manifests">The devices; each id once.</param>
    /// <param name="links">The links, not started.</param>
    /// <param name="desk">How to reach the Device streams.</param>
    /// <param name="telemetry">Takes what is not journaled.</param>
    /// <param name="clocks">The warehouse's time and the real one.</param>
    /// <param name="options">How it runs.</param>
    public SessionHost(
        IEnumerable<DeviceManifest> manifests, DeviceLinks links, IDeviceDesk desk, ITelemetrySink telemetry,
        DeviceClocks clocks, SessionHostOptions options)
    {
        _adapters = new AdapterFactory(links, telemetry, clocks);
        _runs = [.. manifests.Select((manifest, index) =>
            new DeviceRun(_adapters.SessionOf(manifest), desk, clocks, options, new Random(options.Seed + index)))];
    }

    /// <summary>What has come over the wire and was not understood, by device.</summary>
    public WireFaults WireFaults => _adapters.WireFaults;

    /// <summary>Listens, starts the links, and begins to take leases. Ends at once; nothing of it waits for a machine.</summary>
    public async Task Start()
    {
        foreach (var run in _runs)
        {
            await run.Attach();
        }

        _adapters.StartLinks();
        foreach (var run in _runs)
        {
            run.Start();
        }
    }

    /// <summary>Stops sending and reporting, then the links.</summary>
    public async Task Stop()
    {
        await Task.WhenAll(_runs.Select(run => run.DisposeAsync().AsTask()));
        await _adapters.StopLinks();
    }
}
