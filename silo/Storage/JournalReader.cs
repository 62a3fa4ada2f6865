using Microsoft.Data.Sqlite;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Silo.Storage;

/// <summary>Reads the journal on a connection of its own; in WAL it never waits for the writer.</summary>
internal sealed class JournalReader(SqliteConnection connection) : IDisposable
{
    // From the nearest milestone behind the last row wanted, or from the stream's end, each row names the one before it.
    private readonly SqliteStatement stream = new(
        connection,
        """
        with recursive
            start(position) as (select coalesce(
                (select position from milestone where stream = ?1 and version >= ?2 + ?3 order by version limit 1),
                (select position from head where stream = ?1))),
            back(position, version, previous) as (
                select journal.position, version, previous from start join journal on journal.position = start.position
                union all
                select journal.position, journal.version, journal.previous
                from back join journal on journal.position = back.previous where back.version > ?2 + 1)
        select journal.position, journal.version, journal.body from back join journal on journal.position = back.position
        where back.version > ?2 and back.version <= ?2 + ?3 order by back.version
        """);

    private readonly SqliteStatement feed = new(
        connection, "select position, stream, version, body from journal where position > ? order by position limit ?");

    private readonly SqliteStatement effects = new(
        connection,
        """
        select stream, version, item, target, due, body from effect
        where partition = ? and (stream, version, item) > (?, ?, ?) order by stream, version, item limit ?
        """);

    /// <summary>See <see cref="IJournalStore.ReadStream"/>.</summary>
    public IReadOnlyList<JournalRow> ReadStream(StreamId id, long after, int max) => All(
        stream.Bind(id.Text).Bind(after).Bind(max),
        row => new JournalRow(row.Number(0), id, row.Number(1), row.Bytes(2)));

    /// <summary>See <see cref="IJournalStore.ReadFeed"/>.</summary>
    public IReadOnlyList<JournalRow> ReadFeed(long after, int max) => All(
        feed.Bind(after).Bind(max),
        row => new JournalRow(row.Number(0), new StreamId(row.Text(1)), row.Number(2), row.Bytes(3)));

    /// <summary>See <see cref="IJournalStore.ReadEffects"/>.</summary>
    public IReadOnlyList<EffectRow> ReadEffects(int partition, EffectId? after, int max) => All(
        effects.Bind(partition).Bind(after?.From.Text ?? "").Bind(after?.Version ?? 0).Bind(after?.Index ?? 0).Bind(max),
        row => new EffectRow(
            new EffectId(new StreamId(row.Text(0)), row.Number(1), (int)row.Number(2)), partition,
            new StreamId(row.Text(3)), row.Bytes(5), row.NumberOrNull(4) is { } due ? new Moment(due) : null));

    public void Dispose()
    {
        stream.Dispose();
        feed.Dispose();
        effects.Dispose();
    }

    private static List<T> All<T>(SqliteStatement select, Func<SqliteStatement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (select.Step())
            {
                rows.Add(read(select));
            }

            return rows;
        }
        finally
        {
            select.Reset();
        }
    }
}
