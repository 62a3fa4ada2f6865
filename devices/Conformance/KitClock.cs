namespace Warehouse.Devices.Conformance;

/// <summary>The kit's time: it passes only when the kit lets it, from one timer to the next.</summary>
internal sealed class KitClock : TimeProvider
{
    private readonly SortedDictionary<(long Due, long Number), KitTimer> _timers = [];
    private long _now = new DateTime(2026, 3, 2, 6, 0, 0, DateTimeKind.Utc).Ticks;
    private long _made;

    /// <summary>How many timers are set.</summary>
    public int Timers => _timers.Count;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new KitTimer(this, callback, state, ++_made);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes to the next timer not after <paramref name="end"/> and rings it; false when there is none, and it is then the end.</summary>
    public bool RingNext(long end)
    {
        if (_timers.Count == 0 || _timers.Keys.First().Due > end)
        {
            _now = end;
            return false;
        }

        var (key, timer) = _timers.First();
        _timers.Remove(key);
        _now = Math.Max(_now, key.Due);
        timer.Ring();
        return true;
    }

    private sealed class KitTimer(KitClock clock, TimerCallback callback, object? state, long number) : ITimer
    {
        private (long Due, long Number)? _key;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _key = (clock._now + Math.Max(0, dueTime.Ticks), number);
                clock._timers[_key.Value] = this;
            }

            return true;
        }

        public void Ring()
        {
            _key = null;
            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            callback(state);
        }

        public void Dispose()
        {
            if (_key is { } key)
            {
                clock._timers.Remove(key);
                _key = null;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
