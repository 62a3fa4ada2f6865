using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Rfid;
using Warehouse.Domain.Shipping;

namespace Warehouse.Domain.Totes;

/// <summary>What a tote is told. Quantities are positive units.</summary>
[GenerateSerializer, Immutable, Alias("tote.command")]
public abstract record ToteCommand : Command
{
    private ToteCommand() { }

    /// <summary>Goods of a receipt are in the tote, which stands at this place. A repeat of the receipt's id changes nothing.</summary>
    [GenerateSerializer, Immutable, Alias("tote.receive")]
    public sealed record Receive(
        [property: Id(0)] string Receipt, [property: Id(1)] Lpn Lpn, [property: Id(2)] WarehouseId Warehouse,
        [property: Id(3)] PlaceId Place, [property: Id(4)] Sku Sku, [property: Id(5)] LotId Lot,
        [property: Id(6)] int Quantity) : ToteCommand;

    /// <summary>An empty tote was put at this place to collect an order.</summary>
    [GenerateSerializer, Immutable, Alias("tote.begin")]
    public sealed record Begin(
        [property: Id(0)] Lpn Lpn, [property: Id(1)] WarehouseId Warehouse, [property: Id(2)] PlaceId Place,
        [property: Id(3)] OrderId Order) : ToteCommand;

    /// <summary>Units leave the tote by the hand of a picker.</summary>
    [GenerateSerializer, Immutable, Alias("tote.take")]
    public sealed record Take([property: Id(0)] PickedUnits Units) : ToteCommand;

    /// <summary>Units come into the tote by the hand of a picker.</summary>
    [GenerateSerializer, Immutable, Alias("tote.put")]
    public sealed record Put([property: Id(0)] PickedUnits Units) : ToteCommand;

    /// <summary>A picker found fewer units than the book says.</summary>
    [GenerateSerializer, Immutable, Alias("tote.short")]
    public sealed record Short(
        [property: Id(0)] Sku Sku, [property: Id(1)] LotId Lot, [property: Id(2)] int Missing,
        [property: Id(3)] string Cause) : ToteCommand;

    /// <summary>
    /// The tote is now there, as a machine reports. From is where the machine took it. Two machines' reports may
    /// overtake each other: one that starts where the book has not got to yet waits for those before it.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("tote.move")]
    public sealed record Move([property: Id(0)] PlaceId From, [property: Id(1)] PlaceId To) : ToteCommand;

    /// <summary>All contents went into a parcel; the tote is empty and leaves the floor's book.</summary>
    [GenerateSerializer, Immutable, Alias("tote.pack")]
    public sealed record Pack([property: Id(0)] Sscc Sscc) : ToteCommand;

    /// <summary>A parcel was unpacked into this tote again.</summary>
    [GenerateSerializer, Immutable, Alias("tote.unpack")]
    public sealed record Unpack(
        [property: Id(0)] Sscc Sscc, [property: Id(1)] PlaceId Place,
        [property: Id(2)] ImmutableArray<ToteContent> Contents) : ToteCommand;

    /// <summary>A reader saw the tote. With a place: it should stand there, or be on its way there. Answers only; a sighting moves nothing.</summary>
    [GenerateSerializer, Immutable, Alias("tote.seen")]
    public sealed record Seen([property: Id(0)] PlaceId? Place, [property: Id(1)] TagWitness? By = null) : ToteCommand;

    /// <summary>Nothing came into the order's tote, and nothing will: it is taken off the floor.</summary>
    [GenerateSerializer, Immutable, Alias("tote.take-away")]
    public sealed record TakeAway([property: Id(0)] OrderId Order) : ToteCommand;
}

/// <summary>Units that a picker moved for an order: which task, of what, how many.</summary>
[GenerateSerializer, Immutable, Alias("tote.picked-units")]
public sealed record PickedUnits(
    [property: Id(0)] string Task, [property: Id(1)] OrderId Order, [property: Id(2)] Sku Sku,
    [property: Id(3)] LotId Lot, [property: Id(4)] int Quantity);

