using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.Tests.Scheduling;

public sealed class DeterministicSchedulerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_runs_the_turns_of_all_lanes_in_the_same_order()
    {
        Assert.Equal(OrderOfTurns(7), OrderOfTurns(7));
        Assert.NotEqual(OrderOfTurns(7), OrderOfTurns(8));
    }

    [Fact]
    public void Turns_of_one_lane_keep_their_order_whatever_the_seed()
    {
        for (var seed = 0UL; seed < 20; seed++)
        {
            var turns = OrderOfTurns(seed).Split(' ');
            Assert.Equal(["a0", "a1", "a2", "a3"], turns.Where(turn => turn[0] == 'a'));
        }
    }

    [Fact]
    public void Time_stands_still_while_anything_is_ready_and_jumps_to_the_next_timer_after_that()
    {
        var scheduler = new DeterministicScheduler(1, Start);
        var heard = new List<(string What, TimeSpan At)>();
        scheduler.Run(async () =>
        {
            var late = Sleep("late", TimeSpan.FromHours(2));
            var early = Sleep("early", TimeSpan.FromMinutes(3));
            heard.Add(("now", scheduler.Clock.Elapsed));
            await Task.WhenAll(late, early);
        });
        Assert.Equal([("now", TimeSpan.Zero), ("early", TimeSpan.FromMinutes(3)), ("late", TimeSpan.FromHours(2))], heard);

        async Task Sleep(string what, TimeSpan time)
        {
            await Task.Delay(time, scheduler.Clock);
            heard.Add((what, scheduler.Clock.Elapsed));
        }
    }

    [Fact]
    public void Timers_due_at_the_same_time_fire_in_the_order_in_which_they_were_set()
    {
        var scheduler = new DeterministicScheduler(1, Start);
        var fired = new List<int>();
        scheduler.Outside.Post(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                scheduler.Clock.CreateTimer(number => fired.Add((int)number!), i, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            }
        });
        scheduler.RunTo(TimeSpan.FromSeconds(2));
        Assert.Equal([0, 1, 2, 3, 4], fired);
    }

    [Fact]
    public void A_timer_that_was_changed_or_disposed_does_not_fire_at_its_old_time()
    {
        var scheduler = new DeterministicScheduler(1, Start);
        var fired = new List<TimeSpan>();
        var moved = scheduler.Clock.CreateTimer(_ => fired.Add(scheduler.Clock.Elapsed), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        var dropped = scheduler.Clock.CreateTimer(_ => fired.Add(TimeSpan.MaxValue), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        moved.Change(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2));
        dropped.Dispose();
        scheduler.RunTo(TimeSpan.FromSeconds(8));
        Assert.Equal([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7)], fired);
    }

    [Fact]
    public void A_continuation_queued_from_another_thread_fails_the_run()
    {
        var scheduler = new DeterministicScheduler(1, Start);
        var elsewhere = new Thread(() => Assert.Throws<InvalidOperationException>(() => scheduler.Outside.Post(() => { })));
        elsewhere.Start();
        elsewhere.Join();
        var failure = Assert.Throws<InvalidOperationException>(() => scheduler.Run(() => Task.CompletedTask));
        Assert.Contains("from another thread", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_can_never_end_stops_and_says_who_waits()
    {
        var scheduler = new DeterministicScheduler(1, Start);
        scheduler.Watch("the parcel of order 7", new TaskCompletionSource().Task);
        var stalled = Assert.Throws<StalledException>(() => scheduler.Run(() => new TaskCompletionSource().Task));
        Assert.Contains("the parcel of order 7", stalled.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_killed_process_runs_no_further_turn_no_timer_and_no_finally()
    {
        var scheduler = new DeterministicScheduler(1, Start);
        var process = scheduler.NewProcess("silo");
        var ran = new List<string>();
        _ = process.Lane("worker").Start(async () =>
        {
            try
            {
                ran.Add("begun");
                await Task.Delay(TimeSpan.FromSeconds(10), scheduler.Clock);
                ran.Add("went on");
            }
            finally
            {
                ran.Add("finally");
            }
        });
        scheduler.RunTo(TimeSpan.FromSeconds(5));
        process.Kill();
        scheduler.RunTo(TimeSpan.FromSeconds(60));
        Assert.Equal(["begun"], ran);
    }

    [Fact]
    public void A_lane_that_posts_to_itself_in_its_last_turn_runs_that_too()
    {
        var scheduler = new DeterministicScheduler(1, Start);
        var ran = 0;
        scheduler.Outside.Post(() => scheduler.Outside.Post(() => scheduler.Outside.Post(() => ran++)));
        scheduler.RunTo(TimeSpan.FromSeconds(1));
        Assert.Equal(1, ran);
    }

    [Fact]
    public void Draws_for_one_purpose_do_not_depend_on_draws_for_another()
    {
        var plain = new Chance(42).For("faults");
        var busy = new Chance(42);
        busy.Next();
        busy.For("picker").Next();
        Assert.Equal(plain.Next(), busy.For("faults").Next());
    }

    [Fact]
    public void Draws_are_those_of_SplitMix64() => Assert.Equal(0xE220A8397B1DCDAFUL, new Chance(0).Next());

    private static string OrderOfTurns(ulong seed)
    {
        var scheduler = new DeterministicScheduler(seed, Start);
        var turns = new List<string>();
        foreach (var name in "abc")
        {
            var lane = scheduler.NewLane(name.ToString());
            for (var i = 0; i < 4; i++)
            {
                var turn = $"{name}{i}";
                lane.Post(() => turns.Add(turn));
            }
        }

        scheduler.RunTo(TimeSpan.FromSeconds(1));
        return string.Join(' ', turns);
    }
}
