using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Orders;

/// <summary>What an order knows of a reservation that it asked for.</summary>
public enum HoldStage
{
    /// <summary>Not answered yet.</summary>
    Asked,
    /// <summary>Held, and not all picked yet.</summary>
    Held,
    /// <summary>Refused.</summary>
    Lacked,
}

/// <summary>An order's reservation of one SKU: Quantity is what it still stands for, Picks is where those units lie once held.</summary>
[GenerateSerializer, Immutable, Alias("order-state.hold")]
public sealed record Hold(
    [property: Id(0)] int Attempt, [property: Id(1)] HoldStage Stage, [property: Id(2)] int Quantity,
    [property: Id(3)] ImmutableArray<TotePick> Picks);

/// <summary>
/// An order's units of one SKU. Each is in exactly one place: not allocated, on a hold, picked (of those: Returned), or
/// given up. Needed is what the lines ask for, less what was reversed before anything was allocated.
/// </summary>
[GenerateSerializer, Immutable, Alias("order-state.sku")]
public sealed record SkuProgress(
    [property: Id(0)] int Needed, [property: Id(1)] ImmutableArray<Hold> Holds,
    [property: Id(2)] ImmutableArray<LotQuantity> Picked, [property: Id(3)] int GivenUp,
    [property: Id(4)] ImmutableArray<LotQuantity> Returned)
{
    /// <summary>Units on holds that are asked for or held.</summary>
    [JsonIgnore]
    public int Open => Holds.Sum(hold => hold.Stage == HoldStage.Lacked ? 0 : hold.Quantity);

    /// <summary>Units in the order's tote, or that left in its parcel.</summary>
    [JsonIgnore]
    public int PickedUnits => Picked.Sum(lot => lot.Quantity);

    /// <summary>Units for which nothing has been asked.</summary>
    [JsonIgnore]
    public int Unallocated => Needed - Open - PickedUnits - GivenUp;
}

/// <summary>Why a warehouse could not take the order: this SKU.</summary>
[GenerateSerializer, Immutable, Alias("order-state.lack")]
public sealed record Lack(
    [property: Id(0)] WarehouseId Warehouse, [property: Id(1)] Sku Sku, [property: Id(2)] string Reason);

/// <summary>Where a warehouse collects the order, and the number of the parcel to be.</summary>
[GenerateSerializer, Immutable, Alias("order-state.collecting")]
public sealed record Collecting(
    [property: Id(0)] StationId Station, [property: Id(1)] int Slot, [property: Id(2)] Lpn Tote,
    [property: Id(3)] Sscc Sscc);

/// <summary>The order's closed parcel.</summary>
[GenerateSerializer, Immutable, Alias("order-state.parcel")]
public sealed record OrderParcel(
    [property: Id(0)] Sscc Sscc, [property: Id(1)] ImmutableArray<ToteContent> Contents,
    [property: Id(2)] long MassGrams, [property: Id(3)] Moment CollectAt, [property: Id(4)] Moment? ShippedAt);

/// <summary>What becomes of units that the customer takes back.</summary>
public enum ReversalStage
{
    /// <summary>They were never allocated: the line is smaller.</summary>
    Reduced,
    /// <summary>They travel, and come back as a return.</summary>
    Expected,
    /// <summary>They are back.</summary>
    Received,
}

/// <summary>Units of a line that the customer takes back.</summary>
[GenerateSerializer, Immutable, Alias("order-state.reversal")]
public sealed record Reversal(
    [property: Id(0)] string Id, [property: Id(1)] int Line, [property: Id(2)] int Quantity,
    [property: Id(3)] string Who, [property: Id(4)] ReversalStage Stage);

/// <summary>How far a cancellation is.</summary>
public enum UndoPhase
{
    /// <summary>Whoever has the order (warehouse queue, station, parcel) is asked to let go of it.</summary>
    Withdrawing,
    /// <summary>The station let go; news of picks that it counted is still on the way.</summary>
    Counting,
    /// <summary>A place in the rack is asked for the tote with the goods.</summary>
    PuttingAway,
    /// <summary>Everything is asked for; confirmations come in.</summary>
    Confirming,
}

/// <summary>One thing that is being undone: who has to confirm it, and what it is.</summary>
[GenerateSerializer, Immutable, Alias("order-state.undo-step")]
public sealed record UndoStep([property: Id(0)] StreamId By, [property: Id(1)] string What);

