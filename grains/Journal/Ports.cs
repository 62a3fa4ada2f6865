using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>
/// The journal's store: SQLite, later PostgreSQL, and one in memory with faults. One contract suite holds for all.
/// A call that throws leaves the outcome unknown; the committer then reads back before anything is decided again.
/// </summary>
public interface IJournalStore
{
    /// <summary>
    /// Write a batch in one durable transaction. The answer names each append's outcome, in order; one append's
    /// conflict concerns only itself. When the call returns, what landed survives a power cut.
    /// </summary>
    Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<Append> batch);

    /// <summary>A stream's rows with version greater than <paramref name="after"/>, in order, at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<JournalRow>> ReadStream(StreamId stream, long after, int max);

    /// <summary>The journal's rows with position greater than <paramref name="after"/>, in order, none skipped, at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<JournalRow>> ReadFeed(long after, int max);

    /// <summary>The unsettled effects of a partition, ordered by id, those after <paramref name="after"/> (null: from the first), at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<EffectRow>> ReadEffects(int partition, EffectId? after, int max);

    /// <summary>Take or renew the lease of a partition: null while another host holds it. Times are of the real clock.</summary>
    Task<PartitionLease?> TakeLease(int partition, string host, Moment now, Moment until);
}

/// <summary>Where snapshots go. Any failure to read means none; writes are never waited for by a command.</summary>
public interface ISnapshots
{
    /// <summary>The stored snapshot, or null: none, unreadable, damaged.</summary>
    Task<Snapshot?> Read(StreamId stream);

    /// <summary>Store it; a newer one already there stays.</summary>
    Task Write(Snapshot snapshot);
}

/// <summary>
/// How a command reaches a stream: a grain call on Orleans, the simulated network in simulation. It may lose, delay or
/// repeat; a time-out says nothing about the outcome.
/// </summary>
public interface IRouter
{
    /// <summary>Deliver to a stream and bring its answer.</summary>
    Task<Answer> Send(StreamId target, Envelope envelope);
}
