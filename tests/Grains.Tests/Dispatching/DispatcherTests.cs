using Microsoft.Extensions.Time.Testing;
using Warehouse.Domain.Deciding;
using Warehouse.Grains.Tests.Toy;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Dispatching;

public sealed class DispatcherTests : IAsyncLifetime
{
    private static readonly StreamId Kitchen = Jar.Stream();
    private static readonly StreamId Cellar = Jar.Stream("cellar");
    private static readonly StreamId Attic = Jar.Stream("attic");

    private readonly MemoryJournalStore store = new();
    private readonly ScriptedRouter router = new();
    private readonly JournalCodec codec = new(Jar.Nouns().Names);
    private readonly FakeTimeProvider warehouse = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
    private readonly FakeTimeProvider real = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SignalledFailures failures = new();
    private Dispatcher? dispatcher;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => dispatcher?.Stop().Bound("the stop") ?? Task.CompletedTask;

    [Fact]
    public async Task An_effect_goes_to_its_target_and_its_answer_home_under_the_same_id()
    {
        Start();
        var effect = await Land(Kitchen, 1, (Cellar, new JarCommand.Fill(3), null));

        var there = await Next();
        there.Say(Answer.No(JarRefusal.Empty, "none"));
        var back = await Next();

        Assert.Equal((Cellar, Envelope.Of(effect[0].Id, new JarCommand.Fill(3))), (there.Target, there.Envelope));
        Assert.Equal(Kitchen, back.Target);
        Assert.Equal(
            Envelope.Of(effect[0].Id, new Answered(Cellar, new JarCommand.Fill(3), Answer.No(JarRefusal.Empty, "none"))),
            back.Envelope);
        back.Say(Answer.Yes);
    }

    [Fact]
    public async Task A_pair_gets_one_effect_at_a_time_in_order_while_other_pairs_go_on()
    {
        Start();
        await Land(Kitchen, 1, (Cellar, new JarCommand.Fill(1), null), (Cellar, new JarCommand.Fill(2), null), (Attic, new JarCommand.Fill(3), null));

        var calls = new[] { await Next(), await Next() };
        Assert.Equal([Attic, Cellar], calls.Select(call => call.Target).Order());
        var first = calls.Single(call => call.Target == Cellar);
        Assert.Equal(new JarCommand.Fill(1), first.Envelope.Body);

        first.Say(Answer.Yes);
        var home = await Next();
        Assert.Equal(Kitchen, home.Target);
        Assert.Equal(0, router.Untaken);
        home.Say(Answer.Yes);
        Assert.Equal(new JarCommand.Fill(2), (await Next()).Envelope.Body);
    }

    [Fact]
    public async Task What_failed_is_sent_again_after_a_growing_wait()
    {
        Start();
        await Land(Kitchen, 1, (Cellar, new JarCommand.Fill(1), null));
        (await Next()).Fail();
        await failures.Next();
        real.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(0, router.Untaken);

        real.Advance(TimeSpan.FromMilliseconds(1));
        (await Next()).Fail();
        await failures.Next();
        real.Advance(TimeSpan.FromMilliseconds(199));
        Assert.Equal(0, router.Untaken);

        real.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new JarCommand.Fill(1), (await Next()).Envelope.Body);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_made_again()
    {
        Start();
        await Land(Kitchen, 1, (Cellar, new JarCommand.Fill(1), null));
        var silent = await Next();

        real.Advance(TimeSpan.FromSeconds(30));
        await failures.Next();
        real.Advance(TimeSpan.FromMilliseconds(100));
        var again = await Next();

        Assert.Equal(silent.Envelope, again.Envelope);
    }

    [Fact]
    public async Task When_only_the_way_home_failed_the_target_is_not_called_again()
    {
        Start();
        await Land(Kitchen, 1, (Cellar, new JarCommand.Fill(1), null));
        (await Next()).Say(Answer.Yes);
        (await Next()).Fail();
        await failures.Next();
        real.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(Kitchen, (await Next()).Target);
    }

    [Fact]
    public async Task A_wake_comes_when_it_is_due_on_the_warehouse_clock_and_not_before()
    {
        Start();
        await Land(Kitchen, 1, (Kitchen, new JarCommand.Wake(), warehouse.GetUtcNow().AddMinutes(10)));
        await Land(Attic, 1, (Cellar, new JarCommand.Fill(1), null));
        await Next(); // the loop has seen both
        warehouse.Advance(TimeSpan.FromMilliseconds(599_999));
        Assert.Equal(0, router.Untaken);

        warehouse.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal((Kitchen, new JarCommand.Wake()), await TargetAndBody());
    }

    [Fact]
    public async Task An_earlier_wake_does_not_wait_behind_a_later_one()
    {
        Start();
        await Land(Kitchen, 1, (Kitchen, new JarCommand.Take("late"), warehouse.GetUtcNow().AddHours(4)));
        await Land(Kitchen, 2, (Kitchen, new JarCommand.Take("soon"), warehouse.GetUtcNow().AddMinutes(1)));
        await Land(Attic, 1, (Cellar, new JarCommand.Fill(1), null));
        await Next();

        warehouse.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((Kitchen, new JarCommand.Take("soon")), await TargetAndBody());
    }

    [Fact]
    public async Task What_was_open_at_the_start_is_sent_and_what_was_due_meanwhile_at_once()
    {
        await Land(Kitchen, 1, (Kitchen, new JarCommand.Wake(), warehouse.GetUtcNow().AddMinutes(-5)));
        await Land(Attic, 1, (Cellar, new JarCommand.Fill(1), null));

        Start();

        var calls = new[] { await TargetAndBody(), await TargetAndBody() };
        Assert.Contains((Kitchen, new JarCommand.Wake()), calls);
        Assert.Contains((Cellar, new JarCommand.Fill(1)), calls);
    }