/// <summary>A cancellation: from which stage, why and by whom; what the tote holds and how many picks were short, by the
/// station's count; what is not confirmed yet.</summary>
[GenerateSerializer, Immutable, Alias("order-state.cancellation")]
public sealed record Cancellation(
    [property: Id(0)] OrderStage From, [property: Id(1)] string Reason, [property: Id(2)] string Who,
    [property: Id(3)] UndoPhase Phase, [property: Id(4)] ImmutableArray<ToteContent> Contents,
    [property: Id(5)] int ShortPicks, [property: Id(6)] ImmutableArray<UndoStep> Open);

/// <summary>Something that was refused for the time being.</summary>
[GenerateSerializer, Immutable, Alias("order-state.delay")]
public sealed record Delay(
    [property: Id(0)] OrderAsk Ask, [property: Id(1)] string Reason, [property: Id(2)] Moment Until);

/// <summary>
/// An order and all that it knows of its way through the house.
/// </summary>
/// <param name="Stage">Where it stands.</param>
/// <param name="Draft">What was ordered; null before it is placed.</param>
/// <param name="Skus">Its units by SKU.</param>
/// <param name="Attempt">Number of the last reservation attempt; attempts count from 1 and never repeat.</param>
/// <param name="Warehouse">Where stock was asked for last; once allocated, where it is shipped from.</param>
/// <param name="Rounds">How often all candidates were asked in vain.</param>
/// <param name="Lacks">What the candidates lack, in this round of asking.</param>
/// <param name="RetryAt">When they are asked again, while the order awaits stock.</param>
/// <param name="Collecting">Where it is collected; null until a warehouse released it.</param>
/// <param name="Finished">True once every unit that will come is in the tote.</param>
/// <param name="PickTasks">Tasks whose picks are counted.</param>
/// <param name="ShortTasks">Tasks whose shortages are counted.</param>
/// <param name="Parcel">Its parcel; null until packed.</param>
/// <param name="Reversals">What the customer took back.</param>
/// <param name="Cancel">Its cancellation; stays when that came too late.</param>
/// <param name="Delay">What was refused for the time being.</param>
/// <param name="Because">Why it awaits stock, was cancelled or closed.</param>
[GenerateSerializer, Immutable, Alias("order-state")]
public sealed record OrderState(
    [property: Id(0)] OrderStage Stage, [property: Id(1)] OrderDraft? Draft,
    [property: Id(2)] ImmutableSortedDictionary<Sku, SkuProgress> Skus, [property: Id(3)] int Attempt,
    [property: Id(4)] WarehouseId? Warehouse, [property: Id(5)] int Rounds,
    [property: Id(6)] ImmutableArray<Lack> Lacks, [property: Id(7)] Moment? RetryAt,
    [property: Id(8)] Collecting? Collecting, [property: Id(9)] bool Finished,
    [property: Id(10)] ImmutableSortedSet<PickTaskId> PickTasks,
    [property: Id(11)] ImmutableSortedSet<PickTaskId> ShortTasks, [property: Id(12)] OrderParcel? Parcel,
    [property: Id(13)] ImmutableArray<Reversal> Reversals, [property: Id(14)] Cancellation? Cancel,
    [property: Id(15)] Delay? Delay, [property: Id(16)] string Because)
{
    /// <summary>An order that nobody has placed.</summary>
    public static OrderState None { get; } = new(
        OrderStage.None, null, ImmutableSortedDictionary<Sku, SkuProgress>.Empty, 0, null, 0, [], null, null, false,
        ImmutableSortedSet<PickTaskId>.Empty, ImmutableSortedSet<PickTaskId>.Empty, null, [], null, null, "");

    /// <summary>Why it stands where it stands, for people.</summary>
    [JsonIgnore]
    public string Reason => OrderReason.Of(this);

    /// <summary>The order's id; only of a placed order.</summary>
    [JsonIgnore]
    public OrderId Id => Draft!.Id;

    /// <summary>True when nothing will happen to it any more (but for returns of a shipped order).</summary>
    [JsonIgnore]
    public bool IsFinal => Stage is OrderStage.Shipped or OrderStage.Cancelled or OrderStage.Closed;

    /// <summary>Everything picked, by SKU and lot, in order.</summary>
    public ImmutableArray<ToteContent> PickedContents() =>
        [.. from sku in Skus
            from lot in sku.Value.Picked.OrderBy(it => it.Lot)
            select new ToteContent(sku.Key, lot.Lot, lot.Quantity)];

    /// <summary>The reservation of an attempt of this order.</summary>
    public ReservationId Reservation(int attempt) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Id}/{attempt}"));

    /// <summary>Units of a line that are not reversed.</summary>
    public int LeftOf(OrderLine line) =>
        line.Quantity - Reversals.Where(reversal => reversal.Line == line.Number).Sum(reversal => reversal.Quantity);
}
