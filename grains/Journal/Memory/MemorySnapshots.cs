using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>Snapshots in memory, with everything that can be wrong with a snapshot.</summary>
public sealed class MemorySnapshots : ISnapshots
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<StreamId, Snapshot> stored = [];

    /// <summary>While true, reads throw.</summary>
    public bool FailReads { get; set; }

    /// <summary>While true, writes throw.</summary>
    public bool FailWrites { get; set; }

    /// <summary>Streams that have one, in order.</summary>
    public IReadOnlyList<StreamId> Streams
    {
        get
        {
            lock (gate)
            {
                return [.. stored.Keys];
            }
        }
    }

    /// <inheritdoc/>
    public Task<Snapshot?> Read(StreamId stream)
    {
        lock (gate)
        {
            return FailReads
                ? Task.FromException<Snapshot?>(new IOException("snapshots cannot be read"))
                : Task.FromResult(stored.GetValueOrDefault(stream));
        }
    }

    /// <inheritdoc/>
    public Task Write(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        lock (gate)
        {
            if (FailWrites)
            {
                return Task.FromException(new IOException("snapshots cannot be written"));
            }

            if (!stored.TryGetValue(snapshot.Stream, out var there) || there.Version < snapshot.Version)
            {
                stored[snapshot.Stream] = snapshot;
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>Damage or replace a stored one; null deletes it.</summary>
    public void Tamper(StreamId stream, Func<Snapshot, Snapshot?> with)
    {
        ArgumentNullException.ThrowIfNull(with);
        lock (gate)
        {
            if (stored.Remove(stream, out var there) && with(there) is { } changed)
            {
                stored.Add(stream, changed);
            }
        }
    }
}
