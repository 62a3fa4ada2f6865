using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.Tests.Scheduling;

public sealed class ScaledTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_hour_of_the_floor_passes_in_a_minute_at_sixty_times_speed()
    {
        var real = new DeterministicScheduler(1, DateTimeOffset.UnixEpoch);
        var floor = new ScaledTimeProvider(real.Clock, 60, Start);
        var fired = new List<(DateTimeOffset Floor, TimeSpan Real)>();
        using var timer = floor.CreateTimer(
            _ => fired.Add((floor.GetUtcNow(), real.Clock.Elapsed)), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        real.RunTo(TimeSpan.FromMinutes(2));
        Assert.Equal([(Start.AddHours(1), TimeSpan.FromMinutes(1))], fired);
        Assert.Equal(Start.AddHours(2), floor.GetUtcNow());
    }

    [Fact]
    public void A_timer_never_comes_too_soon()
    {
        var real = new DeterministicScheduler(1, DateTimeOffset.UnixEpoch);
        var floor = new ScaledTimeProvider(real.Clock, 60, Start);
        var fired = new List<DateTimeOffset>();
        using var timer = floor.CreateTimer(_ => fired.Add(floor.GetUtcNow()), null, TimeSpan.FromMilliseconds(1001), Timeout.InfiniteTimeSpan);
        real.RunTo(TimeSpan.FromSeconds(1));
        Assert.True(Assert.Single(fired) >= Start.AddMilliseconds(1001));
    }
}
