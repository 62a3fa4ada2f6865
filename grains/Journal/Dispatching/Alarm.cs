using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>Wakes the dispatcher when the earliest of many lanes is due: one timer on one clock.</summary>
internal sealed class Alarm
{
    private readonly PriorityQueue<Lane, (Moment At, EffectId First)> lanes = new();
    private readonly TimeProvider clock;
    private readonly ITimer timer;

    public Alarm(TimeProvider clock, Action ring)
    {
        this.clock = clock;
        timer = clock.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Moment Now => Moment.Of(clock.GetUtcNow());

    public void Set(Lane lane, Moment at) => lanes.Enqueue(lane, (at, lane.Next.Row.Id));

    /// <summary>A lane whose time has come. It may have been set for another time since: look again.</summary>
    public bool TryTake(out Lane lane)
    {
        if (lanes.TryPeek(out lane!, out var first) && first.At <= Now)
        {
            lanes.Dequeue();
            return true;
        }

        return false;
    }

    /// <summary>Set the timer to the earliest.</summary>
    public void Arm()
    {
        if (lanes.TryPeek(out _, out var first))
        {
            var wait = Math.Clamp(first.At.Since(Now), 1, (long)TimeSpan.FromDays(1).TotalMilliseconds);
            timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Never ring again.</summary>
    public void Silence() => timer.Dispose();
}
