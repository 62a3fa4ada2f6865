using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>A partition that this dispatcher holds: its lease and every unsettled effect in it.</summary>
internal sealed class PartitionHold(PartitionLease lease, DispatcherOptions options)
{
    private readonly Dictionary<(StreamId From, StreamId Target), Lane> lanes = [];
    private readonly HashSet<EffectId> known = [];
    private readonly Dictionary<StreamId, long> heard = [];

    public int Partition => Lease.Partition;

    public PartitionLease Lease { get; set; } = lease;

    /// <summary>True once another host has it, or may have it: nothing of it is sent any more.</summary>
    public bool IsLost { get; set; }

    /// <summary>Effects in it.</summary>
    public int Count => known.Count;

    /// <summary>The lane that an effect now waits in; null when it is known already.</summary>
    public Lane? Add(EffectRow row, Moment now)
    {
        if (!known.Add(row.Id))
        {
            return null;
        }

        if (!lanes.TryGetValue((row.Id.From, row.Target), out var lane))
        {
            lane = new Lane(this, row.Id.From, row.Target);
            lanes.Add((row.Id.From, row.Target), lane);
        }

        lane.Add(new Outgoing(row, row.Due is { } due && due > now ? due : now));
        return lane;
    }

    public void Remove(Lane lane, Outgoing effect)
    {
        lane.Remove(effect);
        known.Remove(effect.Row.Id);
        if (lane.IsEmpty)
        {
            lanes.Remove((lane.From, lane.Target));
        }
    }

    /// <summary>
    /// Note that an append of a stream was heard of. False when the one before it was not: another silo may have
    /// committed it, and its effects come first, so they must be read from the store.
    /// </summary>
    public bool Follows(Append append)
    {
        var follows = append.Version == 1
            || (heard.TryGetValue(append.Stream, out var last) && append.Version == last + 1);
        if (follows || append.Effects.Length > 0)
        {
            if (heard.Count >= options.MaxStreamsInMind)
            {
                heard.Clear();
            }

            heard[append.Stream] = append.Version;
        }

        return follows;
    }
}
