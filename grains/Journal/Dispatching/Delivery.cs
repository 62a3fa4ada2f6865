using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>One try to deliver an effect. It ends once: by its calls, or by its deadline, whichever comes first.</summary>
internal sealed class Delivery(Lane lane, Outgoing effect, Moment deadline)
{
    private long deadline = deadline.UnixMilliseconds;
    private int over;

    public Lane Lane { get; } = lane;

    public Outgoing Effect { get; } = effect;

    /// <summary>When the present call has taken too long (real clock).</summary>
    public Moment Deadline
    {
        get => new(Volatile.Read(ref deadline));
        set => Volatile.Write(ref deadline, value.UnixMilliseconds);
    }

    /// <summary>It counts as failed already; whatever still comes of its calls is too late.</summary>
    public bool IsOver => Volatile.Read(ref over) != 0;

    /// <summary>True for the first who ends it.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref over, 1) == 0;
}
