using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Silo.Storage;

/// <summary>
/// The journal in an SQLite file: WAL, synchronous=FULL, so what a batch has landed survives a power cut. One thread
/// writes; streams, feed and effects are each read on a connection and thread of their own. A row's position is its
/// rowid, given under the write lock, so the order of positions is the order of commits.
/// </summary>
public sealed class SqliteJournalStore : IJournalStore, IDisposable
{
    private static readonly TimeSpan AMoment = TimeSpan.FromMicroseconds(10);

    private readonly SqliteWorker<JournalWriter> writer;
    private readonly SqliteWorker<JournalReader> streams;
    private readonly SqliteWorker<JournalReader> feed;
    private readonly SqliteWorker<JournalReader> effects;

    /// <summary>Open the file, made or migrated if need be.</summary>
    public SqliteJournalStore(SqliteJournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Migrate(options);
        writer = new("journal writer", () => Open(options), connection => new JournalWriter(connection));
        streams = new("journal streams", () => Open(options), connection => new JournalReader(connection));
        feed = new("journal feed", () => Open(options), connection => new JournalReader(connection));
        effects = new("journal effects", () => Open(options), connection => new JournalReader(connection));
    }

    /// <summary>
    /// Begin the committer on the writer's own thread: a commit then changes threads on its way in and on its way out,
    /// not four times more in between. The committer must have stopped before the store is disposed.
    /// </summary>
    public void BeginOnWriter(Action first) => writer.Begin(first);

    /// <summary>
    /// How a committer there steps back: once through the thread pool's queue, behind everybody whom the last commit
    /// has woken. Behind a few that takes longer than they do, for threads fall asleep and wake: then the writer's thread
    /// only lets others have its processor for a moment.
    /// </summary>
    public static Task LetOthersRun(int crowd)
    {
        if (crowd < Committer.CrowdInMind)
        {
            for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < AMoment;)
            {
                Thread.Yield();
            }

            return Task.CompletedTask;
        }

        var others = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(static done => done.SetResult(), others, preferLocal: false);
        return others.Task;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<Append> batch) =>
        writer.Run(session => session.Append(batch));

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalRow>> ReadStream(StreamId stream, long after, int max) =>
        streams.Run(session => session.ReadStream(stream, after, max));

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalRow>> ReadFeed(long after, int max) =>
        feed.Run(session => session.ReadFeed(after, max));

    /// <inheritdoc/>
    public Task<IReadOnlyList<EffectRow>> ReadEffects(int partition, EffectId? after, int max) =>
        effects.Run(session => session.ReadEffects(partition, after, max));

    /// <inheritdoc/>
    public Task<PartitionLease?> TakeLease(int partition, string host, Moment now, Moment until) =>
        writer.Run(session => session.TakeLease(partition, host, now, until));

    /// <summary>What the writing connection says of <c>pragma synchronous</c>: 2 is FULL.</summary>
    public Task<long> ReadSynchronous() => writer.Run(session => session.Synchronous());

    /// <summary>Land what was handed in, and close the file.</summary>
    public void Dispose()
    {
        effects.Dispose();
        feed.Dispose();
        streams.Dispose();
        writer.Dispose();
    }

    private static void Migrate(SqliteJournalOptions options)
    {
        using var connection = Open(options);
        SqliteSchema.Migrate(connection, SqliteSchema.Journal);
    }

    private static SqliteConnection Open(SqliteJournalOptions options)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Pooling = false,
        }.ToString());
        connection.Open();
        SqliteSchema.Execute(connection, string.Create(
            CultureInfo.InvariantCulture,
            $"""
            pragma busy_timeout = {(long)options.BusyTimeout.TotalMilliseconds};
            pragma journal_mode = wal;
            pragma synchronous = full;
            pragma wal_autocheckpoint = {options.CheckpointPages};
            """));
        return connection;
    }
}
