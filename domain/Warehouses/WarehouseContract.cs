using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>Units of a reservation in one tote, to be brought to whatever station collects the order.</summary>
[GenerateSerializer, Immutable, Alias("warehouse.release-pick")]
public sealed record ReleasePick(
    [property: Id(0)] ReservationId Reservation, [property: Id(1)] Sku Sku, [property: Id(2)] TotePick From);

/// <summary>The detail of an accepted receipt: the tote that the goods stand in.</summary>
[GenerateSerializer, Immutable, Alias("warehouse.goods-in")]
public sealed record GoodsIn([property: Id(0)] Lpn Lpn, [property: Id(1)] AisleId Aisle) : AnswerDetail;

/// <summary>The detail of an accepted put-away: the aisle that will hold the tote.</summary>
[GenerateSerializer, Immutable, Alias("warehouse.put-away-to")]
public sealed record PutAwayTo([property: Id(0)] AisleId Aisle) : AnswerDetail;

/// <summary>What a warehouse is told.</summary>
[GenerateSerializer, Immutable, Alias("warehouse.command")]
public abstract record WarehouseCommand : Command
{
    private WarehouseCommand() { }

    /// <summary>Lay out and open the floor. The same plan again changes nothing. TotesStored counts opening totes by aisle.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.open")]
    public sealed record Open(
        [property: Id(0)] WarehousePlan Plan,
        [property: Id(1)] ImmutableSortedDictionary<AisleId, int> TotesStored) : WarehouseCommand;

    /// <summary>An allocated order waits for a slot. Higher priority first, then the older.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.queue-order")]
    public sealed record QueueOrder(
        [property: Id(0)] OrderId Order, [property: Id(1)] int Priority, [property: Id(2)] Moment PlacedAt,
        [property: Id(3)] ImmutableArray<ReleasePick> Picks) : WarehouseCommand;

    /// <summary>A released order needs more totes (after a short pick).</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.add-picks")]
    public sealed record AddPicks(
        [property: Id(0)] OrderId Order, [property: Id(1)] ImmutableArray<ReleasePick> Picks) : WarehouseCommand;

    /// <summary>A queued order got smaller: these units need not be brought.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.drop-picks")]
    public sealed record DropPicks(
        [property: Id(0)] OrderId Order, [property: Id(1)] ImmutableArray<ReleasePick> Picks) : WarehouseCommand;

    /// <summary>Take a queued order out again; refused when a station has it.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.withdraw")]
    public sealed record Withdraw([property: Id(0)] OrderId Order) : WarehouseCommand;

    /// <summary>A released order was withdrawn from its station: its open demands are void and the slot is free.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.drop-order")]
    public sealed record DropOrder([property: Id(0)] OrderId Order) : WarehouseCommand;

    /// <summary>Goods stand at the receiving dock; refused when no bin is free. Answered with <see cref="GoodsIn"/>.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.receive-goods")]
    public sealed record ReceiveGoods(
        [property: Id(0)] string Receipt, [property: Id(1)] Sku Sku, [property: Id(2)] LotId Lot,
        [property: Id(3)] int Quantity) : WarehouseCommand;

    /// <summary>Bring a tote that stands at a place into the rack; refused when no bin is free. Answered with <see cref="PutAwayTo"/>.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.put-away")]
    public sealed record PutAway([property: Id(0)] Lpn Lpn, [property: Id(1)] PlaceId At) : WarehouseCommand;

    /// <summary>A crane has set a tote on an out place.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.tote-out")]
    public sealed record ToteOut(
        [property: Id(0)] AisleId Aisle, [property: Id(1)] Lpn Lpn, [property: Id(2)] PlaceId Place) : WarehouseCommand;

    /// <summary>A crane has stored a tote that stood on an in place.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.tote-stored")]
    public sealed record ToteStored(
        [property: Id(0)] AisleId Aisle, [property: Id(1)] Lpn Lpn, [property: Id(2)] PlaceId From,
        [property: Id(3)] PlaceId Bin) : WarehouseCommand;

