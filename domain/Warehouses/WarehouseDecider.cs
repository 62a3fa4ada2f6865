using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Warehouses;

/// <summary>
/// A warehouse's floor: releases orders to stations, has totes retrieved, sends vehicles. It hears what stations, cranes
/// and vehicles have done; after each piece of news the planner (<see cref="FloorPlanner"/>) starts all that has become
/// possible, in the same decision.
/// <para>A tote's way: home, retrieving, out, called, carried, presented, finished, returning, storing, home; from finished it is carried on to another station that needs
/// it and has a dock. Out place
/// and dock are kept before it leaves, an in place before it leaves the dock, and its bin is always its own; a vehicle is
/// sent only where no other one stays or goes (one that is under way from there gets out of its way). So whatever moves
/// can end its move, and nothing waits in a circle.</para>
/// </summary>
public static partial class WarehouseDecider
{
    /// <summary>Bins of each aisle that are not given to new goods, so that cancelled orders can be put back.</summary>
    public const int BinReserve = 2;

    /// <summary>The GS1 company prefix of the parcels' numbers: GS1's own example company, to be replaced by one's own.</summary>
    public const string CompanyPrefix = "0614141";

    /// <summary>The noun.</summary>
    public static Decider<WarehouseState> Decider { get; } =
        new("warehouse", 3, WarehouseState.Initial, Decide, Evolve, React, WarehouseInvariants.Check);

    private static Decision Decide(WarehouseState floor, Command command, Moment at)
    {
        var decision = (command, floor) switch
        {
            (WarehouseCommand.Open open, _) => Open(floor, open),
            (_, { Floor: null }) => Decision.Refuse(WarehouseRefusal.NotOpen, "the warehouse is not open"),
            (Answered answered, _) => Answered(floor, answered),
            (WarehouseCommand.QueueOrder queue, _) => QueueOrder(floor, queue),
            (WarehouseCommand.AddPicks add, _) => AddPicks(floor, add),
            (WarehouseCommand.DropPicks drop, _) => IfQueued(
                floor, drop.Order, new WarehouseEvent.PicksDropped(drop.Order, drop.Picks)),
            (WarehouseCommand.Withdraw withdraw, _) => IfQueued(
                floor, withdraw.Order, new WarehouseEvent.OrderWithdrawn(withdraw.Order)),
            (WarehouseCommand.DropOrder drop, _) => floor.Orders.ContainsKey(drop.Order)
                ? Decision.Accept(new WarehouseEvent.OrderDropped(drop.Order))
                : Decision.Nothing,
            (WarehouseCommand.ReceiveGoods receive, _) => ReceiveGoods(floor, receive),
            (WarehouseCommand.PutAway put, _) => PutAway(floor, put),
            (WarehouseCommand.ToteOut came, _) => ToteOut(floor, came),
            (WarehouseCommand.ToteStored stored, _) => ToteStored(floor, stored),
            (WarehouseCommand.LegDone leg, _) => LegDone(floor, leg),
            (WarehouseCommand.VehicleFailed failed, _) => VehicleFailed(floor, failed.Vehicle, failed.Mission, failed.Reason),
            (WarehouseCommand.ToteDone done, _) => ToteDone(floor, done),
            (WarehouseCommand.SlotFreed freed, _) => SlotFreed(floor, freed),
            _ => throw new UnreachableCommandException("warehouse", command),
        };
        return decision.Events.IsEmpty
            ? decision
            : decision with { Events = FloorPlanner.Complete(floor, decision.Events) };
    }

    private static Decision Open(WarehouseState floor, WarehouseCommand.Open open)
    {
        var broken = PlanRules.Broken(open.Plan);
        if (!broken.IsEmpty)
        {
            return Decision.Refuse(WarehouseRefusal.NotAPlan, string.Join("; ", broken));
        }

        if (floor.Floor is { } already)
        {
            return already.Plan == open.Plan
                ? Decision.Nothing
                : Decision.Refuse(WarehouseRefusal.AnotherPlan, $"{already.Plan.Id} is open with another plan");
        }

        var aisles = FloorPlan.Of(open.Plan).Aisles;
        var bins = 2 * open.Plan.Columns * open.Plan.Levels;
        var wrong = open.TotesStored.FirstOrDefault(one => !aisles.Contains(one.Key) || one.Value < 0 || one.Value > bins);
        return wrong.Key.Text is null
            ? Decision.Accept(new WarehouseEvent.Opened(open.Plan, open.TotesStored))
            : Decision.Refuse(
                WarehouseRefusal.NotAPlan, $"aisle {wrong.Key} of {bins} bins cannot hold {wrong.Value} totes");
    }

