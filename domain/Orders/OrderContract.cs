using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Orders;

/// <summary>One line of goods. The price is of one unit, in minor units of the order's currency.</summary>
[GenerateSerializer, Immutable, Alias("order.line")]
public sealed record OrderLine(
    [property: Id(0)] int Number, [property: Id(1)] Sku Sku, [property: Id(2)] int Quantity,
    [property: Id(3)] long UnitPriceMinor);

/// <summary>Something to pay that is no goods: postage, a fee, a voucher.</summary>
[GenerateSerializer, Immutable, Alias("order.charge")]
public sealed record OrderCharge(
    [property: Id(0)] int Number, [property: Id(1)] string Code, [property: Id(2)] string Kind,
    [property: Id(3)] long AmountMinor);

/// <summary>Where the parcel goes. The position is in micro-degrees (WGS 84), resolved at intake.</summary>
[GenerateSerializer, Immutable, Alias("order.ship-to")]
public sealed record ShipTo(
    [property: Id(0)] string Name, [property: Id(1)] string Street, [property: Id(2)] string City,
    [property: Id(3)] string Postcode, [property: Id(4)] string Country,
    [property: Id(5), LookedUp] int LatitudeMicrodegrees, [property: Id(6), LookedUp] int LongitudeMicrodegrees);

/// <summary>
/// An order as its channel sent it, normalised. Candidates (the warehouses that may ship it, nearest first) and
/// UnitMassGrams (of every SKU of the lines) are facts resolved at intake; ExternalId is kept whole because the key may
/// hold only its digest.
/// </summary>
[GenerateSerializer, Immutable, Alias("order.draft")]
public sealed record OrderDraft(
    [property: Id(0)] OrderId Id, [property: Id(1)] string ExternalId, [property: Id(2)] string Customer,
    [property: Id(3)] ShipTo ShipTo, [property: Id(4)] string Currency,
    [property: Id(5)] string PaymentReference, [property: Id(6)] int Priority,
    [property: Id(7)] Moment PlacedAt, [property: Id(8)] ImmutableArray<OrderLine> Lines,
    [property: Id(9)] ImmutableArray<OrderCharge> Charges,
    [property: Id(10), LookedUp] ImmutableArray<WarehouseId> Candidates,
    [property: Id(11), LookedUp] ImmutableSortedDictionary<Sku, int> UnitMassGrams);

/// <summary>Something that an order asks of another stream and that may have to wait: it is asked again later.</summary>
public enum OrderAsk
{
    /// <summary>That the station lets the picker close the slot.</summary>
    CloseSlot,
    /// <summary>That the warehouse takes the queued order out again.</summary>
    WithdrawFromWarehouse,
    /// <summary>That the station stops picking for the order.</summary>
    WithdrawFromStation,
    /// <summary>That the parcel is not handed over.</summary>
    VoidParcel,
    /// <summary>That the warehouse takes the order's tote, with what is in it, into the rack.</summary>
    PutAway,
}

/// <summary>What an order is told.</summary>
[GenerateSerializer, Immutable, Alias("order.command")]
public abstract record OrderCommand : Command
{
    private OrderCommand() { }

    /// <summary>Take the order. The same draft again is the same order; another one under the same id is refused.</summary>
    [GenerateSerializer, Immutable, Alias("order.place")]
    public sealed record Place([property: Id(0)] OrderDraft Draft) : OrderCommand;

    /// <summary>Cancel the whole order, wherever it is; refused once a carrier has it.</summary>
    [GenerateSerializer, Immutable, Alias("order.cancel")]
    public sealed record Cancel([property: Id(0)] string Reason, [property: Id(1)] string Who) : OrderCommand;

    /// <summary>
    /// The customer takes back units of a line. Not yet released to a station: the line gets smaller. Later: the goods
    /// travel and come back as a return. Line is the line's number.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("order.reverse")]
    public sealed record Reverse(
        [property: Id(0)] string Reversal, [property: Id(1)] int Line, [property: Id(2)] int Quantity,
        [property: Id(3)] string Who) : OrderCommand;

