using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>
/// What must always hold on a floor. That a place has one tote and a stop one vehicle is enforced where they are given
/// (<see cref="FloorMoves"/>); <see cref="Check"/> adds what can be seen at a glance after every event, and
/// <see cref="Recount"/> builds every index again from the totes, orders and vehicles and compares.
/// </summary>
public static class WarehouseInvariants
{
    /// <summary>Cheap: no rack is overbooked, and no index is larger than what it is an index of.</summary>
    public static void Check(WarehouseState floor)
    {
        ArgumentNullException.ThrowIfNull(floor);
        if (floor.Floor is null)
        {
            return;
        }

        foreach (var (aisle, owned) in floor.BinsOwned)
        {
            if (owned < 0 || floor.FreeBins(aisle) < 0)
            {
                Require(floor, false, $"{owned} totes own bins in {aisle}");
            }
        }

        Require(
            floor,
            floor.AwaitingVehicle.Length + floor.AwaitingReturn.Length + floor.AwaitingPutAway.Length <= floor.Totes.Count,
            "more totes wait than are on the floor");
        Require(floor, floor.Queue.Count <= floor.Orders.Count, "more orders wait than are known");
        Require(floor, floor.Vehicles.Count == floor.Floor.Vehicles.Length, "a vehicle was lost or made up");
    }

    /// <summary>Everything, from scratch; throws <see cref="BrokenInvariantException"/> with the first thing that is wrong.</summary>
    public static void Recount(WarehouseState floor)
    {
        ArgumentNullException.ThrowIfNull(floor);
        if (floor.Floor is null)
        {
            return;
        }

        Check(floor);
        RecountOrders(floor);
        RecountWanted(floor);
        RecountWaiting(floor);
        RecountPlaces(floor);
        RecountVehicles(floor);
        RecountBins(floor);
        WaitForGraph.Of(floor).RequireNoCircle(floor.Floor.Plan.Id);
    }

    private static void RecountOrders(WarehouseState floor)
    {
        var queue = floor.Orders.Where(one => one.Value.Station is null)
            .Select(one => new QueueTicket(one.Value.Priority, one.Value.PlacedAt, one.Key));
        Require(floor, floor.Queue.SetEquals(queue), "the queue is not the orders that wait");
        var slots = floor.Orders.Values.Where(order => order.Station is not null)
            .Select(order => FloorPlan.Slot(order.Station!.Value, order.Slot)).ToList();
        Require(floor, slots.Count == slots.Distinct().Count(), "two orders have one slot");
        Require(floor, slots.All(floor.Places.ContainsKey), "a released order's slot is not kept");
        Require(
            floor,
            floor.Demands.Values.SelectMany(demands => demands).All(demand =>
                floor.Orders.TryGetValue(demand.Order, out var order) && order.Station == demand.Station
                && order.Slot == demand.Slot && order.Rank == demand.Rank),
            "a demand is open for an order that is not collected there");
    }

    private static void RecountWanted(WarehouseState floor)
    {
        var wanted = floor.Demands.Where(one => !floor.Totes.ContainsKey(one.Key))
            .SelectMany(one => one.Value.GroupBy(demand => demand.Station).Select(group =>
                (group.First().Pick.From.Aisle, group.Key, new WantedTote(group.Min(demand => demand.Rank), one.Key))));
        var listed = floor.Wanted.SelectMany(aisle => aisle.Value.SelectMany(station =>
            station.Value.Select(tote => (aisle.Key, station.Key, tote))));
        Require(floor, wanted.Order().SequenceEqual(listed.Order()), "the wanted totes are not the demanded ones at home");
    }

    private static void RecountWaiting(WarehouseState floor)
    {
        void Same(IEnumerable<Lpn> list, TotePhase phase, string what) => Require(
            floor,
            list.Order().SequenceEqual(floor.Totes.Where(one => one.Value.Phase == phase).Select(one => one.Key)),
            what);
        Same(floor.AwaitingVehicle, TotePhase.Out, "the totes that wait for a vehicle are not those on out places");
        Same(floor.AwaitingReturn, TotePhase.Finished, "the totes that wait to return are not the finished ones");
        Same(floor.AwaitingPutAway, TotePhase.ToPutAway, "the totes that wait to be put away are not those to put away");
    }

    /// <summary>A place is kept by exactly one tote: one that is out, or the one that collects the slot's order.</summary>
    private static void RecountPlaces(WarehouseState floor)
    {
        foreach (var (lpn, tote) in floor.Totes)
        {
            foreach (var place in PlacesOf(floor, lpn, tote))
            {
                Require(
                    floor, floor.Places.TryGetValue(place, out var holder) && holder == lpn,
                    $"{place} is not kept for {lpn}, which is {tote.Phase}");
            }
        }

        var slots = floor.Orders.Values.Where(order => order.Station is not null)
            .Select(order => FloorPlan.Slot(order.Station!.Value, order.Slot));
        var kept = floor.Totes.SelectMany(one => PlacesOf(floor, one.Key, one.Value)).Concat(slots).ToImmutableSortedSet();
        Require(floor, kept.SetEquals(floor.Places.Keys), "a place is kept for nobody");
    }

    private static IEnumerable<PlaceId> PlacesOf(WarehouseState floor, Lpn lpn, FloorTote tote)
    {
        if (tote.Dock is { } dock)
        {
            yield return dock;
        }

        var onItsPlace = tote.Phase is TotePhase.Retrieving or TotePhase.Out or TotePhase.Returning or TotePhase.Storing
            || (tote.Phase is TotePhase.Called or TotePhase.ToPutAway
                && floor.Places.TryGetValue(tote.Place, out var holder) && holder == lpn);
        if (onItsPlace)
        {
            yield return tote.Place;
        }

        if (tote is { Phase: TotePhase.Called, Vehicle: { } vehicle }
            && floor.Vehicles[vehicle].Mission is { Kind: MissionKind.PutAway } mission)
        {
            yield return mission.To;
        }
    }

    private static void RecountVehicles(WarehouseState floor)
    {
        var stops = floor.Floor!.Stops;
        var held = floor.Vehicles.SelectMany(one => one.Value.StopPlaces.Select(place => (stops[place].Point.Node, one.Key)))
            .Distinct().ToList();
        Require(
            floor,
            held.Order().SequenceEqual(floor.Stops.Select(one => (one.Key, one.Value)).Order()),
            "the stops kept are not those at which vehicles stand or to which they go");
        Require(
            floor,
            floor.Idle.SetEquals(floor.Vehicles
                .Where(one => one.Value is { Mission: null, Load: null }).Select(one => one.Key)),
            "the idle vehicles are not those without mission and load");
        foreach (var (id, vehicle) in floor.Vehicles)
        {
            Require(
                floor,
                vehicle.Load is not { } lpn || (floor.Totes.TryGetValue(lpn, out var tote) && tote.Vehicle == id),
                $"{vehicle.Load} is on {id} and the tote does not know");
        }
    }

    private static void RecountBins(WarehouseState floor)
    {
        foreach (var aisle in floor.Totes.Values.GroupBy(tote => tote.Aisle))
        {
            Require(
                floor, aisle.Count() <= floor.BinsOwned[aisle.Key],
                $"{aisle.Count()} totes of {aisle.Key} are out, but only {floor.BinsOwned[aisle.Key]} own bins there");
        }
    }

    private static void Require(WarehouseState floor, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BrokenInvariantException("warehouse", floor.Floor!.Plan.Id.Text, otherwise);
        }
    }
}
