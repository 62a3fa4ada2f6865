using System.Collections.Immutable;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Recording;

/// <summary>
/// The last raw signals of each device, for looking back: in memory, bounded, gone with the process. Everything else is
/// handed on.
/// </summary>
/// <param name="next">Who takes what is seen of vehicles and cranes.</param>
public sealed class DeviceRecording(ITelemetrySink next) : ITelemetrySink
{
    /// <summary>Signals kept of a device; the oldest goes first.</summary>
    public const int PerDevice = 256;

    /// <summary>Longest value that is kept, in characters.</summary>
    public const int MaxValue = 256;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<DeviceId, Queue<RawSeen>> _seen = [];

    /// <inheritdoc/>
    public void Vehicle(VehicleSeen seen) => next.Vehicle(seen);

    /// <inheritdoc/>
    public void Crane(CraneSeen seen) => next.Crane(seen);

    /// <inheritdoc/>
    public void Raw(RawSeen seen)
    {
        lock (_gate)
        {
            if (!_seen.TryGetValue(seen.Device, out var kept))
            {
                _seen.Add(seen.Device, kept = new Queue<RawSeen>());
            }

            if (kept.Count == PerDevice)
            {
                kept.Dequeue();
            }

            kept.Enqueue(seen.Value.Length <= MaxValue ? seen : seen with { Value = seen.Value[..MaxValue] });
        }
    }

    /// <summary>What is kept of a device, oldest first.</summary>
    public ImmutableArray<RawSeen> Of(DeviceId device)
    {
        lock (_gate)
        {
            return _seen.TryGetValue(device, out var kept) ? [.. kept] : [];
        }
    }
}
