using System.Collections.Concurrent;
using Warehouse.Contracts;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Silo.Devices;

/// <summary>
/// How sessions of this silo reach the device grains. A watcher is an Orleans observer, which a grain forgets with its
/// activation; so it is registered again before each lease is taken, and what came between is pulled with that lease.
/// </summary>
public sealed class GrainDeviceDesk(IGrainFactory grains) : IDeviceDesk
{
    private readonly ConcurrentDictionary<DeviceId, Watcher> _watchers = new();

    /// <inheritdoc/>
    public async Task<Answer> Execute(DeviceId device, string commandId, DeviceCommand command)
    {
        var grain = grains.GetGrain<IDeviceGrain>(device.Text);
        if (command is DeviceCommand.TakeLease && _watchers.TryGetValue(device, out var watcher))
        {
            await grain.Watch(watcher.Reference);
        }

        return await grain.Execute(Envelope.From(commandId, command));
    }

    /// <inheritdoc/>
    public IDisposable Watch(DeviceId device, Action wake)
    {
        var watcher = new Watcher(this, device, wake);
        watcher.Reference = grains.CreateObjectReference<IDeviceWatcher>(watcher);
        _watchers[device] = watcher;
        return watcher;
    }

    private void Forget(DeviceId device, Watcher watcher)
    {
        _watchers.TryRemove(new KeyValuePair<DeviceId, Watcher>(device, watcher));
        grains.DeleteObjectReference<IDeviceWatcher>(watcher.Reference);
    }

    private sealed class Watcher(GrainDeviceDesk desk, DeviceId device, Action wake) : IDeviceWatcher, IDisposable
    {
        public IDeviceWatcher Reference { get; set; } = null!;

        public Task Wake()
        {
            wake();
            return Task.CompletedTask;
        }

        public void Dispose() => desk.Forget(device, this);
    }
}
