using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>
/// Holds a device: takes its lease, renews it at half, and looks again whenever the desk wakes it. A look between
/// renewals asks for the end that it has already, so it need not be journaled.
/// </summary>
internal sealed class LeaseKeeper(
    DeviceId device, IDeviceDesk desk, SessionHostOptions options, TimeProvider real, Random chance,
    CancellationToken stopping)
{
    private readonly Bell _bell = new();
    private volatile Holding? _holding;
    private volatile bool _elsewhere;
    private Moment _renewAt;
    private long _looks;
    private int _failures;

    /// <summary>Told after each look and each loss, from the keeper's loop or a reporter's.</summary>
    public event Action? Changed;

    /// <summary>What is held; null when nothing is, also once the lease's time is up.</summary>
    public Holding? Current => _holding is { } holding && Now < holding.Until ? holding : null;

    /// <summary>True when another host holds the device.</summary>
    public bool IsElsewhere => _elsewhere;

    private Moment Now => Moment.Of(real.GetUtcNow());

    /// <summary>Looks at the desk again soon, or ends when stopping.</summary>
    public void Wake() => _bell.Ring();

    /// <summary>The desk refused something of this epoch: it is over.</summary>
    public void Lost(long epoch)
    {
        if (_holding is { } holding && holding.Epoch == epoch)
        {
            _holding = null;
            Changed?.Invoke();
            Wake();
        }
    }

    /// <summary>The loop; ends after a wake once stopping.</summary>
    public async Task Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            var wait = await Look();
            Changed?.Invoke();
            if (!stopping.IsCancellationRequested)
            {
                await _bell.Wait(wait, real);
            }
        }
    }

    /// <summary>One look; gives how long the next may wait.</summary>
    private async Task<TimeSpan> Look()
    {
        var now = Now;
        var half = options.Lease / 2;
        var renewing = Current is null || now >= _renewAt;
        var until = renewing ? now.Plus((long)options.Lease.TotalMilliseconds) : Current?.Until ?? now;
        try
        {
            var id = $"{device}/{options.Host}/{now.UnixMilliseconds}/{_looks++}";
            var answer = await desk.Execute(device, id, new DeviceCommand.TakeLease(options.Host, now, until));
            if (answer is { Accepted: true, Detail: Lease lease })
            {
                _failures = 0;
                _elsewhere = false;
                _holding = new Holding(lease.Epoch, lease.Mode, until, lease.Outbox);
                _renewAt = renewing ? now.Plus((long)half.TotalMilliseconds) : _renewAt;
                return TimeSpan.FromMilliseconds(Math.Max(1, _renewAt.Since(Now)));
            }

            _holding = null;
            _elsewhere = answer.Is(DeviceRefusal.Leased);
            return _elsewhere ? half : options.Backoff.After(++_failures, chance);
        }
#pragma warning disable CA1031 // A desk that did not answer says nothing about the outcome, whatever it threw: look again.
        catch (Exception)
#pragma warning restore CA1031
        {
            return options.Backoff.After(++_failures, chance);
        }
    }
}
