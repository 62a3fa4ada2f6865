namespace Warehouse.Journal;

/// <summary>An append of the feed, as it stands and what it says.</summary>
public readonly record struct FeedEntry(JournalRow Row, DecodedAppend Append);

/// <summary>A feed's bounds, of the real clock.</summary>
public sealed record FeedOptions
{
    /// <summary>Rows handed to a reader at once.</summary>
    public int Page { get; init; } = 500;

    /// <summary>Longest wait before the store is looked at again, for what other silos have committed.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told when a reader or the store threw; the same rows are handed over again after <see cref="LookEvery"/>.</summary>
    public Action<Exception>? Failed { get; init; }
}

/// <summary>
/// The whole journal in commit order, for those who watch and decide nothing: pages, exports, search tables. None of
/// its rows is ever skipped; a reader that keeps its position goes on where it was.
/// </summary>
public sealed class FeedReader(IJournalStore store, JournalCodec codec, TimeProvider realClock, FeedOptions? options = null)
{
    private readonly FeedOptions options = options ?? new FeedOptions();
    private TaskCompletionSource bell = NewBell();

    /// <summary>Appends have landed (subscribe this to <see cref="Committer.Committed"/>).</summary>
    public void Hear(IReadOnlyList<Append> landed) => Ring();

    /// <summary>
    /// Hand every row behind position <paramref name="after"/> (0: from the first) to <paramref name="reader"/>, in
    /// order, one call at a time, on the caller's scheduler.
    /// </summary>
    public FeedSubscription Subscribe(long after, Func<IReadOnlyList<FeedEntry>, ValueTask> reader)
    {
        var subscription = new FeedSubscription(after, Ring);
        subscription.Begin(Follow(subscription, reader));
        return subscription;
    }

    private async Task Follow(FeedSubscription subscription, Func<IReadOnlyList<FeedEntry>, ValueTask> reader)
    {
        while (!subscription.IsStopping)
        {
            var rung = Volatile.Read(ref bell).Task;
            try
            {
                var rows = await store.ReadFeed(subscription.Position, options.Page);
                if (rows.Count > 0)
                {
                    await reader([.. rows.Select(row => new FeedEntry(row, codec.Decode(row.Body.Span)))]);
                    subscription.Position = rows[^1].Position;
                    continue;
                }
            }
            catch (Exception failure)
            {
                options.Failed?.Invoke(failure);
            }

            // When nobody else rings the clock does: another silo may have written. (WaitAsync would go through the
            // thread pool, and so leave a deterministic scheduler.)
            await using var timer = realClock.CreateTimer(_ => Ring(), null, options.LookEvery, Timeout.InfiniteTimeSpan);
            await rung;
        }
    }

    private void Ring() => Interlocked.Exchange(ref bell, NewBell()).TrySetResult();

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>One reader's way through the feed.</summary>
public sealed class FeedSubscription
{
    private readonly Action ring;
    private Task following = Task.CompletedTask;
    private long position;

    internal FeedSubscription(long after, Action ring)
    {
        position = after;
        this.ring = ring;
    }

    /// <summary>The last row that the reader has taken.</summary>
    public long Position
    {
        get => Volatile.Read(ref position);
        internal set => Volatile.Write(ref position, value);
    }

    internal bool IsStopping { get; private set; }

    /// <summary>No more rows; done when the reader has come back from its last ones.</summary>
    public Task Stop()
    {
        IsStopping = true;
        ring();
        return following;
    }

    internal void Begin(Task follow) => following = follow;
}
