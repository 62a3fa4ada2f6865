namespace Warehouse.Simulation;

/// <summary>
/// The floor's clock in a demo: the real one, so many times faster. Timers come so many times sooner, and the calendar
/// starts where it is told (a restart goes on where the journal ended, so time never runs backwards).
/// </summary>
/// <param name="real">The clock that drives it.</param>
/// <param name="factor">How many seconds pass here in a real one.</param>
/// <param name="start">What time it is here at the beginning.</param>
public sealed class ScaledTimeProvider(TimeProvider real, int factor, DateTimeOffset start) : TimeProvider
{
    private readonly long began = real.GetTimestamp();

    /// <summary>How many seconds pass here in a real one.</summary>
    public int Factor => factor;

    /// <inheritdoc/>
    public override long TimestampFrequency => real.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + (real.GetElapsedTime(began) * factor);

    /// <inheritdoc/>
    public override long GetTimestamp() => (real.GetTimestamp() - began) * factor;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(real.CreateTimer(callback, state, Shorter(dueTime), Shorter(period)), this);

    /// <summary>Rounded up to a millisecond, since timers cut fractions and one that comes too soon would be set again and again.</summary>
    private TimeSpan Shorter(TimeSpan time) => time <= TimeSpan.Zero
        ? time
        : TimeSpan.FromMilliseconds((time.Ticks + (TimeSpan.TicksPerMillisecond * factor) - 1) / (TimeSpan.TicksPerMillisecond * factor));

    private sealed class ScaledTimer(ITimer timer, ScaledTimeProvider clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Shorter(dueTime), clock.Shorter(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
