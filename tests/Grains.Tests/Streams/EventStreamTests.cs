using Warehouse.Domain.Deciding;
using Warehouse.Grains.Tests.Toy;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Streams;

public sealed class EventStreamTests
{
    private static Envelope Fill(string id, int sweets) => Envelope.From(id, new JarCommand.Fill(sweets));

    private static Envelope Take(string id, string who = "ann") => Envelope.From(id, new JarCommand.Take(who));

    [Fact]
    public async Task A_command_is_answered_and_stands_in_the_journal()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Fill("f", 3));

        var answer = await jar.Execute(Take("t"));

        Assert.Equal(Answer.With(new SweetsLeft(2)), answer);
        Assert.Equal(2, jar.Version);
        Assert.Equal(2, ((JarState)jar.Durable).Sweets);
        Assert.Equal([new JarEvent.Taken("ann")], house.Appends()[1].Events.AsEnumerable());
    }

    [Fact]
    public async Task An_answer_leaves_only_after_its_commit()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        house.Store.Stall();

        var answer = jar.Execute(Fill("f", 3));

        Assert.False(answer.IsCompleted);
        Assert.Equal(0, ((JarState)jar.Durable).Sweets);
        house.Store.Resume();
        Assert.True((await answer.Bound("the answer")).Accepted);
        Assert.Equal(3, ((JarState)jar.Durable).Sweets);
    }

    [Fact]
    public async Task A_refusal_decided_on_a_pending_state_leaves_after_that_state_is_durable()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Fill("f", 1));
        house.Store.Stall();
        var taken = jar.Execute(Take("t1"));

        var refused = jar.Execute(Take("t2"));
        var invalid = jar.Execute(Fill("bad", -1));

        Assert.False(refused.IsCompleted);
        Assert.False(invalid.IsCompleted);
        house.Store.Resume();
        Assert.True((await taken.Bound("the winner")).Accepted);
        Assert.True((await refused.Bound("the refusal")).Is(JarRefusal.Empty));
        Assert.True((await invalid.Bound("the validation error")).Is(JarRefusal.NotAQuantity));
    }

    [Fact]
    public async Task What_arrives_during_a_commit_becomes_one_append()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        house.Store.Stall();
        var first = jar.Execute(Fill("f", 100));
        await house.Store.Held.Bound("the first write");

        var rest = Enumerable.Range(0, 50).Select(i => jar.Execute(Take($"t{i}"))).ToArray();
        house.Store.Resume();
        await Task.WhenAll(rest.Append(first)).Bound("all answers");

        Assert.Equal(2, jar.Version);
        Assert.Equal(50, house.Appends()[1].Commands.Length);
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_changes_nothing()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Fill("f", 3));
        var first = await jar.Execute(Take("t"));

        var again = await jar.Execute(Take("t"));

        Assert.Equal(first, again);
        Assert.Equal(2, house.Store.Rows.Count);
    }

    [Fact]
    public async Task A_recorded_refusal_stays_a_refusal_for_the_same_id()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Take("t"));
        await jar.Execute(Fill("f", 3));

        Assert.True((await jar.Execute(Take("t"))).Is(JarRefusal.Empty));
    }

    [Fact]
    public async Task A_validation_error_is_not_recorded_so_the_mended_body_goes_under_the_same_id()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();

        Assert.True((await jar.Execute(Fill("f", 0))).Is(JarRefusal.NotAQuantity));
        Assert.Empty(house.Store.Rows);
        Assert.True((await jar.Execute(Fill("f", 3))).Accepted);
    }

    [Fact]
    public async Task The_same_id_with_another_body_is_refused()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Fill("f", 3));

        var answer = await jar.Execute(Fill("f", 4));

        Assert.True(answer.Is(RepeatRefusal.AnotherCommand));
        Assert.Single(house.Store.Rows);
    }

    [Fact]
    public async Task A_repeat_that_differs_in_time_alone_is_a_repeat()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Fill("f", 3));
        var first = await jar.Execute(Envelope.From("t", new JarCommand.Take("ann", new Moment(1))));

        Assert.Equal(first, await jar.Execute(Envelope.From("t", new JarCommand.Take("ann", new Moment(2)))));
    }

    [Fact]
    public async Task A_repeat_of_one_in_flight_waits_for_its_answer_and_another_body_is_refused_at_once()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        house.Store.Stall();
        var first = jar.Execute(Fill("f", 3));

        var again = jar.Execute(Fill("f", 3));
        var other = jar.Execute(Fill("f", 4));

        Assert.False(again.IsCompleted);
        Assert.True((await other.Bound("the refusal")).Is(RepeatRefusal.AnotherCommand));
        house.Store.Resume();
        Assert.Equal(await first.Bound("the first"), await again.Bound("the repeat"));
        Assert.Single(house.Store.Rows);
    }

    [Fact]
    public async Task A_repeat_after_reactivation_gets_the_first_answer()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Fill("f", 3));
        var first = await jar.Execute(Take("t"));

        var next = await house.Activate();

        Assert.Equal(first, await next.Execute(Take("t")));
        Assert.Equal(2, house.Store.Rows.Count);
    }

    [Fact]
    public async Task Ids_are_forgotten_after_the_retention_period_and_beyond_the_bound()
    {
        await using var house = new JarHouse(options: new StreamOptions { Retention = TimeSpan.FromHours(1), MaxRemembered = 3 });
        var jar = await house.Activate();
        await jar.Execute(Fill("old", 1));
        house.Clock.Advance(TimeSpan.FromMinutes(61));
        foreach (var id in (string[])["a", "b", "c", "d"])
        {
            await jar.Execute(Fill(id, 1));
        }

        await jar.Execute(Fill("b", 1));
        Assert.Equal(5, ((JarState)jar.Durable).Sweets);
        await jar.Execute(Fill("a", 1));
        await jar.Execute(Fill("old", 1));
        Assert.Equal(7, ((JarState)jar.Durable).Sweets);
    }

    [Theory]
    [InlineData(StoreFault.ThrowBefore)]
    [InlineData(StoreFault.ThrowAfter)]
    public async Task A_commit_of_unknown_outcome_is_looked_up_and_nothing_happens_twice(StoreFault fault)
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Fill("f", 5));
        var left = 1;
        house.Store.Fault = _ => left-- > 0 ? fault : StoreFault.None;

        var answer = await jar.Execute(Take("t")).Bound("the answer");

        Assert.Equal(Answer.With(new SweetsLeft(4)), answer);
        Assert.Equal(2, house.Store.Rows.Count);
        Assert.Equal(4, ((JarState)jar.Durable).Sweets);
    }

    [Fact]
    public async Task A_write_that_lands_late_is_found_and_what_waited_behind_it_is_decided_again()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Fill("f", 1));
        var left = 2; // the batch, and the row tried alone
        house.Store.Fault = _ =>
        {
            if (left == 0)
            {
                house.Store.LandLate();
            }

            return left-- > 0 ? StoreFault.LandLate : StoreFault.None;
        };

        var first = jar.Execute(Take("t1", "ann"));
        var second = jar.Execute(Take("t2", "bob"));

        Assert.True((await first.Bound("the one that landed late")).Accepted);
        Assert.True((await second.Bound("the one behind it")).Is(JarRefusal.Empty));
        Assert.Equal(0, ((JarState)jar.Durable).Sweets);
        Assert.Equal(house.Store.Rows.Select(row => row.Version), Enumerable.Range(1, house.Store.Rows.Count).Select(i => (long)i));
    }

    [Fact]
    public async Task Two_activations_cannot_both_take_the_last_sweet()
    {
        await using var house = new JarHouse();
        var one = await house.Activate();
        await one.Execute(Fill("f", 1));
        var two = await house.Activate();

        var answers = await Task.WhenAll(one.Execute(Take("t1", "ann")), two.Execute(Take("t2", "bob"))).Bound("both answers");

        Assert.Single(answers, answer => answer.Accepted);
        Assert.Single(answers, answer => answer.Is(JarRefusal.Empty));
        Assert.Equal([1L, 2L, 3L], house.Store.Rows.Select(row => row.Version));
    }

    [Fact]
    public async Task The_same_command_to_two_activations_happens_once_and_both_callers_hear_the_same()
    {
        await using var house = new JarHouse();
        var one = await house.Activate();
        await one.Execute(Fill("f", 9));
        var two = await house.Activate();

        var answers = await Task.WhenAll(one.Execute(Take("t")), two.Execute(Take("t"))).Bound("both answers");

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(2, house.Store.Rows.Count);
        Assert.Equal(8, ((JarState)two.Durable).Sweets);
    }

    [Fact]
    public async Task A_stale_activation_decides_all_its_waiting_commands_again_in_order_of_arrival()
    {
        await using var house = new JarHouse();
        var stale = await house.Activate();
        var other = await house.Activate();
        await other.Execute(Fill("f", 2));

        var answers = await Task.WhenAll(
            Enumerable.Range(1, 3).Select(i => stale.Execute(Take($"t{i}", $"{i}")))).Bound("all answers");

        Assert.Equal([true, true, false], answers.Select(answer => answer.Accepted));
    }

    [Fact]
    public async Task A_broken_invariant_stops_the_stream_and_writes_nothing()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();

        var fault = await Assert.ThrowsAsync<StreamFaultedException>(
            () => jar.Execute(Envelope.From("s", new JarCommand.Shatter())).Bound("the fault"));

        Assert.IsType<BrokenInvariantException>(fault.InnerException);
        Assert.Throws<StreamFaultedException>(() => { _ = jar.Execute(Fill("f", 1)); });
        Assert.Empty(house.Store.Rows);
        Assert.True((await (await house.Activate()).Execute(Fill("f", 1))).Accepted);
    }

    [Fact]
    public async Task A_command_that_the_noun_does_not_know_harms_nobody_else()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();

        await Assert.ThrowsAsync<UnreachableCommandException>(
            () => jar.Execute(Envelope.From("x", new Domain.Shipping.ParcelCommand.HandOver())));

        Assert.True((await jar.Execute(Fill("f", 1))).Accepted);
    }

    [Fact]
    public async Task A_store_that_stays_down_stops_the_stream_and_every_caller_hears_it()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        house.Store.Full = true;

        var calls = Enumerable.Range(0, 3).Select(i => jar.Execute(Fill($"f{i}", 1))).ToArray();

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<StreamFaultedException>(() => call.Bound("the fault"));
        }

        Assert.Empty(house.Store.Rows);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_back_stops_the_stream()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        house.Store.Full = house.Store.Unreadable = true;

        await Assert.ThrowsAsync<StreamFaultedException>(() => jar.Execute(Fill("f", 1)).Bound("the fault"));
    }

    [Fact]
    public async Task More_than_the_bound_of_waiting_commands_are_turned_away()
    {
        await using var house = new JarHouse(options: new StreamOptions { MaxWaiting = 2 });
        var jar = await house.Activate();
        house.Store.Stall();
        var taken = new[] { jar.Execute(Fill("a", 1)), jar.Execute(Fill("b", 1)) };

        Assert.Throws<StreamBusyException>(() => { _ = jar.Execute(Fill("c", 1)); });

        house.Store.Resume();
        await Task.WhenAll(taken).Bound("those that were taken");
    }

    [Fact]
    public async Task A_deactivated_stream_lands_what_it_has_and_takes_nothing_more()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        house.Store.Stall();
        var filling = jar.Execute(Fill("f", 1));
        var deactivating = jar.Deactivate();
        house.Store.Resume();

        await deactivating.Bound("the deactivation");

        Assert.True((await filling).Accepted);
        Assert.Throws<StreamClosedException>(() => { _ = jar.Execute(Fill("g", 1)); });
        Assert.Equal([Jar.Stream()], house.Snapshots.Streams);
    }
}
