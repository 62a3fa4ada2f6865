using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Simulation.Tests.Faults;

/// <summary>A store with a mistake put in: what is not replaced is the real one's.</summary>
internal sealed class TamperedStore(IJournalStore real) : IJournalStore
{
    public Func<IJournalStore, IReadOnlyList<Append>, Task<IReadOnlyList<AppendOutcome>>>? Appending { get; init; }

    public Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<Append> batch) => Appending?.Invoke(real, batch) ?? real.Append(batch);

    public Task<IReadOnlyList<JournalRow>> ReadStream(StreamId stream, long after, int max) => real.ReadStream(stream, after, max);

    public Task<IReadOnlyList<JournalRow>> ReadFeed(long after, int max) => real.ReadFeed(after, max);

    public Task<IReadOnlyList<EffectRow>> ReadEffects(int partition, EffectId? after, int max) => real.ReadEffects(partition, after, max);

    public Task<PartitionLease?> TakeLease(int partition, string host, Moment now, Moment until) =>
        real.TakeLease(partition, host, now, until);
}
