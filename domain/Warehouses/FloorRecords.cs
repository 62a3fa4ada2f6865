using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>An order on the floor.</summary>
/// <param name="Priority">Higher goes first.</param>
/// <param name="PlacedAt">Among equals the older goes first.</param>
/// <param name="Picks">What it needs, of which totes.</param>
/// <param name="Station">The station that collects it; null while it waits.</param>
/// <param name="Slot">The slot there.</param>
/// <param name="Rank">Its place in the order of release: its totes are fetched before those of later ones.</param>
/// <param name="Tote">The tote it is collected in; null while it waits.</param>
[GenerateSerializer, Immutable, Alias("warehouse.floor-order")]
public sealed record FloorOrder(
    [property: Id(0)] int Priority, [property: Id(1)] Moment PlacedAt,
    [property: Id(2)] ImmutableArray<ReleasePick> Picks, [property: Id(3)] StationId? Station,
    [property: Id(4)] int Slot, [property: Id(5)] int Rank, [property: Id(6)] Lpn? Tote);

/// <summary>An order's place in the queue: higher priority first, then the older, then by id.</summary>
[GenerateSerializer, Immutable, Alias("warehouse.queue-ticket")]
public readonly record struct QueueTicket(
    [property: Id(0)] int Priority, [property: Id(1)] Moment PlacedAt,
    [property: Id(2)] OrderId Order) : IComparable<QueueTicket>
{
    /// <inheritdoc/>
    public int CompareTo(QueueTicket other) =>
        other.Priority.CompareTo(Priority) is not 0 and var byPriority ? byPriority
        : PlacedAt.CompareTo(other.PlacedAt) is not 0 and var byAge ? byAge
        : Order.CompareTo(other.Order);
}

/// <summary>Units of a tote that a released order still needs.</summary>
[GenerateSerializer, Immutable, Alias("warehouse.open-demand")]
public sealed record OpenDemand(
    [property: Id(0)] OrderId Order, [property: Id(1)] StationId Station, [property: Id(2)] int Slot,
    [property: Id(3)] int Rank, [property: Id(4)] ReleasePick Pick)
{
    /// <summary>As the station hears it.</summary>
    public PickDemand ToPickDemand() =>
        new(Pick.Reservation, Order, Slot, Pick.Sku, Pick.From.Lot, Pick.From.Quantity);
}

/// <summary>A tote that a station wants, by the rank of the oldest order there that needs it.</summary>
[GenerateSerializer, Immutable, Alias("warehouse.wanted-tote")]
public readonly record struct WantedTote(
    [property: Id(0)] int Rank, [property: Id(1)] Lpn Lpn) : IComparable<WantedTote>
{
    /// <inheritdoc/>
    public int CompareTo(WantedTote other) =>
        Rank.CompareTo(other.Rank) is not 0 and var byRank ? byRank : Lpn.CompareTo(other.Lpn);
}

/// <summary>How far a tote has come that is not home.</summary>
public enum TotePhase
{
    /// <summary>The crane brings it to its out place.</summary>
    Retrieving,
    /// <summary>It stands on its out place.</summary>
    Out,
    /// <summary>A vehicle is on its way to it.</summary>
    Called,
    /// <summary>On a vehicle to its station.</summary>
    Carried,
    /// <summary>On a vehicle before a picker, or in the queue for one.</summary>
    Presented,
    /// <summary>Its station is done with it; it waits for an in place.</summary>
    Finished,
    /// <summary>On a vehicle to an in place.</summary>
    Returning,
    /// <summary>On an in place; the crane takes it to its bin.</summary>
    Storing,
    /// <summary>At receiving, in a slot or where a parcel was unpacked; it shall go into the rack.</summary>
    ToPutAway,
}

/// <summary>A tote that is not home.</summary>
/// <param name="Aisle">Where its bin is.</param>
/// <param name="Phase">How far it has come.</param>
/// <param name="Place">The place that it stands on or was brought from or goes to: out, then in place; receiving or slot.</param>
/// <param name="Station">Where it is going, or is.</param>
/// <param name="Dock">The dock that is kept for it there.</param>
/// <param name="Vehicle">The vehicle that carries it or is on its way to it.</param>
/// <param name="OutSince">The number of the last mission that had started when it came out: how long it waits for a vehicle.</param>
[GenerateSerializer, Immutable, Alias("warehouse.floor-tote")]
public sealed record FloorTote(
    [property: Id(0)] AisleId Aisle, [property: Id(1)] TotePhase Phase, [property: Id(2)] PlaceId Place,
    [property: Id(3)] StationId? Station, [property: Id(4)] PlaceId? Dock, [property: Id(5)] VehicleId? Vehicle,
    [property: Id(6)] int OutSince = 0);

/// <summary>A vehicle's mission as the warehouse planned it.</summary>
[GenerateSerializer, Immutable, Alias("warehouse.floor-mission")]
public sealed record FloorMission(
    [property: Id(0)] MissionId Id, [property: Id(1)] MissionKind Kind, [property: Id(2)] Lpn? Lpn,
    [property: Id(3)] PlaceId From, [property: Id(4)] PlaceId To, [property: Id(5)] int LegsDone)
{
    /// <summary>The places where its legs end, in order.</summary>
    [JsonIgnore]
    public ImmutableArray<PlaceId> LegPlaces => Kind is MissionKind.Fetch or MissionKind.PutAway ? [From, To] : [To];
}

/// <summary>A vehicle.</summary>
/// <param name="At">The place where it acted last; it holds that stop until it is sent away from it.</param>
/// <param name="Mission">What it does now.</param>
/// <param name="Load">The tote on it.</param>
/// <param name="Stopped">Why a person has to look; null while all is well.</param>
[GenerateSerializer, Immutable, Alias("warehouse.floor-vehicle")]
public sealed record FloorVehicle(
    [property: Id(0)] PlaceId At, [property: Id(1)] FloorMission? Mission, [property: Id(2)] Lpn? Load,
    [property: Id(3)] string? Stopped)
{
    /// <summary>Where it stays or is still to go: these stops are its own. One that it has been sent away from is free for the next.</summary>
    [JsonIgnore]
    public ImmutableArray<PlaceId> StopPlaces => Mission is null ? [At] : Mission.LegPlaces[Mission.LegsDone..];
}

/// <summary>The numbers given last: order totes, totes of goods, missions, parcels, ranks.</summary>
[GenerateSerializer, Immutable, Alias("warehouse.serials")]
public sealed record FloorSerials(
    [property: Id(0)] int OrderTote, [property: Id(1)] int GoodsTote, [property: Id(2)] int Mission,
    [property: Id(3)] int Parcel, [property: Id(4)] int Rank);