    /// <summary>Look for stock again (a deadline).</summary>
    [GenerateSerializer, Immutable, Alias("order.retry")]
    public sealed record Retry([property: Id(0)] int Attempt) : OrderCommand;

    /// <summary>Ask again for what was refused for the time being (a deadline).</summary>
    [GenerateSerializer, Immutable, Alias("order.ask-again")]
    public sealed record AskAgain([property: Id(0)] OrderAsk Ask) : OrderCommand;

    /// <summary>The warehouse gave the order a slot at a station, a tote to collect it and a parcel number to ship it under.</summary>
    [GenerateSerializer, Immutable, Alias("order.released")]
    public sealed record Released(
        [property: Id(0)] StationId Station, [property: Id(1)] int Slot, [property: Id(2)] Lpn Tote,
        [property: Id(3)] Sscc Sscc) : OrderCommand;

    /// <summary>A picker put units of a reservation into the order's tote.</summary>
    [GenerateSerializer, Immutable, Alias("order.picked")]
    public sealed record Picked(
        [property: Id(0)] PickTaskId Task, [property: Id(1)] ReservationId Reservation,
        [property: Id(2)] Sku Sku, [property: Id(3)] LotId Lot, [property: Id(4)] Lpn From,
        [property: Id(5)] int Quantity) : OrderCommand;

    /// <summary>A picker found fewer than the book said.</summary>
    [GenerateSerializer, Immutable, Alias("order.short")]
    public sealed record Short(
        [property: Id(0)] PickTaskId Task, [property: Id(1)] ReservationId Reservation,
        [property: Id(2)] Sku Sku, [property: Id(3)] LotId Lot, [property: Id(4)] Lpn From,
        [property: Id(5)] int Missing) : OrderCommand;

    /// <summary>The station closed the slot: everything asked for is in the tote.</summary>
    [GenerateSerializer, Immutable, Alias("order.collected")]
    public sealed record Collected([property: Id(0)] StationId Station, [property: Id(1)] Lpn Tote) : OrderCommand;

    /// <summary>The carrier has the parcel.</summary>
    [GenerateSerializer, Immutable, Alias("order.parcel-shipped")]
    public sealed record ParcelShipped([property: Id(0)] Sscc Sscc, [property: Id(1)] Moment At) : OrderCommand;

    /// <summary>A reversed unit that had to travel is back (a deadline; the goods stand in the returns tote).</summary>
    [GenerateSerializer, Immutable, Alias("order.return-arrived")]
    public sealed record ReturnArrived([property: Id(0)] string Reversal) : OrderCommand;
}

/// <summary>Why an order stands where it stands.</summary>
public enum OrderStage
{
    /// <summary>Not placed yet.</summary>
    None,
    /// <summary>Stock is being asked for in a warehouse.</summary>
    Allocating,
    /// <summary>No warehouse has all of it; asked again from time to time.</summary>
    AwaitingStock,
    /// <summary>Everything is held in one warehouse; waiting for a slot at a station.</summary>
    Allocated,
    /// <summary>Being picked at a station.</summary>
    Picking,
    /// <summary>In its parcel, waiting for the carrier.</summary>
    Packed,
    /// <summary>With the carrier. Final.</summary>
    Shipped,
    /// <summary>Being undone.</summary>
    Cancelling,
    /// <summary>Undone. Final.</summary>
    Cancelled,
    /// <summary>There is nothing to ship (charges only, or every unit reversed). Final.</summary>
    Closed,
}

/// <summary>What happens to an order.</summary>
[GenerateSerializer, Immutable, Alias("order.event")]
public abstract record OrderEvent : Event
{
    private OrderEvent() { }

    /// <summary>The order is in the house.</summary>
    [GenerateSerializer, Immutable, Alias("order.placed")]
    public sealed record Placed([property: Id(0)] OrderDraft Draft) : OrderEvent;

    /// <summary>Stock is asked for: one reservation of all units per SKU, in one warehouse.</summary>
    [GenerateSerializer, Immutable, Alias("order.allocation-started")]
    public sealed record AllocationStarted(
        [property: Id(0)] int Attempt, [property: Id(1)] WarehouseId Warehouse) : OrderEvent;

