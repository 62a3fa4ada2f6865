using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Utilities;
using Warehouse.Contracts;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Journal;

namespace Warehouse.Grains.Devices;

/// <summary>The shell of a device. Beside its stream it keeps the sessions that want to be woken, in memory only.</summary>
[Reentrant]
public sealed class DeviceGrain(StreamPorts ports, ILogger<DeviceGrain> log) : StreamGrain<DeviceState>("device", ports), IDeviceGrain
{
    // Sessions register again at each lease renewal, which comes much more often than this.
    private static readonly TimeSpan WatcherLife = TimeSpan.FromMinutes(2);

    private readonly ObserverManager<IDeviceWatcher> _watchers = new(WatcherLife, log);

    /// <inheritdoc/>
    public override async Task<Answer> Execute(Envelope envelope)
    {
        var answer = await base.Execute(envelope);
        if (envelope.Body is DeviceCommand.Enqueue or DeviceCommand.SetMode or DeviceCommand.Settle)
        {
            _watchers.Notify(watcher => { _ = watcher.Wake(); }); // one way: nothing comes back to wait for
        }

        return answer;
    }

    /// <inheritdoc/>
    public Task Watch(IDeviceWatcher watcher)
    {
        _watchers.Subscribe(watcher, watcher);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Unwatch(IDeviceWatcher watcher)
    {
        _watchers.Unsubscribe(watcher);
        return Task.CompletedTask;
    }
}
