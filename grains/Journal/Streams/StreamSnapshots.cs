using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>A stream's dealings with its snapshots. They only save time: a bad one is dropped, a failed write is tried again later.</summary>
internal sealed class StreamSnapshots(StreamId id, Noun noun, StreamPorts ports)
{
    private long kept;
    private long keptBytes;
    private long bytesSince;

    /// <summary>The write that is under way, or the last one; never faulted.</summary>
    public Task Written { get; private set; } = Task.CompletedTask;

    /// <summary>The snapshot, if it is whole, of this schema, and the journal has its version; else null.</summary>
    public async Task<(object State, LedgerImage Ledger, long Version)?> Read()
    {
        Snapshot? found;
        try
        {
            found = await ports.Snapshots.Read(id);
        }
        catch (Exception)
        {
            return null; // any failure to read means none, says the port
        }

        if (found is null || found.Stream != id || found.Schema != noun.Schema || found.Version < 1
            || found.Checksum != ChecksumOf(found.Body) || !await JournalHas(found.Version))
        {
            return null;
        }

        try
        {
            var (state, ledger) = ports.Codec.DecodeSnapshot(noun, found.Body);
            noun.Check(state);
            (kept, keptBytes) = (found.Version, found.Body.Length);
            return (state, ledger, found.Version);
        }
        catch (Exception)
        {
            return null; // disposable: whatever is wrong with it, the journal knows better
        }
    }

    /// <summary>An append of so many bytes stands behind the last snapshot.</summary>
    public void Grow(int bytes) => bytesSince += bytes;

    /// <summary>
    /// Write one when enough appends have landed since the last, and they are as many bytes as it was: keeping a large
    /// state then costs no more than the rows did that made it. Does not wait for it.
    /// </summary>
    public void KeepIfDue(long version, object state, Ledger ledger, Moment now)
    {
        if (version - kept >= ports.Options.SnapshotEvery && bytesSince >= keptBytes && Written.IsCompleted)
        {
            Keep(version, state, ledger, now);
        }
    }

    /// <summary>Write one now unless this version is kept already.</summary>
    public void Keep(long version, object state, Ledger ledger, Moment now)
    {
        if (version == kept)
        {
            return;
        }

        var body = ports.Codec.EncodeSnapshot(noun, state, ledger.Image(now));
        var snapshot = new Snapshot(id, version, noun.Schema, body, ChecksumOf(body));
        (kept, keptBytes, bytesSince) = (version, body.Length, 0);
        Written = Write(Written, snapshot);
    }

    /// <summary>The first four bytes of SHA-256.</summary>
    internal static uint ChecksumOf(ReadOnlyMemory<byte> body)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body.Span, digest);
        return MemoryMarshal.Read<uint>(digest);
    }

    private async Task<bool> JournalHas(long version) =>
        (await ports.Store.ReadStream(id, version - 1, 1)) is [var row] && row.Version == version;

    private async Task Write(Task before, Snapshot snapshot)
    {
        await before;
        try
        {
            await ports.Snapshots.Write(snapshot);
        }
        catch (Exception failure)
        {
            ports.Options.SnapshotFailed?.Invoke(id, failure);
        }
    }
}
