using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Inventory;

/// <summary>So many units of one lot in one tote, and the aisle whose crane reaches that tote.</summary>
[GenerateSerializer, Immutable, Alias("stock.tote-pick")]
public sealed record TotePick(
    [property: Id(0)] Lpn Lpn, [property: Id(1)] AisleId Aisle, [property: Id(2)] LotId Lot,
    [property: Id(3)] int Quantity);

/// <summary>So many units of a lot.</summary>
[GenerateSerializer, Immutable, Alias("stock.lot-quantity")]
public sealed record LotQuantity([property: Id(0)] LotId Lot, [property: Id(1)] int Quantity);

/// <summary>The detail of an accepted reservation: where its units lie.</summary>
[GenerateSerializer, Immutable, Alias("stock.reserved-from")]
public sealed record ReservedFrom([property: Id(0)] ImmutableArray<TotePick> Picks) : AnswerDetail;

/// <summary>What a SKU in a warehouse is told. Quantities are positive units.</summary>
[GenerateSerializer, Immutable, Alias("stock.command")]
public abstract record StockCommand : Command
{
    private StockCommand() { }

    /// <summary>Units have come in, in a tote; a repeat of the receipt's id changes nothing.</summary>
    [GenerateSerializer, Immutable, Alias("stock.receive")]
    public sealed record Receive(
        [property: Id(0)] string Receipt, [property: Id(1)] WarehouseId Warehouse, [property: Id(2)] Sku Sku,
        [property: Id(3)] LotId Lot, [property: Id(4)] Lpn Lpn, [property: Id(5)] AisleId Aisle,
        [property: Id(6)] int Quantity) : StockCommand;

    /// <summary>Hold units for an order: all of them or none. Answered with <see cref="ReservedFrom"/>.</summary>
    [GenerateSerializer, Immutable, Alias("stock.reserve")]
    public sealed record Reserve(
        [property: Id(0)] ReservationId Reservation, [property: Id(1)] OrderId Order,
        [property: Id(2)] int Quantity) : StockCommand;

    /// <summary>Undo a reservation as far as it is not picked. Recorded also when it was never seen; the late original is then refused.</summary>
    [GenerateSerializer, Immutable, Alias("stock.release")]
    public sealed record Release([property: Id(0)] ReservationId Reservation) : StockCommand;

    /// <summary>Give back this many of a reservation's unpicked units (a line was made smaller).</summary>
    [GenerateSerializer, Immutable, Alias("stock.reduce")]
    public sealed record Reduce(
        [property: Id(0)] ReservationId Reservation, [property: Id(1)] int Quantity) : StockCommand;

    /// <summary>Units of a reservation left their tote for the order's.</summary>
    [GenerateSerializer, Immutable, Alias("stock.pick")]
    public sealed record Pick(
        [property: Id(0)] ReservationId Reservation, [property: Id(1)] Lpn Lpn, [property: Id(2)] LotId Lot,
        [property: Id(3)] int Quantity) : StockCommand;

    /// <summary>A picker found fewer units than the book says: the missing ones are written off with that cause and leave the reservation.</summary>
    [GenerateSerializer, Immutable, Alias("stock.short")]
    public sealed record Short(
        [property: Id(0)] ReservationId Reservation, [property: Id(1)] Lpn Lpn, [property: Id(2)] LotId Lot,
        [property: Id(3)] int Missing) : StockCommand;

    /// <summary>Picked units of a cancelled order are stock again, in this tote.</summary>
    [GenerateSerializer, Immutable, Alias("stock.put-back")]
    public sealed record PutBack(
        [property: Id(0)] OrderId Order, [property: Id(1)] Lpn Lpn, [property: Id(2)] AisleId Aisle,
        [property: Id(3)] LotId Lot, [property: Id(4)] int Quantity) : StockCommand;

    /// <summary>Picked units have left the house.</summary>
    [GenerateSerializer, Immutable, Alias("stock.ship")]
    public sealed record Ship(
        [property: Id(0)] OrderId Order, [property: Id(1)] ImmutableArray<LotQuantity> Lots) : StockCommand;

    /// <summary>Shipped units came back; they stand in quarantine until somebody grades them.</summary>
    [GenerateSerializer, Immutable, Alias("stock.return")]
    public sealed record Return(
        [property: Id(0)] string Receipt, [property: Id(1)] OrderId Order, [property: Id(2)] Lpn Lpn,
        [property: Id(3)] LotId Lot, [property: Id(4)] int Quantity) : StockCommand;

    /// <summary>A person or a count corrects a tote's book: by how many units (may be negative), why, and who says so.</summary>
    [GenerateSerializer, Immutable, Alias("stock.adjust")]
    public sealed record Adjust(
        [property: Id(0)] string Id, [property: Id(1)] Lpn Lpn, [property: Id(2)] LotId Lot,
        [property: Id(3)] int Delta, [property: Id(4)] string Cause, [property: Id(5)] string Who) : StockCommand;

    /// <summary>From how few available units on the floor manager wants to be alarmed.</summary>
    [GenerateSerializer, Immutable, Alias("stock.safety")]
    public sealed record SetSafetyStock([property: Id(0)] int Units) : StockCommand;

    /// <summary>
    /// Give no more of it to orders, for this reason: its cold store warmed up, say. What orders were promised before
    /// stays promised; a person decides about that. The same id again changes nothing.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("stock.hold")]
    public sealed record Hold([property: Id(0)] string Id, [property: Id(1)] string Reason) : StockCommand;

    /// <summary>The hold of this id is over. Others may still stand.</summary>
    [GenerateSerializer, Immutable, Alias("stock.unhold")]
    public sealed record Unhold([property: Id(0)] string Id) : StockCommand;
}

