using Microsoft.Data.Sqlite;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Silo.Storage;

/// <summary>An append that has got its place in the journal.</summary>
/// <param name="Append">It.</param>
/// <param name="Position">Its place.</param>
/// <param name="Previous">The place of its stream's append before it; 0 when it is the first.</param>
internal readonly record struct PlacedAppend(Append Append, long Position, long Previous);

/// <summary>
/// Writes batches on the writer's connection: one transaction each, rows inserted many at a time. An append lands if it
/// is the next of its stream.
/// </summary>
internal sealed class JournalWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement begin = new(connection, "begin immediate");
    private readonly SqliteStatement commit = new(connection, "commit");
    private readonly SqliteStatement rollback = new(connection, "rollback");
    private readonly SqliteStatement changesOfOthers = new(connection, "pragma data_version");
    private readonly StreamHeads heads = new(connection);
    private readonly OpenEffects effects = new(connection);
    private long lastSeen;

    private readonly SqliteStatement lease = new(
        connection,
        """
        insert into lease(partition, host, epoch, until) values (?1, ?2, 1, ?4)
        on conflict(partition) do update set
            epoch = epoch + (host <> excluded.host), host = excluded.host, until = excluded.until
            where host = excluded.host or until <= ?3
        returning epoch
        """);

    private readonly Chunked rows = new(
        connection, "insert into journal(position, stream, version, previous, body) values ", "(?,?,?,?,?)", "");

    /// <summary>See <see cref="IJournalStore.Append"/>.</summary>
    public IReadOnlyList<AppendOutcome> Append(IReadOnlyList<Append> batch)
    {
        begin.Run();
        var committed = false;
        try
        {
            ForgetIfOthersWrote();
            var outcomes = new AppendOutcome[batch.Count];
            var placed = Place(batch, outcomes);
            Insert(placed);
            heads.Write(placed);
            effects.Add([.. placed.SelectMany(landed => landed.Append.Effects)]);
            effects.Settle(placed.SelectMany(landed => landed.Append.Settled));
            commit.Run();
            committed = true;
            return outcomes;
        }
        finally
        {
            if (!committed)
            {
                RollBack();
            }
        }
    }

    /// <summary>See <see cref="IJournalStore.TakeLease"/>.</summary>
    public PartitionLease? TakeLease(int partition, string host, Moment now, Moment until)
    {
        try
        {
            lease.Bind(partition).Bind(host).Bind(now.UnixMilliseconds).Bind(until.UnixMilliseconds);
            if (!lease.Step())
            {
                return null;
            }

            var epoch = lease.Number(0);
            while (lease.Step())
            {
            }

            return new PartitionLease(partition, host, epoch, until);
        }
        finally
        {
            lease.Reset();
        }
    }

    /// <summary>What the connection says of its durability: 2 is FULL.</summary>
    public long Synchronous()
    {
        using var pragma = new SqliteStatement(connection, "pragma synchronous");
        pragma.Step();
        return pragma.Number(0);
    }

    public void Dispose()
    {
        begin.Dispose();
        commit.Dispose();
        rollback.Dispose();
        changesOfOthers.Dispose();
        heads.Dispose();
        effects.Dispose();
        lease.Dispose();
        rows.Dispose();
    }

    private void RollBack()
    {
        heads.Forget();
        effects.Forget();
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            rollback.Run();
        }
    }

    /// <summary>What heads and effects keep in mind holds until another connection commits; SQLite counts when one has.</summary>
    private void ForgetIfOthersWrote()
    {
        try
        {
            changesOfOthers.Step();
            if (changesOfOthers.Number(0) is var seen && seen != lastSeen)
            {
                lastSeen = seen;
                heads.Forget();
                effects.Forget();
            }
        }
        finally
        {
            changesOfOthers.Reset();
        }
    }

    /// <summary>Those that are the next of their stream, with their places; the others' outcome is a conflict.</summary>
    private List<PlacedAppend> Place(IReadOnlyList<Append> batch, AppendOutcome[] outcomes)
    {
        var placed = new List<PlacedAppend>(batch.Count);
        var last = heads.LastPosition();
        for (var i = 0; i < batch.Count; i++)
        {
            var append = batch[i];
            var head = heads.Of(append.Stream);
            if (append.Version != head.Version + 1)
            {
                outcomes[i] = AppendOutcome.Conflict;
                continue;
            }

            heads.Move(append.Stream, new StreamHead(append.Version, ++last));
            placed.Add(new PlacedAppend(append, last, head.Position));
        }

        return placed;
    }

    private void Insert(List<PlacedAppend> placed)
    {
        foreach (var (first, count) in Chunked.Cut(placed.Count))
        {
            var insert = rows.Of(count);
            for (var i = first; i < first + count; i++)
            {
                var (append, position, previous) = placed[i];
                insert.Bind(position).Bind(append.Stream.Text).Bind(append.Version).Bind(previous).Bind(append.Body.Span);
            }

            insert.Run();
        }
    }
}
