using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Checking;

/// <summary>One pick station: every light ends once, and a slot holds one tote.</summary>
internal sealed class StationBook(StreamId stream)
{
    private readonly SortedDictionary<PickTaskId, PickTask> lit = [];
    private readonly SortedSet<PickTaskId> ended = [];
    private readonly SortedDictionary<int, (OrderId Order, Lpn Tote)> slots = [];

    public StreamId Stream => stream;

    /// <summary>Units taken at each light that was answered.</summary>
    public List<(PickTaskId Task, int Units)> Confirmed { get; } = [];

    public void See(in Seen seen, Findings findings)
    {
        switch (seen.Event)
        {
            case StationEvent.SlotOpened it:
                findings.Demand(slots.TryAdd(it.Slot, (it.Order, it.Tote)), seen, $"slot {it.Slot} was opened while it collects {slots[it.Slot].Order}");
                break;
            case StationEvent.Lit it:
                findings.Demand(!ended.Contains(it.Task.Id) && lit.TryAdd(it.Task.Id, it.Task), seen, $"task {it.Task.Id} was lit twice");
                break;
            case StationEvent.Confirmed it:
                End(seen, it.Task, it.Quantity, 0, findings);
                break;
            case StationEvent.ShortPicked it:
                End(seen, it.Task, it.Taken, it.Missing, findings);
                break;
            case StationEvent.PutOut it:
                lit.Remove(it.Task);
                ended.Add(it.Task);
                break;
            case StationEvent.SlotClosed it:
                Empty(seen, it.Slot, it.Order, findings);
                break;
            case StationEvent.SlotWithdrawn it:
                Empty(seen, it.Slot, it.Order, findings);
                break;
        }
    }

    /// <summary>What must hold when nothing moves any more.</summary>
    public void Finish(Findings findings)
    {
        findings.Demand(lit.Count == 0, stream, $"{lit.Count} lights are still on, the first {lit.Keys.FirstOrDefault()}");
        findings.Demand(slots.Count == 0, stream, $"{slots.Count} slots still collect, the first for {slots.Values.FirstOrDefault().Order}");
    }

    private void End(in Seen seen, PickTaskId id, int taken, int missing, Findings findings)
    {
        if (!lit.Remove(id, out var task))
        {
            findings.Add(seen, ended.Contains(id) ? $"a press on {id} counted twice" : $"a press on {id} counted, which was never lit");
            return;
        }

        ended.Add(id);
        Confirmed.Add((id, taken));
        var asked = task.Demand?.Quantity ?? 0;
        findings.Demand(taken + missing == asked, seen, $"{id} asked for {asked}, {taken} were taken and {missing} missing");
    }

    private void Empty(in Seen seen, int slot, OrderId order, Findings findings)
    {
        findings.Demand(slots.Remove(slot, out var was) && was.Order == order, seen, $"slot {slot} was emptied for {order}, it collected {was.Order}");
        foreach (var task in lit.Values.Where(task => task.Slot == slot && task.Kind == PickTaskKind.Close).ToList())
        {
            lit.Remove(task.Id);
            ended.Add(task.Id);
        }
    }
}
