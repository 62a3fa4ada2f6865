using System.Text;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Stores;

/// <summary>What every journal store owes its callers. Each store runs all of it.</summary>
public abstract class JournalStoreContract
{
    private static readonly StreamId Here = StreamId.Of("jar", "here");
    private static readonly StreamId There = StreamId.Of("jar", "there");

    protected abstract IJournalStore Store { get; }

    [Fact]
    public async Task Rows_come_back_in_order_with_their_bytes()
    {
        await Store.Append([Row(Here, 1, "a"), Row(Here, 2, "b"), Row(There, 1, "c")]);

        var rows = await Store.ReadStream(Here, 0, 10);

        Assert.Equal([(1L, "a"), (2L, "b")], rows.Select(row => (row.Version, Text(row.Body))));
        Assert.All(rows, row => Assert.Equal(Here, row.Stream));
    }

    [Fact]
    public async Task Reading_starts_behind_a_version_and_stops_at_the_bound()
    {
        await Store.Append([Row(Here, 1, "a"), Row(Here, 2, "b"), Row(Here, 3, "c"), Row(Here, 4, "d")]);

        Assert.Equal([2L, 3L], (await Store.ReadStream(Here, 1, 2)).Select(row => row.Version));
        Assert.Empty(await Store.ReadStream(Here, 4, 10));
        Assert.Empty(await Store.ReadStream(There, 0, 10));
    }

    [Fact]
    public async Task A_taken_version_is_a_conflict_of_that_row_alone()
    {
        await Store.Append([Row(Here, 1, "first")]);

        var outcomes = await Store.Append([Row(Here, 1, "second"), Row(There, 1, "other")]);

        Assert.Equal([AppendOutcome.Conflict, AppendOutcome.Landed], outcomes);
        Assert.Equal("first", Text((await Store.ReadStream(Here, 0, 10)).Single().Body));
        Assert.Single(await Store.ReadStream(There, 0, 10));
    }

    [Fact]
    public async Task A_version_with_none_before_it_is_a_conflict()
    {
        await Store.Append([Row(Here, 1, "a")]);

        var outcomes = await Store.Append([Row(Here, 3, "c"), Row(There, 2, "b"), Row(Here, 2, "b"), Row(Here, 3, "c")]);

        Assert.Equal(
            [AppendOutcome.Conflict, AppendOutcome.Conflict, AppendOutcome.Landed, AppendOutcome.Landed], outcomes);
        Assert.Empty(await Store.ReadStream(There, 0, 10));
    }

    [Fact]
    public async Task Any_part_of_a_long_stream_is_read_among_others()
    {
        for (var version = 1; version <= 300; version++)
        {
            await Store.Append([Row(Here, version, $"{version}"), Row(There, version, "other")]);
        }

        foreach (var (after, max) in ((int, int)[])[(0, 300), (0, 1000), (63, 1), (64, 64), (100, 7), (127, 2), (255, 100), (299, 5)])
        {
            var versions = (await Store.ReadStream(Here, after, max)).Select(row => Text(row.Body));
            Assert.Equal(Enumerable.Range(after + 1, Math.Min(max, 300 - after)).Select(version => $"{version}"), versions);
        }
    }

    [Fact]
    public async Task Of_two_rows_of_one_version_in_a_batch_the_first_lands()
    {
        var outcomes = await Store.Append([Row(Here, 1, "first"), Row(Here, 1, "second")]);

        Assert.Equal([AppendOutcome.Landed, AppendOutcome.Conflict], outcomes);
        Assert.Equal("first", Text((await Store.ReadStream(Here, 0, 10)).Single().Body));
    }

    [Fact]
    public async Task A_large_batch_with_one_conflict_lands_all_but_one()
    {
        await Store.Append([Row(Here, 1, "there before")]);
        var batch = Enumerable.Range(1, 200).Select(i => Row(StreamId.Of("jar", $"s{i}"), 1, $"{i}")).ToList();
        batch[150] = Row(Here, 1, "too late");

        var outcomes = await Store.Append(batch);

        Assert.Equal([150], outcomes.Select((o, i) => (o, i)).Where(x => x.o == AppendOutcome.Conflict).Select(x => x.i));
        Assert.Equal(200, (await Store.ReadFeed(0, 1000)).Count);
    }

