using System.Collections.Immutable;
using Warehouse.Domain.Picking;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.Plant;

/// <summary>A pick station: its tags, and one picker who answers the lit one with the lowest slot, one at a time.</summary>
public sealed class VirtualStation
{
    private readonly Agenda agenda;
    private readonly PlantOptions options;
    private readonly FloorTruth truth;
    private readonly Chance chance;
    private readonly BusyTime busy = new();
    private bool working;

    internal VirtualStation(StationId id, Agenda agenda, PlantOptions options, FloorTruth truth, Chance chance)
    {
        Id = id;
        (this.agenda, this.options, this.truth, this.chance) = (agenda, options, truth, chance);
    }

    /// <summary>Which one.</summary>
    public StationId Id { get; }

    /// <summary>Its tags, slot 1 first.</summary>
    public ImmutableArray<VirtualTag> Tags { get; internal set; } = [];

    /// <summary>Lines that found fewer units than the book said.</summary>
    public int Shorts { get; private set; }

    internal long BusyUntil(long now) => busy.Until(now);

    internal void Look()
    {
        if (working || Tags.FirstOrDefault(tag => tag.Shown is not null) is not { Shown: { } task } next)
        {
            return;
        }

        working = true;
        busy.Begin(agenda.Now);
        agenda.In(Effort(task.Qty), () => Answer(next, task.Id, task.Qty));
    }

    private long Effort(int quantity) => quantity == 0
        ? options.CloseMilliseconds
        : options.LineMilliseconds + chance.Between(-options.LineSpreadMilliseconds, options.LineSpreadMilliseconds);

    private void Answer(VirtualTag tag, string task, int quantity)
    {
        working = false;
        busy.End(agenda.Now);
        if (tag.Shown?.Id == task)
        {
            var found = quantity > 0 && chance.Hits(options.ShortPerMillion) ? chance.Below(quantity) : quantity;
            Shorts += found < quantity ? 1 : 0;
            truth.Press(task, found);
            tag.Press(found);
        }

        Look();
    }
}