    /// <summary>A SKU's units are held.</summary>
    [GenerateSerializer, Immutable, Alias("order.held")]
    public sealed record Held(
        [property: Id(0)] int Attempt, [property: Id(1)] Sku Sku,
        [property: Id(2)] ImmutableArray<TotePick> Picks) : OrderEvent;

    /// <summary>A SKU's units could not be held, for this reason.</summary>
    [GenerateSerializer, Immutable, Alias("order.lacked")]
    public sealed record Lacked(
        [property: Id(0)] int Attempt, [property: Id(1)] Sku Sku, [property: Id(2)] string Reason) : OrderEvent;

    /// <summary>What a failed or abandoned attempt held (or may still come to hold) is given back.</summary>
    [GenerateSerializer, Immutable, Alias("order.allocation-undone")]
    public sealed record AllocationUndone(
        [property: Id(0)] int Attempt, [property: Id(1)] ImmutableArray<Sku> Skus) : OrderEvent;

    /// <summary>All units are held in this warehouse.</summary>
    [GenerateSerializer, Immutable, Alias("order.allocated")]
    public sealed record Allocated([property: Id(0)] WarehouseId Warehouse) : OrderEvent;

    /// <summary>No candidate had everything; the reason names what lacked. Asked again at the given time.</summary>
    [GenerateSerializer, Immutable, Alias("order.stock-awaited")]
    public sealed record StockAwaited([property: Id(0)] string Reason, [property: Id(1)] Moment RetryAt) : OrderEvent;

    /// <summary>A station collects the order now.</summary>
    [GenerateSerializer, Immutable, Alias("order.picking-begun")]
    public sealed record PickingBegun(
        [property: Id(0)] StationId Station, [property: Id(1)] int Slot, [property: Id(2)] Lpn Tote,
        [property: Id(3)] Sscc Sscc) : OrderEvent;

    /// <summary>Units are in the order's tote.</summary>
    [GenerateSerializer, Immutable, Alias("order.units-picked")]
    public sealed record UnitsPicked(
        [property: Id(0)] PickTaskId Task, [property: Id(1)] ReservationId Reservation,
        [property: Id(2)] Sku Sku, [property: Id(3)] LotId Lot, [property: Id(4)] Lpn From,
        [property: Id(5)] int Quantity) : OrderEvent;

    /// <summary>
    /// Units were not where the book said. They are asked for again in the same warehouse under the reservation of
    /// Attempt; null when the order is being cancelled and wants them no more.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("order.units-missing")]
    public sealed record UnitsMissing(
        [property: Id(0)] PickTaskId Task, [property: Id(1)] ReservationId Reservation,
        [property: Id(2)] Sku Sku, [property: Id(3)] LotId Lot, [property: Id(4)] Lpn From,
        [property: Id(5)] int Quantity, [property: Id(6)] int? Attempt) : OrderEvent;

    /// <summary>Units will not come: nothing is left of them in the warehouse.</summary>
    [GenerateSerializer, Immutable, Alias("order.units-given-up")]
    public sealed record UnitsGivenUp(
        [property: Id(0)] Sku Sku, [property: Id(1)] int Quantity, [property: Id(2)] string Reason) : OrderEvent;

    /// <summary>Every unit that will come is in the tote, and the station was asked to close the slot.</summary>
    [GenerateSerializer, Immutable, Alias("order.picking-finished")]
    public sealed record PickingFinished : OrderEvent;

    /// <summary>The parcel is closed.</summary>
    [GenerateSerializer, Immutable, Alias("order.packed")]
    public sealed record Packed(
        [property: Id(0)] Sscc Sscc, [property: Id(1)] ImmutableArray<ToteContent> Contents,
        [property: Id(2)] long MassGrams, [property: Id(3)] Moment CollectAt) : OrderEvent;

    /// <summary>The carrier has it.</summary>
    [GenerateSerializer, Immutable, Alias("order.shipped")]
    public sealed record Shipped([property: Id(0)] Sscc Sscc, [property: Id(1)] Moment At) : OrderEvent;

    /// <summary>A line got smaller before picking.</summary>
    [GenerateSerializer, Immutable, Alias("order.reduced")]
    public sealed record Reduced(
        [property: Id(0)] string Reversal, [property: Id(1)] int Line, [property: Id(2)] int Quantity,
        [property: Id(3)] string Who) : OrderEvent;

