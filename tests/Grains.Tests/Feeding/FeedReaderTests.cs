using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Warehouse.Domain.Deciding;
using Warehouse.Grains.Tests.Toy;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Feeding;

public sealed class FeedReaderTests
{
    private readonly Channel<FeedEntry> seen = Channel.CreateUnbounded<FeedEntry>();
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task A_reader_gets_what_was_there_and_what_comes_in_order()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        var feed = new FeedReader(house.Store, house.Codec, clock);
        house.Committer.Committed += feed.Hear;
        await jar.Execute(Envelope.From("a", new JarCommand.Fill(1)));
        var subscription = feed.Subscribe(0, Note);
        await Next();
        await jar.Execute(Envelope.From("b", new JarCommand.Fill(2)));

        var second = await Next();

        Assert.Equal([new JarEvent.Filled(2)], second.Append.Events.AsEnumerable());
        Assert.Equal((jar.Id, 2L), (second.Row.Stream, second.Row.Version));
        await subscription.Stop().Bound("the stop");
        Assert.Equal(2, subscription.Position);
    }

    [Fact]
    public async Task A_reader_goes_on_behind_the_position_that_it_kept()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Envelope.From("a", new JarCommand.Fill(1)));
        await jar.Execute(Envelope.From("b", new JarCommand.Fill(2)));

        var subscription = new FeedReader(house.Store, house.Codec, clock).Subscribe(1, Note);

        Assert.Equal([new JarEvent.Filled(2)], (await Next()).Append.Events.AsEnumerable());
        await subscription.Stop().Bound("the stop");
    }

    [Fact]
    public async Task Rows_that_a_reader_failed_on_are_handed_over_again()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Envelope.From("a", new JarCommand.Fill(1)));
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var feed = new FeedReader(house.Store, house.Codec, clock, new FeedOptions { Failed = _ => failed.TrySetResult() });
        var calls = 0;
        var subscription = feed.Subscribe(0, entries => calls++ == 0 ? throw new IOException("page closed") : Note(entries));
        await failed.Task.Bound("the failure");

        feed.Hear([]);

        Assert.Equal(1, (await Next()).Row.Position);
        await subscription.Stop().Bound("the stop");
    }

    private ValueTask Note(IReadOnlyList<FeedEntry> entries)
    {
        foreach (var entry in entries)
        {
            seen.Writer.TryWrite(entry);
        }

        return ValueTask.CompletedTask;
    }

    private Task<FeedEntry> Next() => seen.Reader.ReadAsync().AsTask().Bound("the next row");
}