    /// <summary>A vehicle has finished a leg of its mission: it picked up, stands presenting, dropped or parked at the place.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.leg-done")]
    public sealed record LegDone(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] MissionId Mission, [property: Id(2)] int Leg,
        [property: Id(3)] PlaceId Place) : WarehouseCommand;

    /// <summary>A vehicle cannot go on with its mission; a person has to look.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.vehicle-failed")]
    public sealed record VehicleFailed(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] MissionId Mission,
        [property: Id(2)] string Reason) : WarehouseCommand;

    /// <summary>A station has taken from a presented tote all it needed.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.tote-done")]
    public sealed record ToteDone([property: Id(0)] StationId Station, [property: Id(1)] Lpn Lpn) : WarehouseCommand;

    /// <summary>A station has closed an order's slot.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.slot-freed")]
    public sealed record SlotFreed(
        [property: Id(0)] StationId Station, [property: Id(1)] int Slot, [property: Id(2)] OrderId Order) : WarehouseCommand;
}

/// <summary>What a mission is for.</summary>
public enum MissionKind
{
    /// <summary>From an aisle's out place to a station's dock, where the vehicle stays and presents the tote.</summary>
    Fetch,
    /// <summary>From a station's dock back to an aisle's in place.</summary>
    Return,
    /// <summary>From receiving or a slot to an aisle's in place.</summary>
    PutAway,
    /// <summary>Empty, home.</summary>
    Park,
    /// <summary>From a station's dock to one of another station that needs the tote too.</summary>
    PassOn,
}

/// <summary>What happens to a warehouse.</summary>
[GenerateSerializer, Immutable, Alias("warehouse.event")]
public abstract record WarehouseEvent : Event
{
    private WarehouseEvent() { }

    /// <summary>The floor is open.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.opened")]
    public sealed record Opened(
        [property: Id(0)] WarehousePlan Plan,
        [property: Id(1)] ImmutableSortedDictionary<AisleId, int> TotesStored) : WarehouseEvent;

    /// <summary>An order waits for a slot.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.order-queued")]
    public sealed record OrderQueued(
        [property: Id(0)] OrderId Order, [property: Id(1)] int Priority, [property: Id(2)] Moment PlacedAt,
        [property: Id(3)] ImmutableArray<ReleasePick> Picks) : WarehouseEvent;

    /// <summary>A released order needs more totes.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.picks-added")]
    public sealed record PicksAdded(
        [property: Id(0)] OrderId Order, [property: Id(1)] ImmutableArray<ReleasePick> Picks) : WarehouseEvent;

    /// <summary>A queued order needs less.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.picks-dropped")]
    public sealed record PicksDropped(
        [property: Id(0)] OrderId Order, [property: Id(1)] ImmutableArray<ReleasePick> Picks) : WarehouseEvent;

    /// <summary>A queued order is out of the queue.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.order-withdrawn")]
    public sealed record OrderWithdrawn([property: Id(0)] OrderId Order) : WarehouseEvent;

    /// <summary>An order has a slot, a tote to be collected in and a parcel number.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.order-released")]
    public sealed record OrderReleased(
        [property: Id(0)] OrderId Order, [property: Id(1)] StationId Station, [property: Id(2)] int Slot,
        [property: Id(3)] Lpn Tote, [property: Id(4)] Sscc Sscc) : WarehouseEvent;

    /// <summary>A released order's demands are void.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.order-dropped")]
    public sealed record OrderDropped([property: Id(0)] OrderId Order) : WarehouseEvent;

    /// <summary>Goods came in; a bin of that aisle is kept for their tote.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.goods-received")]
    public sealed record GoodsReceived(
        [property: Id(0)] string Receipt, [property: Id(1)] Sku Sku, [property: Id(2)] LotId Lot,
        [property: Id(3)] int Quantity, [property: Id(4)] Lpn Lpn, [property: Id(5)] AisleId Aisle,
        [property: Id(6)] PlaceId Place) : WarehouseEvent;