    /// <summary>Units that the customer takes back are on their way out already; they will come back as a return.</summary>
    [GenerateSerializer, Immutable, Alias("order.return-expected")]
    public sealed record ReturnExpected(
        [property: Id(0)] string Reversal, [property: Id(1)] int Line, [property: Id(2)] int Quantity,
        [property: Id(3)] string Who) : OrderEvent;

    /// <summary>They are back, in quarantine.</summary>
    [GenerateSerializer, Immutable, Alias("order.return-received")]
    public sealed record ReturnReceived(
        [property: Id(0)] string Reversal, [property: Id(1)] Sku Sku,
        [property: Id(2)] ImmutableArray<LotQuantity> Lots) : OrderEvent;

    /// <summary>Somebody wants the order undone; it is being undone from the stage it was in.</summary>
    [GenerateSerializer, Immutable, Alias("order.cancelling")]
    public sealed record Cancelling(
        [property: Id(0)] OrderStage From, [property: Id(1)] string Reason, [property: Id(2)] string Who) : OrderEvent;

    /// <summary>The station stopped picking for the order; by its own count the tote holds this, and so many picks were short.</summary>
    [GenerateSerializer, Immutable, Alias("order.withdrawn")]
    public sealed record Withdrawn(
        [property: Id(0)] Lpn Tote, [property: Id(1)] ImmutableArray<ToteContent> Contents,
        [property: Id(2)] int ShortPicks) : OrderEvent;

    /// <summary>The order has heard of every pick that the station counted: the rest can be given back.</summary>
    [GenerateSerializer, Immutable, Alias("order.picks-agreed")]
    public sealed record PicksAgreed : OrderEvent;

    /// <summary>The tote with the order's goods goes into this aisle's rack: they are stock again, in this tote.</summary>
    [GenerateSerializer, Immutable, Alias("order.put-away-planned")]
    public sealed record PutAwayPlanned(
        [property: Id(0)] Lpn Tote, [property: Id(1)] AisleId Aisle) : OrderEvent;

    /// <summary>One thing that had to be undone is undone: who confirmed it, and what it was.</summary>
    [GenerateSerializer, Immutable, Alias("order.undone")]
    public sealed record Undone([property: Id(0)] StreamId By, [property: Id(1)] string What) : OrderEvent;

    /// <summary>Somebody cannot do what was asked for the time being; it is asked again at that time.</summary>
    [GenerateSerializer, Immutable, Alias("order.put-off")]
    public sealed record PutOff(
        [property: Id(0)] OrderAsk Ask, [property: Id(1)] string Reason, [property: Id(2)] Moment Until) : OrderEvent;

    /// <summary>It is asked again now.</summary>
    [GenerateSerializer, Immutable, Alias("order.asked-again")]
    public sealed record AskedAgain([property: Id(0)] OrderAsk Ask) : OrderEvent;

    /// <summary>Nothing of the order is left on the floor.</summary>
    [GenerateSerializer, Immutable, Alias("order.cancelled")]
    public sealed record Cancelled([property: Id(0)] string Reason) : OrderEvent;

    /// <summary>There is nothing to ship.</summary>
    [GenerateSerializer, Immutable, Alias("order.closed")]
    public sealed record Closed([property: Id(0)] string Reason) : OrderEvent;
}

/// <summary>Why an order says no, in the order in which it is checked.</summary>
public enum OrderRefusal
{
    /// <summary>The draft breaks a rule; the reason names field and rule.</summary>
    NotAnOrder,
    /// <summary>The id stands for another order.</summary>
    AnotherOrder,
    /// <summary>No such order.</summary>
    Unknown,
    /// <summary>The order has no such line, or not so many units of it are left to reverse.</summary>
    NoSuchUnits,
    /// <summary>The carrier has the parcel; ask for a return.</summary>
    AlreadyShipped,
    /// <summary>The order is cancelled or closed.</summary>
    AlreadyOver,
    /// <summary>The news does not fit what the order knows (an old attempt, another station).</summary>
    OutOfPlace,
}