    [Fact]
    public async Task The_feed_gives_every_row_once_in_rising_positions()
    {
        await Store.Append([Row(Here, 1, "a"), Row(There, 1, "b")]);
        await Store.Append([Row(There, 2, "c"), Row(Here, 2, "d")]);

        var first = await Store.ReadFeed(0, 3);
        var rest = await Store.ReadFeed(first[^1].Position, 3);

        Assert.Equal(["a", "b", "c", "d"], first.Concat(rest).Select(row => Text(row.Body)));
        Assert.Equal(4, first.Concat(rest).Select(row => row.Position).Distinct().Count());
        Assert.True(first.Concat(rest).Zip(first.Concat(rest).Skip(1)).All(pair => pair.First.Position < pair.Second.Position));
    }

    [Fact]
    public async Task Effects_land_with_their_append_and_come_back_in_order()
    {
        var due = new Moment(1_767_600_000_123);
        var effects = Enumerable.Range(0, 100).Select(i => EffectOf(Here, 1, i, i % 2 == 0 ? null : due)).ToArray();

        await Store.Append([Row(Here, 1, "a") with { Effects = [.. effects.Reverse()] }]);

        var partition = Partition.Of(Here);
        var first = await Store.ReadEffects(partition, null, 60);
        var rest = await Store.ReadEffects(partition, first[^1].Id, 60);
        var read = first.Concat(rest).ToArray();
        Assert.Equal(effects.Select(effect => effect.Id), read.Select(effect => effect.Id));
        Assert.Equal(effects.Select(effect => effect.Due), read.Select(effect => effect.Due));
        Assert.Equal(effects.Select(effect => Text(effect.Body)), read.Select(effect => Text(effect.Body)));
        Assert.Equal(effects.Select(effect => effect.Target), read.Select(effect => effect.Target));
    }

    [Fact]
    public async Task Effects_of_a_conflicting_append_do_not_land_and_nothing_is_settled()
    {
        await Store.Append([Row(Here, 1, "a") with { Effects = [EffectOf(Here, 1, 0)] }]);

        await Store.Append([Row(Here, 1, "b") with
        {
            Effects = [EffectOf(Here, 1, 5)], Settled = [new EffectId(Here, 1, 0)],
        }]);

        var left = await Store.ReadEffects(Partition.Of(Here), null, 10);
        Assert.Equal(new EffectId(Here, 1, 0), left.Single().Id);
    }

    [Fact]
    public async Task A_settled_effect_is_gone_and_its_neighbours_are_not()
    {
        await Store.Append([Row(Here, 1, "a") with { Effects = [EffectOf(Here, 1, 0), EffectOf(Here, 1, 1)] }]);

        await Store.Append([Row(Here, 2, "b") with { Settled = [new EffectId(Here, 1, 0)] }]);

        Assert.Equal(1, (await Store.ReadEffects(Partition.Of(Here), null, 10)).Single().Id.Index);
    }

    [Fact]
    public async Task A_lease_is_kept_by_its_host_and_refused_to_others_until_it_runs_out()
    {
        var first = await Store.TakeLease(3, "one", new Moment(1000), new Moment(2000));
        var refused = await Store.TakeLease(3, "two", new Moment(1999), new Moment(3000));
        var renewed = await Store.TakeLease(3, "one", new Moment(1500), new Moment(2500));
        var taken = await Store.TakeLease(3, "two", new Moment(2500), new Moment(3500));

        Assert.Equal(new PartitionLease(3, "one", 1, new Moment(2000)), first);
        Assert.Null(refused);
        Assert.Equal(new PartitionLease(3, "one", 1, new Moment(2500)), renewed);
        Assert.Equal(new PartitionLease(3, "two", 2, new Moment(3500)), taken);
    }

    [Fact]
    public async Task Leases_of_partitions_are_apart()
    {
        await Store.TakeLease(3, "one", new Moment(1000), new Moment(2000));

        Assert.NotNull(await Store.TakeLease(4, "two", new Moment(1000), new Moment(2000)));
    }

    [Fact]
    public async Task Batches_from_many_callers_leave_no_gap_and_no_double()
    {
        var calls = Enumerable.Range(0, 8).Select(async caller =>
        {
            for (var version = 1; version <= 50; version++)
            {
                await Store.Append([Row(StreamId.Of("jar", $"c{caller}"), version, "x"), Row(Here, version, $"{caller}")]);
            }
        });

        await Task.WhenAll(calls);

        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), (await Store.ReadStream(Here, 0, 100)).Select(row => row.Version));
        Assert.Equal(450, (await Store.ReadFeed(0, 1000)).Count);
    }

    protected static Append Row(StreamId stream, long version, string body) =>
        new(stream, version, Encoding.UTF8.GetBytes(body), [], []);

    private static EffectRow EffectOf(StreamId from, long version, int index, Moment? due = null) => new(
        new EffectId(from, version, index), Partition.Of(from), There, Encoding.UTF8.GetBytes($"do {index}"), due);

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);
}
