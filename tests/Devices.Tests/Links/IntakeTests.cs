using Microsoft.Extensions.Time.Testing;
using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Devices.Tests.Links;

public sealed class IntakeTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void What_came_is_taken_in_order_and_of_too_much_telemetry_the_oldest_is_dropped()
    {
        var intake = new Intake<int>(telemetry: 2, _clock);
        foreach (var (item, telemetry) in new[] { (1, true), (2, false), (3, true), (4, true), (5, false), (6, true) })
        {
            intake.Add(item, telemetry);
        }

        Assert.Equal((4, 2L), (intake.Count, intake.Shed));
        Assert.Equal([2, 4, 5, 6], TakeAll(intake));
        Assert.Equal(0, intake.Count);
    }

    [Fact]
    public void Facts_are_never_dropped()
    {
        var intake = new Intake<int>(telemetry: 1, _clock);
        for (var i = 0; i < 1_000; i++)
        {
            intake.Add(i, isTelemetry: false);
        }

        Assert.Equal(Enumerable.Range(0, 1_000), TakeAll(intake));
    }

    [Fact]
    public void The_lag_is_the_age_of_the_oldest_that_waits()
    {
        var intake = new Intake<int>(telemetry: 10, _clock);
        Assert.Equal(TimeSpan.Zero, intake.Lag);
        intake.Add(1, isTelemetry: true);
        _clock.Advance(TimeSpan.FromMilliseconds(70));
        intake.Add(2, isTelemetry: true);
        Assert.Equal(TimeSpan.FromMilliseconds(70), intake.Lag);
        intake.TryTake(out _);
        Assert.Equal(TimeSpan.Zero, intake.Lag);
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_the_next_and_by_the_end()
    {
        var intake = new Intake<int>(telemetry: 10, _clock);
        var some = intake.Some();
        Assert.False(some.IsCompleted);
        intake.Add(1, isTelemetry: false);
        Assert.True(await some);
        TakeAll(intake);
        var more = intake.Some();
        intake.Close();
        Assert.False(await more);
        Assert.False(await intake.Some());
    }

    private static List<int> TakeAll(Intake<int> intake)
    {
        var taken = new List<int>();
        while (intake.TryTake(out var item))
        {
            taken.Add(item);
        }

        return taken;
    }
}
