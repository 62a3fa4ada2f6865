using System.Collections.Immutable;
using System.Text;
using Microsoft.Data.Sqlite;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Silo.Storage;

/// <summary>
/// Writes batches on the writer's connection: one transaction each, rows inserted many at a time. A batch is cut into
/// chunks of the sizes for which a statement is prepared.
/// </summary>
internal sealed class JournalWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement begin = new(connection, "begin immediate");
    private readonly SqliteStatement commit = new(connection, "commit");
    private readonly SqliteStatement rollback = new(connection, "rollback");
    private readonly SqliteStatement settle = new(
        connection, "delete from effect where partition = ? and stream = ? and version = ? and item between ? and ?");

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
        connection, "insert into journal(stream, version, body) values ", "(?,?,?)",
        " on conflict(stream, version) do nothing");

    private readonly SqliteStatement find = new(connection, "select position from journal where stream = ? and version = ?");

    private readonly Chunked effects = new(
        connection, "insert into effect(partition, stream, version, item, target, due, body) values ", "(?,?,?,?,?,?,?)", "");

    /// <summary>See <see cref="IJournalStore.Append"/>.</summary>
    public IReadOnlyList<AppendOutcome> Append(IReadOnlyList<Append> batch)
    {
        begin.Run();
        try
        {
            var outcomes = Insert(batch);
            var landed = batch.Where((_, i) => outcomes[i] == AppendOutcome.Landed).ToArray();
            Insert([.. landed.SelectMany(append => append.Effects)]);
            foreach (var append in landed)
            {
                Settle(append.Settled);
            }

            commit.Run();
            return outcomes;
        }
        catch (SqliteException)
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                rollback.Run();
            }

            throw;
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
        settle.Dispose();
        find.Dispose();
        lease.Dispose();
        rows.Dispose();
        effects.Dispose();
    }

    private AppendOutcome[] Insert(IReadOnlyList<Append> batch)
    {
        var outcomes = new AppendOutcome[batch.Count];
        foreach (var (first, count) in Chunked.Cut(batch.Count))
        {
            var insert = rows.Of(count);
            try
            {
                for (var i = first; i < first + count; i++)
                {
                    insert.Bind(batch[i].Stream.Text).Bind(batch[i].Version).Bind(batch[i].Body.Span);
                }

                insert.Step();
            }
            finally
            {
                insert.Reset();
            }

            var landed = insert.Changes;
            if (landed < count)
            {
                FindLanded(batch, first, outcomes.AsSpan(first, count), lastBefore: insert.LastRow - landed, landed);
            }
        }

        return outcomes;
    }

    /// <summary>
    /// Some rows of a chunk met another of their version. Positions rise by one in a transaction, so those behind the
    /// last position before the chunk are its own; of two rows of one version in it the first has landed.
    /// </summary>
    private void FindLanded(IReadOnlyList<Append> batch, int first, Span<AppendOutcome> outcomes, long lastBefore, int landed)
    {
        var own = new HashSet<long>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = AppendOutcome.Conflict;
            try
            {
                var there = landed > 0 && find.Bind(batch[first + i].Stream.Text).Bind(batch[first + i].Version).Step();
                if (there && find.Number(0) > lastBefore && own.Add(find.Number(0)))
                {
                    outcomes[i] = AppendOutcome.Landed;
                }
            }
            finally
            {
                find.Reset();
            }
        }
    }

    /// <summary>Effects of one append that are settled together are mostly neighbours, and go with one look-up.</summary>
    private void Settle(ImmutableArray<EffectId> settled)
    {
        for (var i = 0; i < settled.Length;)
        {
            var (from, last) = (settled[i], settled[i]);
            while (++i < settled.Length && settled[i] == last with { Index = last.Index + 1 })
            {
                last = settled[i];
            }

            settle.Bind(Partition.Of(from.From)).Bind(from.From.Text).Bind(from.Version).Bind(from.Index).Bind(last.Index).Run();
        }
    }

    private void Insert(IReadOnlyList<EffectRow> wanted)
    {
        foreach (var (first, count) in Chunked.Cut(wanted.Count))
        {
            var insert = effects.Of(count);
            for (var i = first; i < first + count; i++)
            {
                var effect = wanted[i];
                insert.Bind(effect.Partition).Bind(effect.Id.From.Text).Bind(effect.Id.Version).Bind(effect.Id.Index)
                    .Bind(effect.Target.Text).Bind(effect.Due?.UnixMilliseconds).Bind(effect.Body.Span);
            }

            insert.Run();
        }
    }

    /// <summary>One insert, prepared for several numbers of rows.</summary>
    private sealed class Chunked : IDisposable
    {
        private static readonly int[] Sizes = [64, 8, 1];

        private readonly SqliteStatement[] statements;

        public Chunked(SqliteConnection connection, string before, string row, string after) =>
            statements = Array.ConvertAll(
                Sizes, size => new SqliteStatement(connection, new StringBuilder(before)
                    .AppendJoin(',', Enumerable.Repeat(row, size)).Append(after).ToString()));

        /// <summary>Where the chunks of so many rows begin, and how many each holds.</summary>
        public static IEnumerable<(int First, int Count)> Cut(int rows)
        {
            var first = 0;
            foreach (var size in Sizes)
            {
                for (; rows - first >= size; first += size)
                {
                    yield return (first, size);
                }
            }
        }

        public SqliteStatement Of(int rows) => statements[Array.IndexOf(Sizes, rows)];

        public void Dispose() => Array.ForEach(statements, statement => statement.Dispose());
    }
}
