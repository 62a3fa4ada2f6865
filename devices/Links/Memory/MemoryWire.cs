namespace Warehouse.Devices.Links.Memory;

/// <summary>
/// Runs actions at their time, one after another, in order of time and then of posting. It is the only scheduler of the
/// in-memory links, so a run under a virtual clock is the same each time. An action that posts more is not interrupted.
/// </summary>
/// <param name="clock">The clock; its timers start the actions.</param>
internal sealed class MemoryWire(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Action, (long DueTicks, long Number)> _due = new();
    private ITimer? _timer;
    private long _number;
    private bool _running;

    /// <summary>The wire's clock in ticks since some start.</summary>
    public long NowTicks => clock.GetUtcNow().UtcTicks;

    /// <summary>Runs <paramref name="action"/> at a time of the clock, never inside this call's caller's action.</summary>
    public void Post(long dueTicks, Action action)
    {
        lock (_gate)
        {
            _due.Enqueue(action, (dueTicks, _number++));
        }

        Arm();
    }

    private void Arm()
    {
        TimeSpan wait;
        lock (_gate)
        {
            if (_running || !_due.TryPeek(out _, out var first))
            {
                return;
            }

            wait = TimeSpan.FromTicks(Math.Max(0, first.DueTicks - NowTicks));
            _timer ??= clock.CreateTimer(_ => Drain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Drain()
    {
        lock (_gate)
        {
            if (_running)
            {
                return;
            }

            _running = true;
        }

        while (Next() is { } action)
        {
            action();
        }

        Arm();
    }

    private Action? Next()
    {
        lock (_gate)
        {
            if (_due.TryPeek(out var action, out var first) && first.DueTicks <= NowTicks)
            {
                _due.Dequeue();
                return action;
            }

            _running = false;
            return null;
        }
    }
}
