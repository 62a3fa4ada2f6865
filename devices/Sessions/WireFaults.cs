using System.Collections.Concurrent;
using System.Collections.Immutable;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>Counts messages that could not be understood, and keeps the last reason a device gave. Such a message is acknowledged: it would not be better the next time.</summary>
public sealed class WireFaults
{
    private readonly ConcurrentDictionary<DeviceId, (long Count, string Reason)> _faults = new();

    /// <summary>Another one.</summary>
    public void Add(DeviceId device, string topic, string reason) =>
        _faults.AddOrUpdate(device, (1, $"{topic}: {reason}"), (_, former) => (former.Count + 1, $"{topic}: {reason}"));

    /// <summary>Count and last reason of one device.</summary>
    public (long Count, string Reason) Of(DeviceId device) => _faults.GetValueOrDefault(device, (0, ""));

    /// <summary>Count and last reason of each device that had one, by device.</summary>
    public ImmutableSortedDictionary<DeviceId, (long Count, string Reason)> Seen => _faults.ToImmutableSortedDictionary();
}
