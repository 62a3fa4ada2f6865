using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Fleet;

/// <summary>
/// A vehicle: one mission at a time. The whole mission goes to the machine as one order under the mission's id; the
/// machine reports how many legs it has done, and each leg is told on once, to the tote that moved and to the warehouse.
/// </summary>
public static class AgvDecider
{
    /// <summary>How long the machine may take to have an order before it is asked again, in warehouse time.</summary>
    public const long OrderDeadlineMilliseconds = 5 * 60_000;

    /// <summary>How often a machine may refuse an order before a person has to look.</summary>
    public const int RefusalLimit = 5;

    /// <summary>The noun.</summary>
    public static Decider<AgvState> Decider { get; } = new("agv", 1, AgvState.Initial, Decide, Evolve, React, Check);

    private static Decision Decide(AgvState agv, Command command, Moment at) => (command, agv) switch
    {
        (Answered, _) => Decision.Nothing,
        (AgvCommand.Open open, { Vehicle: null }) =>
            Decision.Accept(new AgvEvent.Opened(open.Vehicle, open.Device, open.Home)),
        (_, { Vehicle: null }) => Decision.Refuse(AgvRefusal.NotOpen, "the vehicle is not in service"),
        (AgvCommand.Open open, _) => (agv.Vehicle, agv.Device) == (open.Vehicle, open.Device)
            ? Decision.Nothing
            : Decision.Refuse(AgvRefusal.AnotherVehicle, $"{agv.Vehicle} is in service by {agv.Device}"),
        (AgvCommand.Carry carry, _) => Carry(agv, carry, at),
        (Signalled { Signal: DeviceSignal.LegsDone done }, _) => LegsDone(agv, done),
        (Signalled { Signal: DeviceSignal.DriveFailed failed }, _) => Failed(agv, failed.Mission, failed.Reason),
        (Signalled { Signal: DeviceSignal.LinkChanged link }, _) => link.Online == agv.Online
            ? Decision.Nothing
            : Decision.Accept(new AgvEvent.LinkChanged(link.Online)),
        (NotTaken { Command: MachineCommand.Drive drive } refused, _) => NotTaken(agv, drive.Mission, refused, at),
        (Signalled or Devices.NotTaken, _) => Decision.Nothing,
        _ => throw new UnreachableCommandException("agv", command),
    };

    private static Decision Carry(AgvState agv, AgvCommand.Carry carry, Moment at) =>
        agv.Mission?.Id == carry.Mission ? Decision.Nothing
        : carry.Legs.IsDefaultOrEmpty || carry.Legs.Any(leg => leg.Nodes.IsDefaultOrEmpty)
            ? Decision.Refuse(AgvRefusal.NotAMission, $"{carry.Mission} leads nowhere")
        : agv.Mission is { } busy
            ? Decision.Refuse(AgvRefusal.Busy, $"{agv.Vehicle} is on {busy.Id}")
        : WrongLoad(agv, carry) is { } wrong
            ? Decision.Refuse(AgvRefusal.WrongLoad, wrong)
            : Decision.Accept(new AgvEvent.MissionBegun(carry.Mission, carry.Lpn, carry.Legs, at));

    /// <summary>Walks through the legs as they would go; says where the load would be wrong.</summary>
    private static string? WrongLoad(AgvState agv, AgvCommand.Carry carry)
    {
        var load = agv.Load;
        foreach (var leg in carry.Legs)
        {
            if (leg.Action == LegAction.Pick && load is not null)
            {
                return $"{agv.Vehicle} carries {load} and cannot pick at {leg.Place}";
            }

            if (leg.Action != LegAction.Stand && carry.Lpn is null)
            {
                return $"{carry.Mission} names no tote to {leg.Action} at {leg.Place}";
            }

            if (leg.Action == LegAction.Drop && load != carry.Lpn)
            {
                return $"{agv.Vehicle} would carry {load?.Text ?? "nothing"}, not {carry.Lpn}, to {leg.Place}";
            }

            load = After(leg.Action, load, carry.Lpn);
        }

        return null;
    }

    /// <summary>A report says how many legs are done in all, so a late smaller one and a repeat change nothing.</summary>
    private static Decision LegsDone(AgvState agv, DeviceSignal.LegsDone report)
    {
        if (agv.Mission is not { } mission || mission.Id != report.Mission || report.Count <= mission.Done)
        {
            return Decision.Nothing;
        }

        var count = Math.Min(report.Count, mission.Legs.Length);
        var events = ImmutableArray.CreateBuilder<Event>();
        for (var leg = mission.Done; leg < count; leg++)
        {
            var done = mission.Legs[leg];
            events.Add(new AgvEvent.LegDone(mission.Id, leg, done.Action, done.Place));
        }

        if (count == mission.Legs.Length)
        {
            events.Add(new AgvEvent.MissionDone(mission.Id));
        }

        return Decision.Accept(events.ToImmutable());
    }

