using Orleans.Concurrency;
using Warehouse.Domain.Devices;

namespace Warehouse.Contracts;

/// <summary>A device: outbox, lease and mode. Key: device id, <c>MAIN/ptl-S1-03</c>.</summary>
[Alias("device")]
public interface IDeviceGrain : IStreamGrain<DeviceState>
{
    /// <summary>
    /// Wake this watcher when the outbox or the mode has changed. It only wakes: what there is to do is read with the
    /// lease. Forgotten after a while, so a session registers again at each renewal of its lease.
    /// </summary>
    [Alias("watch")]
    Task Watch(IDeviceWatcher watcher);

    /// <summary>This watcher has gone.</summary>
    [Alias("unwatch")]
    Task Unwatch(IDeviceWatcher watcher);
}

/// <summary>The session's end of a wake-up call.</summary>
[Alias("device-watcher")]
public interface IDeviceWatcher : IGrainObserver
{
    /// <summary>There is something to pull. May be lost; the next renewal of the lease finds it too.</summary>
    [OneWay, Alias("wake")]
    Task Wake();
}