    [Fact]
    public async Task What_another_silo_has_committed_is_found_at_the_next_look()
    {
        Start();
        await Land(Attic, 1, (Cellar, new JarCommand.Fill(1), null));
        await Next(); // it works
        await store.Append([Written(Kitchen, 1, (Cellar, new JarCommand.Fill(2), null)).Append]);

        real.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((Cellar, new JarCommand.Fill(2)), await TargetAndBody());
    }

    [Fact]
    public async Task Effects_of_an_append_that_was_not_heard_of_come_before_those_of_the_next()
    {
        Start();
        await Land(Attic, 1, (Cellar, new JarCommand.Fill(1), null));
        await Next();
        await store.Append([Written(Kitchen, 1, (Cellar, new JarCommand.Fill(2), null)).Append]);

        await Land(Kitchen, 2, (Cellar, new JarCommand.Fill(3), null));

        Assert.Equal((Cellar, new JarCommand.Fill(2)), await TargetAndBody());
        Assert.Equal(0, router.Untaken);
    }

    [Fact]
    public async Task A_partition_that_another_host_holds_is_left_alone_until_its_lease_has_run_out()
    {
        var partition = Partition.Of(Kitchen);
        var now = Moment.Of(real.GetUtcNow());
        await store.TakeLease(partition, "other", now, now.Plus(9_000));
        var elsewhere = Enumerable.Range(0, 100).Select(i => Jar.Stream($"n{i}")).First(other => Partition.Of(other) != partition);
        Start();
        await Land(Kitchen, 1, (Cellar, new JarCommand.Fill(1), null));
        await Land(elsewhere, 1, (Attic, new JarCommand.Fill(2), null));
        Assert.Equal((Attic, new JarCommand.Fill(2)), await TargetAndBody());
        Assert.Equal(0, router.Untaken);

        real.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((Cellar, new JarCommand.Fill(1)), await TargetAndBody());
    }

    [Fact]
    public async Task What_another_host_has_taken_over_is_sent_no_more()
    {
        Start();
        await Land(Kitchen, 1, (Cellar, new JarCommand.Fill(1), null), (Cellar, new JarCommand.Fill(2), null));
        var first = await Next();
        var later = Moment.Of(real.GetUtcNow()).Plus(60_000);
        for (var partition = 0; partition < Partition.Count; partition++)
        {
            Assert.NotNull(await store.TakeLease(partition, "other", later, later.Plus(600_000)));
        }

        real.Advance(TimeSpan.FromSeconds(5)); // it learns at its renewal
        first.Say(Answer.Yes);
        (await Next()).Say(Answer.Yes);
        await dispatcher!.Stop().Bound("the stop");

        Assert.Equal(0, router.Untaken);
    }

    [Fact]
    public async Task An_effect_older_than_targets_remember_is_answered_as_expired_and_not_sent_again()
    {
        Start();
        await Land(Kitchen, 1, (Cellar, new JarCommand.Fill(1), null));
        (await Next()).Fail();
        await failures.Next();
        warehouse.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1));
        real.Advance(TimeSpan.FromMilliseconds(100));

        var home = await Next();

        Assert.Equal(Kitchen, home.Target);
        Assert.True(((Answered)home.Envelope.Body).Answer.Is(RepeatRefusal.Expired));
    }

    [Fact]
    public async Task No_more_are_under_way_than_the_bound()
    {
        Start(new DispatcherOptions { Host = "one", MaxInFlight = 2 });
        await Land(Kitchen, 1,
            (Cellar, new JarCommand.Fill(1), null), (Attic, new JarCommand.Fill(2), null), (Jar.Stream("shed"), new JarCommand.Fill(3), null));
        var first = await Next();
        await Next();
        Assert.Equal(0, router.Untaken);

        first.Say(Answer.Yes);
        (await Next()).Say(Answer.Yes);

        Assert.Equal(Jar.Stream("shed"), (await Next()).Target);
    }

    private void Start(DispatcherOptions? options = null)
    {
        dispatcher = new Dispatcher(
            store, router, codec, warehouse, real,
            (options ?? new DispatcherOptions { Host = "one" }) with { DeliveryFailed = (_, _) => failures.Note() });
        dispatcher.Start();
    }

    private async Task<RoutedCall> Next() => await router.Next().Bound("the next call");

    private async Task<(StreamId, Command)> TargetAndBody() => await Next() is var call ? (call.Target, call.Envelope.Body) : default;

    private async Task<EffectRow[]> Land(StreamId from, long version, params (StreamId To, Command Body, DateTimeOffset? Due)[] effects)
    {
        var (append, rows) = Written(from, version, effects);
        await store.Append([append]);
        dispatcher?.Hear([append]);
        return rows;
    }

    private (Append Append, EffectRow[] Rows) Written(
        StreamId from, long version, params (StreamId To, Command Body, DateTimeOffset? Due)[] effects)
    {
        var rows = effects.Select((effect, i) => new EffectRow(
            new EffectId(from, version, i), Partition.Of(from), effect.To, codec.EncodeCommand(effect.Body),
            effect.Due is { } due ? Moment.Of(due) : null)).ToArray();
        return (new Append(from, version, "{}"u8.ToArray(), [.. rows], []), rows);
    }

    private sealed class SignalledFailures
    {
        private readonly System.Threading.Channels.Channel<bool> noted = System.Threading.Channels.Channel.CreateUnbounded<bool>();

        public void Note() => noted.Writer.TryWrite(true);

        public async Task Next() => await noted.Reader.ReadAsync().AsTask().Bound("a failed delivery");
    }
}
