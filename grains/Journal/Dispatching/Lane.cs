using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>An effect on its way out.</summary>
/// <param name="row">As it is stored.</param>
/// <param name="readyAt">Since when it could have been sent (warehouse clock).</param>
internal sealed class Outgoing(EffectRow row, Moment readyAt)
{
    public EffectRow Row { get; } = row;

    public Moment ReadyAt { get; } = readyAt;

    /// <summary>What the target said; only its way back to the sender is open then.</summary>
    public Answer? Answer { get; set; }
}

/// <summary>
/// The effects of one stream for one target: one at a time, in the order in which they were written. A stream's wakes
/// for itself come in the order in which they are due.
/// </summary>
internal sealed class Lane(PartitionHold hold, StreamId from, StreamId target)
{
    private readonly PriorityQueue<Outgoing, (Moment Due, EffectId Id)> waiting = new();

    public PartitionHold Hold { get; } = hold;

    public StreamId From { get; } = from;

    public StreamId Target { get; } = target;

    /// <summary>True for a stream's wakes for itself; nobody is told what became of them, their own append settles them.</summary>
    public bool IsOwn => From == Target;

    /// <summary>The next effect is under way, or stands in the queue of those that may go.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Deliveries of the next effect that have failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Not before this time of the real clock, after failures.</summary>
    public Moment NotBefore { get; set; }

    public bool IsEmpty => waiting.Count == 0;

    public Outgoing Next => waiting.Peek();

    /// <summary>When the next one is due (warehouse clock); the epoch when at once.</summary>
    public Moment Due => Next.Row.Due ?? default;

    public void Add(Outgoing effect) =>
        waiting.Enqueue(effect, (IsOwn ? effect.Row.Due ?? default : default, effect.Row.Id));

    /// <summary>This one is done with. While it was under way an earlier due wake may have come in front of it.</summary>
    public void Remove(Outgoing effect)
    {
        waiting.Remove(effect, out _, out _);
        Failures = 0;
        NotBefore = default;
    }
}
