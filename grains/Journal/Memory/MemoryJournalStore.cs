using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>What shall go wrong with a write to a <see cref="MemoryJournalStore"/>.</summary>
public enum StoreFault
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>It throws and has written nothing.</summary>
    ThrowBefore,
    /// <summary>It has landed, and throws all the same.</summary>
    ThrowAfter,
    /// <summary>It throws now and lands at the next <see cref="MemoryJournalStore.LandLate"/>, if nothing stands in its way then.</summary>
    LandLate,
}

/// <summary>
/// The journal in memory, for tests and simulation, with the faults that real ones have. A write becomes visible and
/// durable at one moment, its sync; until then <see cref="LoseUnsynced"/> (a power cut) makes it never have been.
/// </summary>
/// <param name="clock">Of the delay until a write is synced.</param>
public sealed class MemoryJournalStore(TimeProvider? clock = null) : IJournalStore
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly List<JournalRow> rows = [];
    private readonly Dictionary<StreamId, List<JournalRow>> streams = [];
    private readonly SortedDictionary<EffectId, EffectRow>[] effects = NewPartitions();
    private readonly PartitionLease?[] leases = new PartitionLease?[Partition.Count];
    private readonly List<IReadOnlyList<Append>> late = [];
    private TaskCompletionSource? stall;
    private TaskCompletionSource held = new();
    private int powerCuts;

    /// <summary>Asked before each write; the caller's seed decides. Null: nothing goes wrong.</summary>
    public Func<IReadOnlyList<Append>, StoreFault>? Fault { get; set; }

    /// <summary>While true the disk is full: writes throw and write nothing.</summary>
    public bool Full { get; set; }

    /// <summary>While true nothing can be read.</summary>
    public bool Unreadable { get; set; }

    /// <summary>How long a write takes; zero completes it within the call.</summary>
    public TimeSpan SyncTime { get; set; }

    /// <summary>How many writes have been synced.</summary>
    public int Commits { get; private set; }

    /// <summary>All rows in order of position.</summary>
    public IReadOnlyList<JournalRow> Rows
    {
        get
        {
            lock (gate)
            {
                return [.. rows];
            }
        }
    }

    /// <summary>All unsettled effects, by partition and id.</summary>
    public IReadOnlyList<EffectRow> Effects
    {
        get
        {
            lock (gate)
            {
                return [.. effects.SelectMany(partition => partition.Values)];
            }
        }
    }

    /// <summary>From now on writes wait before their sync.</summary>
    public void Stall()
    {
        stall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Ends when a write waits in the stall.</summary>
    public Task Held => held.Task;

    /// <summary>The stalled writes go on.</summary>
    public void Resume()
    {
        var waiting = stall;
        stall = null;
        waiting?.SetResult();
    }

    /// <summary>A power cut: writes that are under way never land, and throw when they come to.</summary>
    public void LoseUnsynced()
    {
        lock (gate)
        {
            powerCuts++;
            late.Clear();
        }
    }

    /// <summary>Writes that had failed with <see cref="StoreFault.LandLate"/> arrive now, as far as their versions are free.</summary>
    public void LandLate()
    {
        lock (gate)
        {
            foreach (var batch in late)
            {
                Sync(batch);
            }

            late.Clear();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<Append> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var fault = Fault?.Invoke(batch) ?? StoreFault.None;
        if (Full || fault == StoreFault.ThrowBefore)
        {
            throw new IOException(Full ? "the disk is full" : "the write failed");
        }

        var cuts = powerCuts;
        if (SyncTime > TimeSpan.Zero)
        {
            await Task.Delay(SyncTime, clock);
        }

        if (stall is { } stalled)
        {
            held.TrySetResult();
            await stalled.Task;
        }

        lock (gate)
        {
            if (cuts != powerCuts)
            {
                throw new IOException("the power was cut");
            }

            if (fault == StoreFault.LandLate)
            {
                late.Add(batch);
                throw new TimeoutException("the write takes too long");
            }

            var outcomes = Sync(batch);
            return fault == StoreFault.ThrowAfter ? throw new IOException("the answer got lost") : outcomes;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalRow>> ReadStream(StreamId stream, long after, int max) => Read(() =>
        streams.TryGetValue(stream, out var own) && after < own.Count
            ? own.GetRange((int)after, Math.Min(max, own.Count - (int)after))
            : (IReadOnlyList<JournalRow>)[]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalRow>> ReadFeed(long after, int max) => Read(() =>
        after < rows.Count
            ? rows.GetRange((int)after, Math.Min(max, rows.Count - (int)after))
            : (IReadOnlyList<JournalRow>)[]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EffectRow>> ReadEffects(int partition, EffectId? after, int max) => Read(() =>
        (IReadOnlyList<EffectRow>)[.. effects[partition].Values
            .Where(effect => after is null || effect.Id.CompareTo(after.Value) > 0).Take(max)]);

    /// <inheritdoc/>
    public Task<PartitionLease?> TakeLease(int partition, string host, Moment now, Moment until)
    {
        lock (gate)
        {
            var held = leases[partition];
            if (held is not null && held.Host != host && held.Until > now)
            {
                return Task.FromResult<PartitionLease?>(null);
            }

            var epoch = held is null ? 1 : held.Host == host ? held.Epoch : held.Epoch + 1;
            leases[partition] = new PartitionLease(partition, host, epoch, until);
            return Task.FromResult(leases[partition]);
        }
    }

    private static SortedDictionary<EffectId, EffectRow>[] NewPartitions()
    {
        var partitions = new SortedDictionary<EffectId, EffectRow>[Partition.Count];
        for (var i = 0; i < partitions.Length; i++)
        {
            partitions[i] = [];
        }

        return partitions;
    }

    private AppendOutcome[] Sync(IReadOnlyList<Append> batch)
    {
        var outcomes = new AppendOutcome[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            outcomes[i] = Land(batch[i]);
        }

        Commits++;
        return outcomes;
    }

    private AppendOutcome Land(Append append)
    {
        if (!streams.TryGetValue(append.Stream, out var own))
        {
            streams.Add(append.Stream, own = []);
        }

        if (append.Version != own.Count + 1)
        {
            return AppendOutcome.Conflict;
        }

        var row = new JournalRow(rows.Count + 1, append.Stream, append.Version, append.Body);
        rows.Add(row);
        own.Add(row);
        foreach (var effect in append.Effects)
        {
            effects[effect.Partition].Add(effect.Id, effect with { Command = null });
        }

        foreach (var settled in append.Settled)
        {
            effects[Partition.Of(settled.From)].Remove(settled);
        }

        return AppendOutcome.Landed;
    }

    private Task<IReadOnlyList<T>> Read<T>(Func<IReadOnlyList<T>> read)
    {
        lock (gate)
        {
            return Unreadable
                ? Task.FromException<IReadOnlyList<T>>(new IOException("the journal cannot be read"))
                : Task.FromResult(read());
        }
    }
}