    private static Decision QueueOrder(WarehouseState floor, WarehouseCommand.QueueOrder queue) =>
        Stranger(floor, queue.Picks) is { } stranger
            ? Unknown($"{stranger.From.Lpn} of {queue.Order} is in {stranger.From.Aisle}, which is not here")
            : floor.Orders.ContainsKey(queue.Order)
                ? Decision.Nothing
                : Decision.Accept(new WarehouseEvent.OrderQueued(
                    queue.Order, queue.Priority, queue.PlacedAt, queue.Picks));

    private static Decision AddPicks(WarehouseState floor, WarehouseCommand.AddPicks add) =>
        Stranger(floor, add.Picks) is { } stranger
            ? Unknown($"{stranger.From.Lpn} of {add.Order} is in {stranger.From.Aisle}, which is not here")
            : floor.Orders.ContainsKey(add.Order)
                ? Decision.Accept(new WarehouseEvent.PicksAdded(add.Order, add.Picks))
                : Unknown($"no order {add.Order} is here");

    private static ReleasePick? Stranger(WarehouseState floor, ImmutableArray<ReleasePick> picks) =>
        picks.FirstOrDefault(pick => !floor.BinsOwned.ContainsKey(pick.From.Aisle));

    private static Decision IfQueued(WarehouseState floor, Orders.OrderId order, WarehouseEvent happened) =>
        !floor.Orders.TryGetValue(order, out var known) ? Unknown($"no order {order} is here")
        : known.Station is { } station
            ? Decision.Refuse(WarehouseRefusal.AlreadyReleased, $"{station} collects {order} in slot {known.Slot}")
            : Decision.Accept(happened);

    private static Decision ReceiveGoods(WarehouseState floor, WarehouseCommand.ReceiveGoods receive)
    {
        if (receive.Quantity <= 0)
        {
            return Decision.Refuse(WarehouseRefusal.NotAQuantity, $"{receive.Quantity} is not a number of units");
        }

        if (RoomiestAisle(floor, BinReserve) is not { } aisle)
        {
            return RackFull(floor, BinReserve);
        }

        var places = floor.Plan().Receiving.RemoveAll(place => !floor.IsFree(place));
        if (places.IsEmpty)
        {
            return Decision.Refuse(
                WarehouseRefusal.ReceivingFull, $"all {FloorPlan.ReceivingPlaces} receiving places are taken");
        }

        var lpn = new Lpn(FormattableString.Invariant($"G-{floor.Plan().Plan.Id}-{floor.Serials.GoodsTote + 1:000000}"));
        return Decision.Accept(
            new GoodsIn(lpn, aisle),
            new WarehouseEvent.GoodsReceived(
                receive.Receipt, receive.Sku, receive.Lot, receive.Quantity, lpn, aisle, places[0]));
    }

    private static Decision PutAway(WarehouseState floor, WarehouseCommand.PutAway put) =>
        floor.Totes.TryGetValue(put.Lpn, out var tote)
            ? Decision.Accept(new PutAwayTo(tote.Aisle))
        : RoomiestAisle(floor, 0) is not { } aisle
            ? RackFull(floor, 0)
        : !floor.Plan().Stops.ContainsKey(put.At)
            ? Unknown($"no vehicle can take a tote at {put.At}")
            : Decision.Accept(new PutAwayTo(aisle), new WarehouseEvent.PutAwayPlanned(put.Lpn, put.At, aisle));

    /// <summary>The aisle with the most free bins beyond the reserve; the first of equals.</summary>
    private static AisleId? RoomiestAisle(WarehouseState floor, int reserve)
    {
        var roomiest = floor.Plan().Aisles.MaxBy(floor.FreeBins);
        return floor.FreeBins(roomiest) > reserve ? roomiest : null;
    }

