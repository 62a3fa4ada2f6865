using Microsoft.Data.Sqlite;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Silo.Storage;

/// <summary>
/// The effects that are not settled. They stand in the order in which they were wanted, so a batch changes the table's
/// ends only; where each one stands is kept in mind, which holds as long as no other connection has written.
/// </summary>
internal sealed class OpenEffects(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement all = new(connection, "select id, stream, version, item from effect");
    private readonly SqliteStatement delete = new(connection, "delete from effect where id between ? and ?");

    private readonly Chunked insert = new(
        connection, "insert into effect(id, partition, stream, version, item, target, due, body) values ", "(?,?,?,?,?,?,?,?)", "");

    private readonly Dictionary<EffectId, long> places = [];
    private long last;
    private bool isKnown;

    /// <summary>Write down the effects of appends that have just landed.</summary>
    public void Add(List<EffectRow> wanted)
    {
        Know();
        foreach (var (first, count) in Chunked.Cut(wanted.Count))
        {
            var statement = insert.Of(count);
            for (var i = first; i < first + count; i++)
            {
                var effect = wanted[i];
                places.Add(effect.Id, ++last);
                statement.Bind(last).Bind(effect.Partition).Bind(effect.Id.From.Text).Bind(effect.Id.Version)
                    .Bind(effect.Id.Index).Bind(effect.Target.Text).Bind(effect.Due?.UnixMilliseconds).Bind(effect.Body.Span);
            }

            statement.Run();
        }
    }

    /// <summary>Delete what is settled; neighbours, as an append's effects mostly are, with one statement.</summary>
    public void Settle(IEnumerable<EffectId> settled)
    {
        Know();
        var (from, to) = (0L, -1L);
        foreach (var effect in settled)
        {
            if (!places.Remove(effect, out var place))
            {
                continue;
            }

            if (place == to + 1)
            {
                to = place;
                continue;
            }

            Delete(from, to);
            (from, to) = (place, place);
        }

        Delete(from, to);
    }

    /// <summary>Another connection has written, or our own transaction was rolled back.</summary>
    public void Forget() => isKnown = false;

    public void Dispose()
    {
        all.Dispose();
        delete.Dispose();
        insert.Dispose();
    }

    private void Delete(long from, long to)
    {
        if (from <= to)
        {
            delete.Bind(from).Bind(to).Run();
        }
    }

    private void Know()
    {
        if (isKnown)
        {
            return;
        }

        (isKnown, last) = (true, 0);
        places.Clear();
        try
        {
            while (all.Step())
            {
                last = Math.Max(last, all.Number(0));
                places.Add(new EffectId(new StreamId(all.Text(1)), all.Number(2), (int)all.Number(3)), all.Number(0));
            }
        }
        finally
        {
            all.Reset();
        }
    }
}
