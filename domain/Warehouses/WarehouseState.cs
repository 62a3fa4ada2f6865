using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>
/// A warehouse's floor: what waits, what is under way, and which place, stop and vehicle is kept for what. It is the
/// busiest state of the house, so each question that the planner asks has an index; <see cref="WarehouseInvariants"/>
/// counts all of them again from scratch.
/// </summary>
/// <param name="Floor">Null before the warehouse is open.</param>
/// <param name="Orders">Every order that waits or is released.</param>
/// <param name="Queue">The orders that wait for a slot, the next one first.</param>
/// <param name="Demands">What released orders still need of each tote, oldest first.</param>
/// <param name="Wanted">The demanded totes that are home, by aisle and station, the one for the oldest order first.</param>
/// <param name="Totes">Every tote that is not home.</param>
/// <param name="AwaitingVehicle">Totes on out places, in the order in which they came out.</param>
/// <param name="AwaitingReturn">Totes on vehicles whose station is done with them, in that order.</param>
/// <param name="AwaitingPutAway">Totes to be put away that no vehicle has been sent for, in that order.</param>
/// <param name="BinsOwned">How many bins of each aisle have an owner, whether in them or out.</param>
/// <param name="Places">Which tote stands on a place or has it kept. Nobody else gets it.</param>
/// <param name="Stops">Which vehicle stays at a stop or has it kept. Nobody else is sent there.</param>
/// <param name="Vehicles">All vehicles.</param>
/// <param name="Idle">Vehicles without mission and load, in service.</param>
/// <param name="Serials">The numbers given last.</param>
[GenerateSerializer, Immutable, Alias("warehouse-state")]
public sealed record WarehouseState(
    [property: Id(0)] FloorPlan? Floor,
    [property: Id(1)] ImmutableSortedDictionary<OrderId, FloorOrder> Orders,
    [property: Id(2)] ImmutableSortedSet<QueueTicket> Queue,
    [property: Id(3)] ImmutableSortedDictionary<Lpn, ImmutableArray<OpenDemand>> Demands,
    [property: Id(4)] ImmutableSortedDictionary<AisleId, ImmutableSortedDictionary<StationId, ImmutableSortedSet<WantedTote>>> Wanted,
    [property: Id(5)] ImmutableSortedDictionary<Lpn, FloorTote> Totes,
    [property: Id(6)] ImmutableArray<Lpn> AwaitingVehicle,
    [property: Id(7)] ImmutableArray<Lpn> AwaitingReturn,
    [property: Id(8)] ImmutableArray<Lpn> AwaitingPutAway,
    [property: Id(9)] ImmutableSortedDictionary<AisleId, int> BinsOwned,
    [property: Id(10)] ImmutableSortedDictionary<PlaceId, Lpn> Places,
    [property: Id(11)] ImmutableSortedDictionary<NodeId, VehicleId> Stops,
    [property: Id(12)] ImmutableSortedDictionary<VehicleId, FloorVehicle> Vehicles,
    [property: Id(13)] ImmutableSortedSet<VehicleId> Idle,
    [property: Id(14)] FloorSerials Serials)
{
    /// <summary>A floor that is not open.</summary>
    public static WarehouseState Initial { get; } = new(
        null, ImmutableSortedDictionary<OrderId, FloorOrder>.Empty, [],
        ImmutableSortedDictionary<Lpn, ImmutableArray<OpenDemand>>.Empty,
        ImmutableSortedDictionary<AisleId, ImmutableSortedDictionary<StationId, ImmutableSortedSet<WantedTote>>>.Empty,
        ImmutableSortedDictionary<Lpn, FloorTote>.Empty, [], [], [], ImmutableSortedDictionary<AisleId, int>.Empty,
        ImmutableSortedDictionary<PlaceId, Lpn>.Empty, ImmutableSortedDictionary<NodeId, VehicleId>.Empty,
        ImmutableSortedDictionary<VehicleId, FloorVehicle>.Empty, [], new(0, 0, 0, 0, 0));

    /// <summary>The floor of an open warehouse.</summary>
    public FloorPlan Plan() => Floor ?? throw new InvalidOperationException("the warehouse is not open");

    /// <summary>True when no tote stands on the place and none has it kept.</summary>
    public bool IsFree(PlaceId place) => !Places.ContainsKey(place);

    /// <summary>True when no other vehicle stays at the place's stop or has it kept.</summary>
    public bool CanBeSent(VehicleId vehicle, PlaceId place) =>
        !Stops.TryGetValue(Plan().Stops[place].Point.Node, out var holder) || holder == vehicle;

    /// <summary>How many bins of an aisle nobody owns.</summary>
    public int FreeBins(AisleId aisle) => 2 * Plan().Plan.Columns * Plan().Plan.Levels - BinsOwned[aisle];
}