    /// <summary>A tote shall go into the rack; a bin of that aisle is kept for it.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.put-away-planned")]
    public sealed record PutAwayPlanned(
        [property: Id(0)] Lpn Lpn, [property: Id(1)] PlaceId At, [property: Id(2)] AisleId Aisle) : WarehouseEvent;

    /// <summary>A tote is to be retrieved for a station: out place, dock and its own bin are kept for it.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.retrieval-ordered")]
    public sealed record RetrievalOrdered(
        [property: Id(0)] Lpn Lpn, [property: Id(1)] AisleId Aisle, [property: Id(2)] PlaceId Out,
        [property: Id(3)] StationId Station, [property: Id(4)] PlaceId Dock) : WarehouseEvent;

    /// <summary>A tote stands on its out place.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.tote-came-out")]
    public sealed record ToteCameOut([property: Id(0)] Lpn Lpn, [property: Id(1)] PlaceId Place) : WarehouseEvent;

    /// <summary>A vehicle got a mission: from where it stands, by way of From, to To. The nodes follow from the floor's plan.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.mission-started")]
    public sealed record MissionStarted(
        [property: Id(0)] MissionId Mission, [property: Id(1)] MissionKind Kind,
        [property: Id(2)] VehicleId Vehicle, [property: Id(3)] Lpn? Lpn, [property: Id(4)] PlaceId From,
        [property: Id(5)] PlaceId To) : WarehouseEvent;

    /// <summary>A vehicle has taken the tote from its place.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.tote-picked-up")]
    public sealed record TotePickedUp(
        [property: Id(0)] MissionId Mission, [property: Id(1)] Lpn Lpn, [property: Id(2)] PlaceId From) : WarehouseEvent;

    /// <summary>A vehicle stands in the dock and presents the tote with these demands.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.tote-presented")]
    public sealed record TotePresented(
        [property: Id(0)] MissionId Mission, [property: Id(1)] Lpn Lpn, [property: Id(2)] StationId Station,
        [property: Id(3)] PlaceId Dock, [property: Id(4)] ImmutableArray<PickDemand> Demands) : WarehouseEvent;

    /// <summary>The station needs nothing more of the tote.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.tote-finished")]
    public sealed record ToteFinished([property: Id(0)] Lpn Lpn, [property: Id(1)] StationId Station) : WarehouseEvent;

    /// <summary>The vehicle has set the tote down, or parked; it is free.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.mission-ended")]
    public sealed record MissionEnded(
        [property: Id(0)] MissionId Mission, [property: Id(1)] VehicleId Vehicle, [property: Id(2)] PlaceId At) : WarehouseEvent;

    /// <summary>A vehicle is out of use until a person has looked.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.vehicle-stopped")]
    public sealed record VehicleStopped(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] MissionId Mission,
        [property: Id(2)] string Reason) : WarehouseEvent;

    /// <summary>A tote is in its bin; the in place is free.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.tote-home")]
    public sealed record ToteHome(
        [property: Id(0)] Lpn Lpn, [property: Id(1)] AisleId Aisle, [property: Id(2)] PlaceId From) : WarehouseEvent;

    /// <summary>A slot is free again.</summary>
    [GenerateSerializer, Immutable, Alias("warehouse.slot-emptied")]
    public sealed record SlotEmptied(
        [property: Id(0)] StationId Station, [property: Id(1)] int Slot, [property: Id(2)] OrderId Order) : WarehouseEvent;
}

/// <summary>Why a warehouse says no, in the order in which it is checked.</summary>
public enum WarehouseRefusal
{
    /// <summary>The plan breaks a rule; the reason names which.</summary>
    NotAPlan,
    /// <summary>The floor is not open.</summary>
    NotOpen,
    /// <summary>The floor is open with another plan.</summary>
    AnotherPlan,
    /// <summary>A quantity is not positive.</summary>
    NotAQuantity,
    /// <summary>No bin is free for one more tote.</summary>
    RackFull,
    /// <summary>Every receiving place has a tote on it.</summary>
    ReceivingFull,
    /// <summary>A station has the order already.</summary>
    AlreadyReleased,
    /// <summary>The warehouse does not know this order, tote, vehicle or mission.</summary>
    Unknown,
}