    private static Decision RackFull(WarehouseState floor, int reserve) => Decision.Refuse(
        WarehouseRefusal.RackFull,
        reserve == 0
            ? $"every bin of {floor.Plan().Plan.Id} is taken"
            : $"no aisle of {floor.Plan().Plan.Id} has more than the {reserve} free bins that are kept for put-backs");

    private static Decision ToteOut(WarehouseState floor, WarehouseCommand.ToteOut came) =>
        !floor.Totes.TryGetValue(came.Lpn, out var tote) ? Unknown($"{came.Lpn} was not ordered out")
        : tote.Phase == TotePhase.Retrieving && tote.Place == came.Place
            ? Decision.Accept(new WarehouseEvent.ToteCameOut(came.Lpn, came.Place))
            : Decision.Nothing;

    private static Decision ToteStored(WarehouseState floor, WarehouseCommand.ToteStored stored) =>
        floor.Totes.TryGetValue(stored.Lpn, out var tote) && tote.Phase == TotePhase.Storing && tote.Place == stored.From
            ? Decision.Accept(new WarehouseEvent.ToteHome(stored.Lpn, stored.Aisle, stored.From))
            : Unknown($"{stored.Lpn} was not on {stored.From} to be stored");

    private static Decision LegDone(WarehouseState floor, WarehouseCommand.LegDone leg)
    {
        if (!floor.Vehicles.TryGetValue(leg.Vehicle, out var vehicle) || vehicle.Mission?.Id != leg.Mission
            || leg.Leg > vehicle.Mission.LegsDone)
        {
            return Unknown($"{leg.Vehicle} has no leg {leg.Leg} of {leg.Mission} to do");
        }

        var mission = vehicle.Mission;
        return leg.Leg < mission.LegsDone ? Decision.Nothing : (mission.Kind, leg.Leg) switch
        {
            (MissionKind.Fetch or MissionKind.PutAway, 0) =>
                Decision.Accept(new WarehouseEvent.TotePickedUp(mission.Id, mission.Lpn!.Value, mission.From)),
            (MissionKind.Fetch or MissionKind.PassOn, _) => Presented(floor, mission),
            _ => Decision.Accept(new WarehouseEvent.MissionEnded(mission.Id, leg.Vehicle, mission.To)),
        };
    }

    private static Decision Presented(WarehouseState floor, FloorMission mission)
    {
        var lpn = mission.Lpn!.Value;
        var station = floor.Totes[lpn].Station!.Value;
        return Decision.Accept(new WarehouseEvent.TotePresented(
            mission.Id, lpn, station, mission.To,
            [.. DemandBook.Of(floor, lpn).Where(one => one.Station == station).Select(one => one.ToPickDemand())]));
    }

    private static Decision VehicleFailed(WarehouseState floor, VehicleId vehicle, MissionId mission, string reason) =>
        floor.Vehicles.TryGetValue(vehicle, out var known) && known.Mission?.Id == mission
            ? Decision.Accept(new WarehouseEvent.VehicleStopped(vehicle, mission, reason))
            : Decision.Nothing;

    private static Decision ToteDone(WarehouseState floor, WarehouseCommand.ToteDone done) =>
        floor.Totes.TryGetValue(done.Lpn, out var tote) && tote.Phase == TotePhase.Presented && tote.Station == done.Station
            ? Decision.Accept(new WarehouseEvent.ToteFinished(done.Lpn, done.Station))
            : Unknown($"{done.Lpn} is not presented at {done.Station}");

    private static Decision SlotFreed(WarehouseState floor, WarehouseCommand.SlotFreed freed) =>
        floor.Orders.TryGetValue(freed.Order, out var order) && order.Station == freed.Station && order.Slot == freed.Slot
            ? Decision.Accept(new WarehouseEvent.SlotEmptied(freed.Station, freed.Slot, freed.Order))
            : Decision.Nothing;

    /// <summary>A vehicle that refuses a mission is stopped with its reason; other refusals cannot come from a sound floor.</summary>
    private static Decision Answered(WarehouseState floor, Answered answered) =>
        answered is { Sent: AgvCommand.Carry carry, Answer: { Accepted: false } no }
            ? VehicleFailed(floor, VehicleId.Parse(answered.Target.Key), carry.Mission, no.Reason ?? no.Cause ?? "refused")
            : Decision.Nothing;

    private static Decision Unknown(string what) => Decision.Refuse(WarehouseRefusal.Unknown, what);
}
