using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Simulation.Checking;

/// <summary>One device: a press is heard once, a command leaves the outbox once, epochs only rise.</summary>
internal sealed class DeviceBook(StreamId stream)
{
    private readonly SortedSet<(long Boot, long Sequence)> presses = [];
    private readonly SortedSet<long> waiting = [];
    private long epoch;
    private long lastEntry;

    public StreamId Stream => stream;

    public void See(in Seen seen, Findings findings)
    {
        switch (seen.Event)
        {
            case DeviceEvent.Leased it:
                findings.Demand(it.Epoch >= epoch, seen, $"epoch {it.Epoch} after {epoch}");
                epoch = it.Epoch;
                break;
            case DeviceEvent.Enqueued it:
                findings.Demand(it.Entry.Sequence > lastEntry, seen, $"outbox entry {it.Entry.Sequence} after {lastEntry}");
                lastEntry = it.Entry.Sequence;
                waiting.Add(lastEntry);
                break;
            case DeviceEvent.Ended it:
                findings.Demand(waiting.Remove(it.Outcome.Sequence), seen, $"outbox entry {it.Outcome.Sequence} ended twice");
                break;
            case DeviceEvent.Said { Signal: DeviceSignal.ButtonPressed it }:
                findings.Demand(presses.Add((it.Boot, it.Sequence)), seen, $"the press {it.Boot}/{it.Sequence} was heard twice");
                break;
        }
    }
}
