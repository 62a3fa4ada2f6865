using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Picking;

/// <summary>So many units of a reservation to be taken from the presented tote into an order's slot.</summary>
[GenerateSerializer, Immutable, Alias("station.demand")]
public sealed record PickDemand(
    [property: Id(0)] ReservationId Reservation, [property: Id(1)] OrderId Order, [property: Id(2)] int Slot,
    [property: Id(3)] Sku Sku, [property: Id(4)] LotId Lot, [property: Id(5)] int Quantity);

/// <summary>
/// The detail of an accepted withdrawal: what the station has put into the order's tote in all, and how many times it
/// found less than the book said, for the order to compare with what it heard.
/// </summary>
[GenerateSerializer, Immutable, Alias("station.withdrawn-with")]
public sealed record WithdrawnWith(
    [property: Id(0)] Lpn Tote, [property: Id(1)] ImmutableArray<ToteContent> Contents,
    [property: Id(2)] int ShortPicks = 0) : AnswerDetail;

/// <summary>What a pick station is told.</summary>
[GenerateSerializer, Immutable, Alias("station.command")]
public abstract record StationCommand : Command
{
    private StationCommand() { }

    /// <summary>The station is in service with so many slots, each with a pick-to-light tag of its own.</summary>
    [GenerateSerializer, Immutable, Alias("station.open")]
    public sealed record Open([property: Id(0)] StationId Station, [property: Id(1)] int Slots) : StationCommand;

    /// <summary>An empty tote stands in the slot and collects the order.</summary>
    [GenerateSerializer, Immutable, Alias("station.open-slot")]
    public sealed record OpenSlot(
        [property: Id(0)] int Slot, [property: Id(1)] OrderId Order, [property: Id(2)] Lpn Tote) : StationCommand;

    /// <summary>A vehicle presents a tote; light the slots that need of it.</summary>
    [GenerateSerializer, Immutable, Alias("station.present")]
    public sealed record Present(
        [property: Id(0)] Lpn Lpn, [property: Id(1)] ImmutableArray<PickDemand> Demands) : StationCommand;

    /// <summary>The order has all it will get: let the picker close the slot.</summary>
    [GenerateSerializer, Immutable, Alias("station.close-slot")]
    public sealed record CloseSlot([property: Id(0)] OrderId Order) : StationCommand;

    /// <summary>The order is cancelled: lights off, no more picks for it. Answered with <see cref="WithdrawnWith"/>; refused once the slot is closed.</summary>
    [GenerateSerializer, Immutable, Alias("station.withdraw")]
    public sealed record Withdraw([property: Id(0)] OrderId Order) : StationCommand;

    /// <summary>A light has been on for long (a deadline).</summary>
    [GenerateSerializer, Immutable, Alias("station.look-after")]
    public sealed record LookAfter([property: Id(0)] PickTaskId Task, [property: Id(1)] int Times) : StationCommand;
}

/// <summary>What a lit tag asks of the picker.</summary>
public enum PickTaskKind
{
    /// <summary>Take units from the presented tote into the slot.</summary>
    Pick,
    /// <summary>Close the slot: its order is complete.</summary>
    Close,
}

/// <summary>One light: where, for what, of which tote. For a close the demand's quantity is 0 and From is the order's own tote.</summary>
[GenerateSerializer, Immutable, Alias("station.task")]
public sealed record PickTask(
    [property: Id(0)] PickTaskId Id, [property: Id(1)] PickTaskKind Kind, [property: Id(2)] int Slot,
    [property: Id(3)] OrderId Order, [property: Id(4)] Lpn From, [property: Id(5)] PickDemand? Demand);

/// <summary>What happens to a pick station.</summary>
[GenerateSerializer, Immutable, Alias("station.event")]
public abstract record StationEvent : Event
{
    private StationEvent() { }

    /// <summary>The station is in service.</summary>
    [GenerateSerializer, Immutable, Alias("station.opened")]
    public sealed record Opened([property: Id(0)] StationId Station, [property: Id(1)] int Slots) : StationEvent;

    /// <summary>The slot collects an order.</summary>
    [GenerateSerializer, Immutable, Alias("station.slot-opened")]
    public sealed record SlotOpened(
        [property: Id(0)] int Slot, [property: Id(1)] OrderId Order, [property: Id(2)] Lpn Tote) : StationEvent;

