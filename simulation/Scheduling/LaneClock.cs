namespace Warehouse.Simulation.Scheduling;

/// <summary>The run's clock for something that is called from many lanes: its timers always fire on its own one.</summary>
/// <param name="clock">The run's clock.</param>
/// <param name="lane">Where its timers fire.</param>
public sealed class LaneClock(TimeProvider clock, Lane lane) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var caller = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(lane);
        try
        {
            return clock.CreateTimer(callback, state, dueTime, period);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(caller);
        }
    }
}