/// <summary>So many units of a SKU and lot in a tote.</summary>
[GenerateSerializer, Immutable, Alias("tote.content")]
public sealed record ToteContent(
    [property: Id(0)] Sku Sku, [property: Id(1)] LotId Lot, [property: Id(2)] int Quantity);

/// <summary>What happens to a tote.</summary>
[GenerateSerializer, Immutable, Alias("tote.event")]
public abstract record ToteEvent : Event
{
    private ToteEvent() { }

    /// <summary>Goods came into the tote from outside.</summary>
    [GenerateSerializer, Immutable, Alias("tote.received")]
    public sealed record Received(
        [property: Id(0)] string Receipt, [property: Id(1)] Lpn Lpn, [property: Id(2)] WarehouseId Warehouse,
        [property: Id(3)] PlaceId Place, [property: Id(4)] Sku Sku, [property: Id(5)] LotId Lot,
        [property: Id(6)] int Quantity) : ToteEvent;

    /// <summary>The empty tote began to collect an order.</summary>
    [GenerateSerializer, Immutable, Alias("tote.begun")]
    public sealed record Begun(
        [property: Id(0)] Lpn Lpn, [property: Id(1)] WarehouseId Warehouse, [property: Id(2)] PlaceId Place,
        [property: Id(3)] OrderId Order) : ToteEvent;

    /// <summary>Units left.</summary>
    [GenerateSerializer, Immutable, Alias("tote.taken")]
    public sealed record Taken([property: Id(0)] PickedUnits Units) : ToteEvent;

    /// <summary>Units came.</summary>
    [GenerateSerializer, Immutable, Alias("tote.put-in")]
    public sealed record PutIn([property: Id(0)] PickedUnits Units) : ToteEvent;

    /// <summary>Units that the book held were not there.</summary>
    [GenerateSerializer, Immutable, Alias("tote.shorted")]
    public sealed record Shorted(
        [property: Id(0)] Sku Sku, [property: Id(1)] LotId Lot, [property: Id(2)] int Missing,
        [property: Id(3)] string Cause) : ToteEvent;

    /// <summary>The tote changed its place.</summary>
    [GenerateSerializer, Immutable, Alias("tote.moved")]
    public sealed record Moved([property: Id(0)] PlaceId From, [property: Id(1)] PlaceId To) : ToteEvent;

    /// <summary>A machine moved the tote from where the book does not have it yet; the move counts once it does.</summary>
    [GenerateSerializer, Immutable, Alias("tote.move-foreseen")]
    public sealed record MoveForeseen([property: Id(0)] PlaceId From, [property: Id(1)] PlaceId To) : ToteEvent;

    /// <summary>The contents are in the parcel now.</summary>
    [GenerateSerializer, Immutable, Alias("tote.packed")]
    public sealed record Packed([property: Id(0)] Sscc Sscc) : ToteEvent;

    /// <summary>The parcel's contents are in the tote again.</summary>
    [GenerateSerializer, Immutable, Alias("tote.unpacked")]
    public sealed record Unpacked(
        [property: Id(0)] Sscc Sscc, [property: Id(1)] PlaceId Place,
        [property: Id(2)] ImmutableArray<ToteContent> Contents) : ToteEvent;

    /// <summary>The empty tote left the floor.</summary>
    [GenerateSerializer, Immutable, Alias("tote.taken-away")]
    public sealed record TakenAway([property: Id(0)] OrderId Order) : ToteEvent;
}

/// <summary>Why a tote says no, in the order in which it is checked.</summary>
public enum ToteRefusal
{
    /// <summary>A quantity is not positive.</summary>
    NotAQuantity,
    /// <summary>The tote has never been seen, or has left.</summary>
    Unknown,
    /// <summary>The tote is not where the report says it came from, and too many reports wait already.</summary>
    NotThere,
    /// <summary>The tote does not hold so many units of that.</summary>
    NotInside,
    /// <summary>The tote is in use for something else.</summary>
    InUse,
}
