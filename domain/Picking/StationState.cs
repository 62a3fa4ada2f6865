using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Picking;

/// <summary>A slot in use.</summary>
/// <param name="Order">Whose order is collected there.</param>
/// <param name="Tote">In which tote.</param>
/// <param name="Contents">What was put into it so far.</param>
/// <param name="Complete">True when the order will get nothing more: the slot can be closed.</param>
/// <param name="ShortPicks">How many of its picks found less than the book said.</param>
[GenerateSerializer, Immutable, Alias("station.slot")]
public sealed record StationSlot(
    [property: Id(0)] OrderId Order, [property: Id(1)] Lpn Tote,
    [property: Id(2)] ImmutableArray<ToteContent> Contents, [property: Id(3)] bool Complete,
    [property: Id(4)] int ShortPicks);

/// <summary>A tote before the picker, or in the queue for it.</summary>
/// <param name="Lpn">The tote.</param>
/// <param name="Unlit">What is still to be shown; a slot has one tag, so its second demand waits for the first.</param>
[GenerateSerializer, Immutable, Alias("station.presented-tote")]
public sealed record PresentedTote([property: Id(0)] Lpn Lpn, [property: Id(1)] ImmutableArray<PickDemand> Unlit);

/// <summary>A light that is on.</summary>
/// <param name="Task">What it asks for.</param>
/// <param name="Since">When it was lit first.</param>
/// <param name="TimesOverdue">How often it was looked after.</param>
[GenerateSerializer, Immutable, Alias("station.lit-task")]
public sealed record LitTask(
    [property: Id(0)] PickTask Task, [property: Id(1)] Moment Since, [property: Id(2)] int TimesOverdue);

/// <summary>A pick station.</summary>
/// <param name="Station">Null before it is in service.</param>
/// <param name="SlotCount">How many slots it has; they count from 1.</param>
/// <param name="Slots">The slots in use.</param>
/// <param name="SlotOf">The slot of each order that has one.</param>
/// <param name="Totes">The tote before the picker, then those in the queue.</param>
/// <param name="Lit">The light of each slot that has one on.</param>
/// <param name="Slot">The slot of each lit task.</param>
/// <param name="LastTask">The number of the latest task.</param>
/// <param name="LastEnded">The task that ended last.</param>
/// <param name="Closed">The orders whose slots were closed last, so that a late cancel hears why it is late.</param>
[GenerateSerializer, Immutable, Alias("station-state")]
public sealed record StationState(
    [property: Id(0)] StationId? Station, [property: Id(1)] int SlotCount,
    [property: Id(2)] ImmutableSortedDictionary<int, StationSlot> Slots,
    [property: Id(3)] ImmutableSortedDictionary<OrderId, int> SlotOf,
    [property: Id(4)] ImmutableArray<PresentedTote> Totes,
    [property: Id(5)] ImmutableSortedDictionary<int, LitTask> Lit,
    [property: Id(6)] ImmutableSortedDictionary<PickTaskId, int> Slot,
    [property: Id(7)] int LastTask,
    [property: Id(8)] PickTask? LastEnded,
    [property: Id(9)] ImmutableArray<OrderId> Closed)
{
    /// <summary>A station that is not in service.</summary>
    public static StationState Initial { get; } = new(
        null, 0, ImmutableSortedDictionary<int, StationSlot>.Empty, ImmutableSortedDictionary<OrderId, int>.Empty, [],
        ImmutableSortedDictionary<int, LitTask>.Empty, ImmutableSortedDictionary<PickTaskId, int>.Empty, 0, null, []);

    /// <summary>The light of a task while it is on.</summary>
    public LitTask? LightOf(PickTaskId task) => Slot.TryGetValue(task, out var slot) ? Lit[slot] : null;

    /// <summary>True when the order still has the demand's slot.</summary>
    public bool Wants(PickDemand demand) => Slots.TryGetValue(demand.Slot, out var slot) && slot.Order == demand.Order;
}
