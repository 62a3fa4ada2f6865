using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Domain.Picking;

/// <summary>
/// A pick station: totes come before the picker one after another, lights say how much goes into which slot, and each
/// press counts once. After every decision the lights are brought up to date (<see cref="StationLights"/>).
/// </summary>
public static partial class StationDecider
{
    /// <summary>After how long an unanswered light is looked after first, in warehouse time; each time it doubles.</summary>
    public const long LookAfterMilliseconds = 60_000;

    /// <summary>The longest time between two looks after a light.</summary>
    public const long LongestLookAfterMilliseconds = 3_600_000;

    /// <summary>How many closed orders are remembered.</summary>
    public const int ClosedLimit = 256;

    /// <summary>The noun.</summary>
    public static Decider<StationState> Decider { get; } =
        new("station", 1, StationState.Initial, Decide, Evolve, React, Check);

    private static Decision Decide(StationState station, Command command, Moment at)
    {
        var decision = (command, station) switch
        {
            (Answered, _) => Decision.Nothing,
            (StationCommand.Open open, { Station: null }) =>
                Decision.Accept(new StationEvent.Opened(open.Station, open.Slots)),
            (_, { Station: null }) => Decision.Refuse(StationRefusal.NotOpen, "the station is not in service"),
            (StationCommand.Open open, _) => (station.Station, station.SlotCount) == (open.Station, open.Slots)
                ? Decision.Nothing
                : Decision.Refuse(
                    StationRefusal.AnotherStation, $"{station.Station} has {station.SlotCount} slots"),
            (StationCommand.OpenSlot open, _) => OpenSlot(station, open),
            (StationCommand.Present present, _) => station.Totes.Any(tote => tote.Lpn == present.Lpn)
                ? Decision.Nothing
                : Decision.Accept(new StationEvent.ToteArrived(present.Lpn, present.Demands)),
            (StationCommand.CloseSlot close, _) => CloseSlot(station, close),
            (StationCommand.Withdraw withdraw, _) => Withdraw(station, withdraw),
            (StationCommand.LookAfter look, _) => LookAfter(station, look, at),
            (Signalled { Signal: DeviceSignal.ButtonPressed press }, _) => Pressed(station, press),
            (NotTaken { Command: MachineCommand.ShowPick show } refused, _) => NotShown(station, show, refused, at),
            (Signalled or NotTaken, _) => Decision.Nothing,
            _ => throw new UnreachableCommandException("station", command),
        };
        return decision.Events.IsEmpty
            ? decision
            : decision with { Events = decision.Events.AddRange(LightsAfter(station, decision.Events, at)) };
    }

    private static ImmutableArray<Event> LightsAfter(StationState station, ImmutableArray<Event> events, Moment at) =>
        StationLights.Next(events.Aggregate(station, Evolve), Evolve, at);

    private static Decision OpenSlot(StationState station, StationCommand.OpenSlot open) =>
        station.Slots.TryGetValue(open.Slot, out var slot) && slot.Order == open.Order ? Decision.Nothing
        : open.Slot < 1 || open.Slot > station.SlotCount
            ? Decision.Refuse(StationRefusal.SlotTaken, $"{station.Station} has slots 1 to {station.SlotCount}, no {open.Slot}")
        : slot is not null
            ? Decision.Refuse(StationRefusal.SlotTaken, $"slot {open.Slot} of {station.Station} collects {slot.Order}")
        : station.SlotOf.TryGetValue(open.Order, out var other)
            ? Decision.Refuse(StationRefusal.SlotTaken, $"{open.Order} is collected in slot {other} already")
            : Decision.Accept(new StationEvent.SlotOpened(open.Slot, open.Order, open.Tote));

    /// <summary>The slot's own light follows when none of its picks is lit any more.</summary>
    private static Decision CloseSlot(StationState station, StationCommand.CloseSlot close) =>
        !station.SlotOf.TryGetValue(close.Order, out var slot) ? Absent(station, close.Order)
        : station.Slots[slot].Complete ? Decision.Nothing
        : Decision.Accept(new StationEvent.SlotCompleted(slot, close.Order));

    private static Decision Withdraw(StationState station, StationCommand.Withdraw withdraw)
    {
        if (!station.SlotOf.TryGetValue(withdraw.Order, out var number))
        {
            return Absent(station, withdraw.Order);
        }

        var slot = station.Slots[number];
        var events = ImmutableArray.Create<Event>();
        if (station.Lit.TryGetValue(number, out var lit))
        {
            events = events.Add(new StationEvent.PutOut(lit.Task.Id, $"{withdraw.Order} is cancelled"));
        }

        events = events.Add(new StationEvent.SlotWithdrawn(number, slot.Order, slot.Tote));
        return Decision.Accept(new WithdrawnWith(slot.Tote, slot.Contents, slot.ShortPicks), events);
    }

    private static Decision Absent(StationState station, Orders.OrderId order) =>
        station.Closed.Contains(order)
            ? Decision.Refuse(StationRefusal.AlreadyClosed, $"the slot of {order} at {station.Station} is closed")
            : Decision.Refuse(StationRefusal.Unknown, $"{station.Station} does not collect {order}");

    private static Decision LookAfter(StationState station, StationCommand.LookAfter look, Moment at) =>
        station.LightOf(look.Task) is { } lit && lit.TimesOverdue == look.Times
            ? Decision.Accept(new StationEvent.Overdue(look.Task, look.Times + 1, at))
            : Decision.Nothing;

    /// <summary>A tag that refuses is left to the look-after; one that was not reached in time is tried again at once.</summary>
    private static Decision NotShown(
        StationState station, MachineCommand.ShowPick show, NotTaken refused, Moment at) =>
        refused.Outcome == CommandOutcome.Expired && station.LightOf(show.Task) is not null
            ? Decision.Accept(new StationEvent.ShownAgain(show.Task, refused.Reason, at))
            : Decision.Nothing;

    private static Decision Pressed(StationState station, DeviceSignal.ButtonPressed press)
    {
        if (station.LightOf(press.Task) is not { Task: var task })
        {
            return Decision.Accept(new StationEvent.PressIgnored(press.Task, "no such light is on"));
        }

        if (task.Demand is not { } demand)
        {
            return Decision.Accept(new StationEvent.SlotClosed(task.Slot, task.Order, task.From));
        }

        var taken = press.Kind == PressKind.Confirm
            ? demand.Quantity
            : Math.Clamp(press.Quantity, 0, demand.Quantity);
        return taken == demand.Quantity
            ? Decision.Accept(new StationEvent.Confirmed(task.Id, taken))
            : Decision.Accept(new StationEvent.ShortPicked(task.Id, taken, demand.Quantity - taken));
    }
}