    /// <summary>A tote stands before the picker, or behind those that came earlier.</summary>
    [GenerateSerializer, Immutable, Alias("station.tote-arrived")]
    public sealed record ToteArrived(
        [property: Id(0)] Lpn Lpn, [property: Id(1)] ImmutableArray<PickDemand> Demands) : StationEvent;

    /// <summary>A tag was lit.</summary>
    [GenerateSerializer, Immutable, Alias("station.lit")]
    public sealed record Lit([property: Id(0)] PickTask Task, [property: Id(1)] Moment At) : StationEvent;

    /// <summary>The picker confirmed: so many units went into the slot.</summary>
    [GenerateSerializer, Immutable, Alias("station.pick-confirmed")]
    public sealed record Confirmed([property: Id(0)] PickTaskId Task, [property: Id(1)] int Quantity) : StationEvent;

    /// <summary>The picker found fewer: Taken went into the slot, Missing were not there.</summary>
    [GenerateSerializer, Immutable, Alias("station.pick-short")]
    public sealed record ShortPicked(
        [property: Id(0)] PickTaskId Task, [property: Id(1)] int Taken, [property: Id(2)] int Missing) : StationEvent;

    /// <summary>The tag was put out without a pick.</summary>
    [GenerateSerializer, Immutable, Alias("station.put-out")]
    public sealed record PutOut([property: Id(0)] PickTaskId Task, [property: Id(1)] string Reason) : StationEvent;

    /// <summary>The tag was lit for long without a press; it is shown again.</summary>
    [GenerateSerializer, Immutable, Alias("station.overdue")]
    public sealed record Overdue(
        [property: Id(0)] PickTaskId Task, [property: Id(1)] int Times, [property: Id(2)] Moment At) : StationEvent;

    /// <summary>The tag had not got the order to light up in time; it gets it again, as the same task.</summary>
    [GenerateSerializer, Immutable, Alias("station.shown-again")]
    public sealed record ShownAgain(
        [property: Id(0)] PickTaskId Task, [property: Id(1)] string Reason, [property: Id(2)] Moment At) : StationEvent;

    /// <summary>The presented tote may go.</summary>
    [GenerateSerializer, Immutable, Alias("station.tote-done")]
    public sealed record ToteDone([property: Id(0)] Lpn Lpn) : StationEvent;

    /// <summary>The slot's order has all it will get; the picker shall close it.</summary>
    [GenerateSerializer, Immutable, Alias("station.slot-completed")]
    public sealed record SlotCompleted([property: Id(0)] int Slot, [property: Id(1)] OrderId Order) : StationEvent;

    /// <summary>The slot's order is complete and its tote on the way to be packed.</summary>
    [GenerateSerializer, Immutable, Alias("station.slot-closed")]
    public sealed record SlotClosed(
        [property: Id(0)] int Slot, [property: Id(1)] OrderId Order, [property: Id(2)] Lpn Tote) : StationEvent;

    /// <summary>The slot's order was cancelled; its tote goes back.</summary>
    [GenerateSerializer, Immutable, Alias("station.slot-withdrawn")]
    public sealed record SlotWithdrawn(
        [property: Id(0)] int Slot, [property: Id(1)] OrderId Order, [property: Id(2)] Lpn Tote) : StationEvent;

    /// <summary>A press that asked for nothing open was heard and not counted.</summary>
    [GenerateSerializer, Immutable, Alias("station.press-ignored")]
    public sealed record PressIgnored([property: Id(0)] PickTaskId Task, [property: Id(1)] string Reason) : StationEvent;
}

/// <summary>Why a station says no, in the order in which it is checked.</summary>
public enum StationRefusal
{
    /// <summary>The station is not in service.</summary>
    NotOpen,
    /// <summary>It is in service with other slots.</summary>
    AnotherStation,
    /// <summary>There is no such slot, or another order has it.</summary>
    SlotTaken,
    /// <summary>The station does not know this order.</summary>
    Unknown,
    /// <summary>The slot is closed; the order is on the way to be packed.</summary>
    AlreadyClosed,
}
