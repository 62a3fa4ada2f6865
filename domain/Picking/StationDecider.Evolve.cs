using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Picking;

/// <summary>What events do to a station, and what must hold after each.</summary>
public static partial class StationDecider
{
    private static StationState Evolve(StationState station, Event happened) => happened switch
    {
        StationEvent.Opened it => station with { Station = it.Station, SlotCount = it.Slots },
        StationEvent.SlotOpened it => station with
        {
            Slots = station.Slots.Add(it.Slot, new(it.Order, it.Tote, [], false, 0)),
            SlotOf = station.SlotOf.Add(it.Order, it.Slot),
        },
        StationEvent.ToteArrived it => station with { Totes = station.Totes.Add(new(it.Lpn, it.Demands)) },
        StationEvent.Lit it => Light(station, it),
        StationEvent.Confirmed it => Picked(station, it.Task, it.Quantity, shortPicks: 0),
        StationEvent.ShortPicked it => Picked(station, it.Task, it.Taken, shortPicks: 1),
        StationEvent.PutOut it => LightOff(station, it.Task),
        StationEvent.Overdue it => TimesOverdue(station, it),
        StationEvent.ShownAgain => station,
        StationEvent.ToteDone it => station with { Totes = station.Totes.RemoveAll(tote => tote.Lpn == it.Lpn) },
        StationEvent.SlotCompleted it => station with
        {
            Slots = station.Slots.SetItem(it.Slot, station.Slots[it.Slot] with { Complete = true }),
        },
        StationEvent.SlotClosed it => Closed(station, it),
        StationEvent.SlotWithdrawn it => Free(station, it.Slot, it.Order),
        StationEvent.PressIgnored => station,
        _ => throw new UnknownEventException("station", happened),
    };

    private static StationState Light(StationState station, StationEvent.Lit lit)
    {
        var task = lit.Task;
        var current = station.Totes.FirstOrDefault();
        return station with
        {
            LastTask = station.LastTask + 1,
            Lit = station.Lit.Add(task.Slot, new(task, lit.At, 0)),
            Slot = station.Slot.Add(task.Id, task.Slot),
            Totes = task.Demand is { } demand
                ? station.Totes.SetItem(0, current! with { Unlit = current.Unlit.Remove(demand) })
                : station.Totes,
        };
    }

    private static StationState Picked(StationState station, PickTaskId id, int quantity, int shortPicks)
    {
        var task = station.LightOf(id)!.Task;
        var slot = station.Slots[task.Slot];
        return LightOff(station, id) with
        {
            Slots = station.Slots.SetItem(
                task.Slot,
                slot with
                {
                    Contents = With(slot.Contents, task.Demand!, quantity),
                    ShortPicks = slot.ShortPicks + shortPicks,
                }),
        };
    }

    private static ImmutableArray<ToteContent> With(
        ImmutableArray<ToteContent> contents, PickDemand demand, int quantity)
    {
        if (quantity == 0)
        {
            return contents;
        }

        var same = contents.FirstOrDefault(one => one.Sku == demand.Sku && one.Lot == demand.Lot);
        return same is null
            ? contents.Add(new(demand.Sku, demand.Lot, quantity))
            : contents.Replace(same, same with { Quantity = same.Quantity + quantity });
    }

    private static StationState LightOff(StationState station, PickTaskId id)
    {
        var slot = station.Slot[id];
        return station with
        {
            LastEnded = station.Lit[slot].Task,
            Lit = station.Lit.Remove(slot),
            Slot = station.Slot.Remove(id),
        };
    }

    private static StationState TimesOverdue(StationState station, StationEvent.Overdue overdue)
    {
        var slot = station.Slot[overdue.Task];
        return station with
        {
            Lit = station.Lit.SetItem(slot, station.Lit[slot] with { TimesOverdue = overdue.Times }),
        };
    }

    private static StationState Closed(StationState station, StationEvent.SlotClosed closed)
    {
        var dark = LightOff(station, station.Lit[closed.Slot].Task.Id);
        var remembered = dark.Closed.Length < ClosedLimit ? dark.Closed : dark.Closed.RemoveAt(0);
        return Free(dark, closed.Slot, closed.Order) with { Closed = remembered.Add(closed.Order) };
    }

    private static StationState Free(StationState station, int slot, OrderId order) => station with
    {
        Slots = station.Slots.Remove(slot),
        SlotOf = station.SlotOf.Remove(order),
    };

    private static void Check(StationState station)
    {
        if (station.Slots.Count != station.SlotOf.Count || station.Lit.Count != station.Slot.Count)
        {
            throw Broken(station, "its slots and orders, or its lights and tasks, do not match");
        }

        foreach (var (slot, lit) in station.Lit)
        {
            if (!station.Slots.TryGetValue(slot, out var used) || used.Order != lit.Task.Order)
            {
                throw Broken(station, $"the light of slot {slot} is on for {lit.Task.Order}, who does not have it");
            }

            if (lit.Task.Kind == PickTaskKind.Pick && (station.Totes.IsEmpty || station.Totes[0].Lpn != lit.Task.From))
            {
                throw Broken(station, $"{lit.Task.Id} asks for units of {lit.Task.From}, which is not before the picker");
            }
        }
    }

    private static BrokenInvariantException Broken(StationState station, string what) =>
        new("station", station.Station?.Text ?? "", what);
}