    private static Decision Failed(AgvState agv, MissionId mission, string reason) =>
        agv.Mission is { Failure: null } current && current.Id == mission
            ? Decision.Accept(new AgvEvent.MissionFailed(mission, reason))
            : Decision.Nothing;

    private static Decision NotTaken(AgvState agv, MissionId mission, NotTaken refused, Moment at) =>
        agv.Mission is not { Failure: null } current || current.Id != mission ? Decision.Nothing
        : refused.Outcome == CommandOutcome.Refused && current.Repeats >= RefusalLimit
            ? Decision.Accept(new AgvEvent.MissionFailed(mission, refused.Reason))
            : Decision.Accept(new AgvEvent.OrderRepeated(mission, current.Repeats + 1, at));

    private static AgvState Evolve(AgvState agv, Event happened) => (happened, agv.Mission) switch
    {
        (AgvEvent.Opened it, _) => agv with { Vehicle = it.Vehicle, Device = it.Device, At = it.Home },
        (AgvEvent.MissionBegun it, _) => agv with { Mission = new(it.Mission, it.Lpn, it.Legs, 0, 0, null) },
        (AgvEvent.LegDone it, { } mission) => agv with
        {
            At = it.Place,
            Load = After(it.Action, agv.Load, mission.Lpn),
            Mission = mission with { Done = it.Leg + 1, Failure = null },
        },
        (AgvEvent.MissionDone, _) => agv with { Mission = null },
        (AgvEvent.MissionFailed it, { } mission) => agv with { Mission = mission with { Failure = it.Reason } },
        (AgvEvent.OrderRepeated it, { } mission) => agv with { Mission = mission with { Repeats = it.Times } },
        (AgvEvent.LinkChanged it, _) => agv with { Online = it.Online },
        _ => throw new UnknownEventException("agv", happened),
    };

    private static Lpn? After(LegAction action, Lpn? load, Lpn? lpn) => action switch
    {
        LegAction.Pick => lpn,
        LegAction.Drop => null,
        LegAction.Stand => load,
    };

    private static IEnumerable<Effect> React(AgvState agv, Event happened) => happened switch
    {
        AgvEvent.MissionBegun it => [Order(agv, it.At)],
        AgvEvent.OrderRepeated it => [Order(agv, it.At)],
        AgvEvent.LegDone it => ReactToLeg(agv, it),
        AgvEvent.MissionFailed it =>
            [Effect.Tell(Warehouse(agv), new WarehouseCommand.VehicleFailed(agv.Vehicle!.Value, it.Mission, it.Reason))],
        _ => [],
    };

    private static Effect Order(AgvState agv, Moment at) => Effect.Tell(
        agv.Device!.Value.Stream,
        new DeviceCommand.Enqueue(
            new MachineCommand.Drive(agv.Mission!.Id, agv.Mission.Lpn, agv.Mission.Legs),
            at.Plus(OrderDeadlineMilliseconds)));

    private static IEnumerable<Effect> ReactToLeg(AgvState agv, AgvEvent.LegDone leg)
    {
        var vehicle = agv.Vehicle!.Value;
        if (leg.Action != LegAction.Stand && agv.Mission!.Lpn is { } lpn)
        {
            var (from, to) = leg.Action == LegAction.Pick
                ? (leg.Place, FloorPlan.On(vehicle))
                : (FloorPlan.On(vehicle), leg.Place);
            yield return Effect.Tell(lpn.Stream, new ToteCommand.Move(from, to));
        }

        yield return Effect.Tell(
            Warehouse(agv), new WarehouseCommand.LegDone(vehicle, leg.Mission, leg.Leg, leg.Place));
    }

    private static StreamId Warehouse(AgvState agv) => FloorPlan.WarehouseOf(agv.Vehicle!.Value.Text).Stream;

    private static void Check(AgvState agv)
    {
        if (agv.Mission is { } mission && (mission.Done < 0 || mission.Done > mission.Legs.Length))
        {
            throw new BrokenInvariantException(
                "agv", agv.Vehicle?.Text ?? "", $"{mission.Done} of {mission.Legs.Length} legs of {mission.Id} are done");
        }
    }
}
