using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>What events do to a warehouse's orders and goods; what they do to totes and vehicles is in <see cref="FloorMoves"/>.</summary>
public static partial class WarehouseDecider
{
    /// <summary>The floor after an event; the planner looks ahead with it.</summary>
    internal static WarehouseState Evolve(WarehouseState floor, Event happened) => happened switch
    {
        WarehouseEvent.Opened it => Opened(it),
        WarehouseEvent.OrderQueued it => floor with
        {
            Orders = floor.Orders.Add(it.Order, new(it.Priority, it.PlacedAt, it.Picks, null, 0, 0, null)),
            Queue = floor.Queue.Add(new(it.Priority, it.PlacedAt, it.Order)),
        },
        WarehouseEvent.PicksAdded it => PicksAdded(floor, it),
        WarehouseEvent.PicksDropped it => PicksDropped(floor, it),
        WarehouseEvent.OrderWithdrawn it => Forget(floor, it.Order),
        WarehouseEvent.OrderReleased it => Released(floor, it),
        WarehouseEvent.OrderDropped it => Forget(floor, it.Order),
        WarehouseEvent.SlotEmptied it => Forget(floor, it.Order),
        WarehouseEvent.GoodsReceived it => GoodsReceived(floor, it),
        WarehouseEvent.PutAwayPlanned it => ToPutAway(floor, it.Lpn, it.Aisle, it.At),
        WarehouseEvent.RetrievalOrdered it => FloorMoves.RetrievalOrdered(floor, it),
        WarehouseEvent.ToteCameOut it => FloorMoves.ToteCameOut(floor, it),
        WarehouseEvent.MissionStarted it => FloorMoves.MissionStarted(floor, it),
        WarehouseEvent.TotePickedUp it => FloorMoves.TotePickedUp(floor, it),
        WarehouseEvent.TotePresented it => FloorMoves.TotePresented(floor, it),
        WarehouseEvent.ToteFinished it => FloorMoves.ToteFinished(floor, it),
        WarehouseEvent.MissionEnded it => FloorMoves.MissionEnded(floor, it),
        WarehouseEvent.VehicleStopped it => floor with
        {
            Vehicles = floor.Vehicles.SetItem(it.Vehicle, floor.Vehicles[it.Vehicle] with { Stopped = it.Reason }),
        },
        WarehouseEvent.ToteHome it => DemandBook.ComesHome(FloorMoves.Release(floor, it.From, it.Lpn), it.Lpn),
        _ => throw new UnknownEventException("warehouse", happened),
    };

    private static WarehouseState Opened(WarehouseEvent.Opened opened)
    {
        var plan = FloorPlan.Of(opened.Plan);
        var stations = plan.Stations.ToImmutableSortedDictionary(one => one, _ => ImmutableSortedSet<WantedTote>.Empty);
        return WarehouseState.Initial with
        {
            Floor = plan,
            Wanted = plan.Aisles.ToImmutableSortedDictionary(one => one, _ => stations),
            BinsOwned = plan.Aisles.ToImmutableSortedDictionary(
                one => one, one => opened.TotesStored.TryGetValue(one, out var stored) ? stored : 0),
            Stops = plan.Vehicles.ToImmutableSortedDictionary(
                one => plan.Stops[FloorPlan.Home(one)].Point.Node, one => one),
            Vehicles = plan.Vehicles.ToImmutableSortedDictionary(
                one => one, one => new FloorVehicle(FloorPlan.Home(one), null, null, null)),
            Idle = [.. plan.Vehicles],
        };
    }

    private static WarehouseState PicksAdded(WarehouseState floor, WarehouseEvent.PicksAdded added)
    {
        var order = floor.Orders[added.Order];
        var known = floor with
        {
            Orders = floor.Orders.SetItem(added.Order, order with { Picks = order.Picks.AddRange(added.Picks) }),
        };
        return order.Station is null ? known : DemandBook.Add(known, added.Order, order, added.Picks);
    }

    private static WarehouseState PicksDropped(WarehouseState floor, WarehouseEvent.PicksDropped dropped)
    {
        var order = floor.Orders[dropped.Order];
        var left = dropped.Picks.Aggregate(order.Picks, Without);
        return floor with { Orders = floor.Orders.SetItem(dropped.Order, order with { Picks = left }) };
    }

    private static ImmutableArray<ReleasePick> Without(ImmutableArray<ReleasePick> picks, ReleasePick less)
    {
        var pick = picks.FirstOrDefault(one =>
            (one.Reservation, one.Sku, one.From.Lpn, one.From.Lot) == (less.Reservation, less.Sku, less.From.Lpn, less.From.Lot));
        return pick is null ? picks
            : pick.From.Quantity <= less.From.Quantity ? picks.Remove(pick)
            : picks.Replace(pick, pick with
            {
                From = pick.From with { Quantity = pick.From.Quantity - less.From.Quantity },
            });
    }

    private static WarehouseState Released(WarehouseState floor, WarehouseEvent.OrderReleased released)
    {
        var waiting = floor.Orders[released.Order];
        var order = waiting with
        {
            Station = released.Station,
            Slot = released.Slot,
            Rank = floor.Serials.Rank + 1,
            Tote = released.Tote,
        };
        var kept = FloorMoves.Keep(floor, FloorPlan.Slot(released.Station, released.Slot), released.Tote) with
        {
            Orders = floor.Orders.SetItem(released.Order, order),
            Queue = floor.Queue.Remove(new(order.Priority, order.PlacedAt, released.Order)),
            Serials = floor.Serials with
            {
                OrderTote = floor.Serials.OrderTote + 1,
                Parcel = floor.Serials.Parcel + 1,
                Rank = order.Rank,
            },
        };
        return DemandBook.Add(kept, released.Order, order, order.Picks);
    }

    /// <summary>The order is gone, and its slot is free unless its tote still stands there to be put away.</summary>
    private static WarehouseState Forget(WarehouseState floor, OrderId id)
    {
        var order = floor.Orders[id];
        var without = floor with
        {
            Orders = floor.Orders.Remove(id),
            Queue = floor.Queue.Remove(new(order.Priority, order.PlacedAt, id)),
        };
        if (order.Station is not { } station)
        {
            return without;
        }

        var slot = FloorPlan.Slot(station, order.Slot);
        var dropped = DemandBook.Drop(without, id, order.Picks);
        // A vehicle may have lifted the tote already, and the slot may be the next order's.
        return order.Tote is { } tote && !dropped.Totes.ContainsKey(tote)
            ? FloorMoves.Release(dropped, slot, tote)
            : dropped;
    }

    private static WarehouseState GoodsReceived(WarehouseState floor, WarehouseEvent.GoodsReceived received)
    {
        var kept = FloorMoves.Keep(floor, received.Place, received.Lpn) with
        {
            Serials = floor.Serials with { GoodsTote = floor.Serials.GoodsTote + 1 },
        };
        return ToPutAway(kept, received.Lpn, received.Aisle, received.Place);
    }

    private static WarehouseState ToPutAway(
        WarehouseState floor, Lpn lpn, Cranes.AisleId aisle, PlaceId at) =>
        DemandBook.Leaves(floor, lpn, new(aisle, TotePhase.ToPutAway, at, null, null, null)) with
        {
            AwaitingPutAway = floor.AwaitingPutAway.Add(lpn),
            BinsOwned = floor.BinsOwned.SetItem(aisle, floor.BinsOwned[aisle] + 1),
        };
}
