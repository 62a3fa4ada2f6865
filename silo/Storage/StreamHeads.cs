using Microsoft.Data.Sqlite;
using Warehouse.Domain.Deciding;

namespace Warehouse.Silo.Storage;

/// <summary>A stream's last row.</summary>
/// <param name="Version">Its version; 0 when the stream has none.</param>
/// <param name="Position">Its position; 0 when the stream has none.</param>
internal readonly record struct StreamHead(long Version, long Position);

/// <summary>
/// Which row of each stream is its last: the condition of every append. What has been looked up or written is kept in
/// mind, which holds only inside a transaction and as long as no other connection has written.
/// </summary>
internal sealed class StreamHeads(SqliteConnection connection) : IDisposable
{
    private const int MostInMind = 65_536;

    private readonly SqliteStatement find = new(connection, "select version, position from head where stream = ?");
    private readonly SqliteStatement last = new(connection, "select coalesce(max(position), 0) from journal");
    private readonly SqliteStatement milestone = new(connection, "insert into milestone(stream, version, position) values (?,?,?)");

    // The condition can only fail if what was kept in mind was wrong; then nothing of the batch may land.
    private readonly Chunked heads = new(
        connection, "insert into head(stream, version, position) values ", "(?,?,?)",
        " on conflict(stream) do update set version = excluded.version, position = excluded.position where version = excluded.version - 1");

    private readonly Dictionary<StreamId, StreamHead> inMind = [];

    /// <summary>The position of the journal's last row.</summary>
    public long LastPosition()
    {
        try
        {
            last.Step();
            return last.Number(0);
        }
        finally
        {
            last.Reset();
        }
    }

    /// <summary>A stream's last row.</summary>
    public StreamHead Of(StreamId stream)
    {
        if (inMind.TryGetValue(stream, out var known))
        {
            return known;
        }

        try
        {
            return Keep(stream, find.Bind(stream.Text).Step() ? new StreamHead(find.Number(0), find.Number(1)) : default);
        }
        finally
        {
            find.Reset();
        }
    }

    /// <summary>An append has got its place: it is the stream's last row now.</summary>
    public void Move(StreamId stream, StreamHead head) => Keep(stream, head);

    /// <summary>Write down the heads of rows that were just inserted, in the rows' order.</summary>
    public void Write(List<PlacedAppend> placed)
    {
        foreach (var (first, count) in Chunked.Cut(placed.Count))
        {
            var insert = heads.Of(count);
            for (var i = first; i < first + count; i++)
            {
                insert.Bind(placed[i].Append.Stream.Text).Bind(placed[i].Append.Version).Bind(placed[i].Position);
            }

            insert.Run();
            if (insert.Changes != count)
            {
                throw new InvalidOperationException("a stream's last row is not the one that was kept in mind");
            }
        }

        foreach (var (append, position, _) in placed)
        {
            if (append.Version % SqliteSchema.Milestone == 0)
            {
                milestone.Bind(append.Stream.Text).Bind(append.Version).Bind(position).Run();
            }
        }
    }

    /// <summary>Another connection has written, or our own transaction was rolled back.</summary>
    public void Forget() => inMind.Clear();

    public void Dispose()
    {
        find.Dispose();
        last.Dispose();
        milestone.Dispose();
        heads.Dispose();
    }

    private StreamHead Keep(StreamId stream, StreamHead head)
    {
        if (inMind.Count >= MostInMind)
        {
            inMind.Clear();
        }

        inMind[stream] = head;
        return head;
    }
}
