namespace Warehouse.Simulation.Scheduling;

/// <summary>
/// Time that stands still while anything is ready and then jumps to the next timer. Timers fire by (due time, order of
/// setting), each as a turn of the lane that made it.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private readonly PriorityQueue<(VirtualTimer Timer, long Setting), (long Due, long Setting)> timers = new();
    private readonly Func<Lane> current;
    private readonly DateTimeOffset start;
    private long now;
    private long settings;

    internal VirtualClock(DateTimeOffset start, Func<Lane> current)
    {
        this.start = start;
        this.current = current;
    }

    /// <summary>Time since the run began.</summary>
    public TimeSpan Elapsed => new(now);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start.AddTicks(now);

    /// <inheritdoc/>
    public override long GetTimestamp() => now;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, current(), callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Jump to the next timer that still counts and post every timer due then; false when there is none before <paramref name="limit"/>.</summary>
    internal bool Advance(TimeSpan limit)
    {
        if (!DropStale() || !timers.TryPeek(out _, out var first) || first.Due > limit.Ticks)
        {
            return false;
        }

        now = Math.Max(now, first.Due);
        while (DropStale() && timers.TryPeek(out var entry, out var next) && next.Due <= now)
        {
            timers.Dequeue();
            entry.Timer.Fire();
        }

        return true;
    }

    internal void JumpTo(TimeSpan elapsed) => now = Math.Max(now, elapsed.Ticks);

    private bool DropStale()
    {
        while (timers.TryPeek(out var entry, out _) && !entry.Timer.StillSet(entry.Setting))
        {
            timers.Dequeue();
        }

        return timers.Count > 0;
    }

    private long Set(VirtualTimer timer, TimeSpan due)
    {
        settings++;
        timers.Enqueue((timer, settings), (now + Math.Max(0, due.Ticks), settings));
        return settings;
    }

    private sealed class VirtualTimer(VirtualClock clock, Lane lane, TimerCallback callback, object? state) : ITimer
    {
        private readonly SendOrPostCallback turn = new(callback);
        private TimeSpan period = Timeout.InfiniteTimeSpan;
        private long setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            this.period = period;
            setting = dueTime == Timeout.InfiniteTimeSpan ? 0 : clock.Set(this, dueTime);
            return true;
        }

        public bool StillSet(long which) => which == setting && lane.Alive;

        public void Fire()
        {
            setting = period > TimeSpan.Zero ? clock.Set(this, period) : 0;
            lane.Post(turn, state);
        }

        public void Dispose() => setting = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