/// <summary>What happens to a SKU in a warehouse.</summary>
[GenerateSerializer, Immutable, Alias("stock.event")]
public abstract record StockEvent : Event
{
    private StockEvent() { }

    /// <summary>Units came in; they are on hand in that tote.</summary>
    [GenerateSerializer, Immutable, Alias("stock.received")]
    public sealed record Received(
        [property: Id(0)] string Receipt, [property: Id(1)] WarehouseId Warehouse, [property: Id(2)] Sku Sku,
        [property: Id(3)] LotId Lot, [property: Id(4)] Lpn Lpn, [property: Id(5)] AisleId Aisle,
        [property: Id(6)] int Quantity) : StockEvent;

    /// <summary>These units are held for the order.</summary>
    [GenerateSerializer, Immutable, Alias("stock.reserved")]
    public sealed record Reserved(
        [property: Id(0)] ReservationId Reservation, [property: Id(1)] OrderId Order,
        [property: Id(2)] ImmutableArray<TotePick> Picks) : StockEvent;

    /// <summary>The reservation's unpicked units are free again. Known is false when it was never seen: a tombstone that refuses the late original.</summary>
    [GenerateSerializer, Immutable, Alias("stock.released")]
    public sealed record Released(
        [property: Id(0)] ReservationId Reservation, [property: Id(1)] bool Known) : StockEvent;

    /// <summary>These of the reservation's units are free again.</summary>
    [GenerateSerializer, Immutable, Alias("stock.reduced")]
    public sealed record Reduced(
        [property: Id(0)] ReservationId Reservation, [property: Id(1)] ImmutableArray<TotePick> Freed) : StockEvent;

    /// <summary>Units went from the tote into the order's: on hand no more, picked.</summary>
    [GenerateSerializer, Immutable, Alias("stock.picked")]
    public sealed record Picked(
        [property: Id(0)] ReservationId Reservation, [property: Id(1)] OrderId Order, [property: Id(2)] Lpn Lpn,
        [property: Id(3)] LotId Lot, [property: Id(4)] int Quantity) : StockEvent;

    /// <summary>Picked units are on hand again in this tote.</summary>
    [GenerateSerializer, Immutable, Alias("stock.put-back-done")]
    public sealed record CameBack(
        [property: Id(0)] OrderId Order, [property: Id(1)] Lpn Lpn, [property: Id(2)] AisleId Aisle,
        [property: Id(3)] LotId Lot, [property: Id(4)] int Quantity) : StockEvent;

    /// <summary>Picked units have left the house.</summary>
    [GenerateSerializer, Immutable, Alias("stock.shipped")]
    public sealed record Shipped(
        [property: Id(0)] OrderId Order, [property: Id(1)] ImmutableArray<LotQuantity> Lots) : StockEvent;

    /// <summary>Shipped units are back, on hand in quarantine.</summary>
    [GenerateSerializer, Immutable, Alias("stock.returned")]
    public sealed record Returned(
        [property: Id(0)] string Receipt, [property: Id(1)] OrderId Order, [property: Id(2)] Lpn Lpn,
        [property: Id(3)] LotId Lot, [property: Id(4)] int Quantity) : StockEvent;

    /// <summary>The book was corrected by Delta units. Reservation is set when the units had been held (a short pick).</summary>
    [GenerateSerializer, Immutable, Alias("stock.adjusted")]
    public sealed record Adjusted(
        [property: Id(0)] string Id, [property: Id(1)] Lpn Lpn, [property: Id(2)] LotId Lot,
        [property: Id(3)] int Delta, [property: Id(4)] string Cause, [property: Id(5)] string Who,
        [property: Id(6)] ReservationId? Reservation) : StockEvent;

    /// <summary>The alarm level is now this.</summary>
    [GenerateSerializer, Immutable, Alias("stock.safety-set")]
    public sealed record SafetyStockSet([property: Id(0)] int Units) : StockEvent;

    /// <summary>Available units fell to the alarm level or below.</summary>
    [GenerateSerializer, Immutable, Alias("stock.ran-low")]
    public sealed record RanLow([property: Id(0)] int Available, [property: Id(1)] int SafetyStock) : StockEvent;

    /// <summary>No more of it is given to orders.</summary>
    [GenerateSerializer, Immutable, Alias("stock.held")]
    public sealed record Held([property: Id(0)] string Id, [property: Id(1)] string Reason) : StockEvent;

    /// <summary>A hold is over.</summary>
    [GenerateSerializer, Immutable, Alias("stock.hold-ended")]
    public sealed record HoldEnded([property: Id(0)] string Id) : StockEvent;

    /// <summary>Available units are above the alarm level again.</summary>
    [GenerateSerializer, Immutable, Alias("stock.recovered")]
    public sealed record Recovered([property: Id(0)] int Available, [property: Id(1)] int SafetyStock) : StockEvent;
}

/// <summary>Why stock says no, in the order in which it is checked.</summary>
public enum StockRefusal
{
    /// <summary>A quantity is not positive, or a text is missing or too long.</summary>
    NotAQuantity,
    /// <summary>The reservation was released before it came.</summary>
    AlreadyReleased,
    /// <summary>The reservation's id stands for another quantity or order.</summary>
    AnotherReservation,
    /// <summary>No such reservation, or it does not hold these units there.</summary>
    NotReserved,
    /// <summary>Nothing of it is given to orders for now; the reason says why.</summary>
    OnHold,
    /// <summary>Fewer units are available than were asked for.</summary>
    NotEnough,
    /// <summary>The order has not picked (or not shipped) so many units of this lot.</summary>
    NotThatMany,
}
