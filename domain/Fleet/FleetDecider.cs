using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>
/// A floor's traffic. A plan gives every vehicle a horizon; nodes are released from it one after another, each to one
/// vehicle, and what is released stays its own until it reports that it has gone on, whatever happens to it meanwhile.
/// A new plan begins where the bases end, so vehicles drive on while it is made.
/// </summary>
public static class FleetDecider
{
    /// <summary>Most nodes that may be released ahead of a vehicle.</summary>
    public const int MostBaseNodes = 20;

    private const int NameLength = 100;

    /// <summary>The noun.</summary>
    public static Decider<FleetState> Decider { get; } = new("fleet", 1, FleetState.Initial, Decide, Evolve, React, FleetInvariants.Check);

    /// <summary>Which vehicles of a stopped zone move first when it goes on: what a person must be shown before.</summary>
    public static ImmutableArray<VehicleId> MoveFirst(FleetState fleet, string zone)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        return fleet.Stopped.ContainsKey(zone) ? FleetReleases.MoveFirst(fleet, zone) : [];
    }

    private static Decision Decide(FleetState fleet, Command command, Moment at) => (command, fleet) switch
    {
        (Answered, _) => Decision.Nothing,
        (FleetCommand.Open open, { Layout: null }) => Open(open),
        (_, { Layout: null }) => Decision.Refuse(FleetRefusal.NotOpen, "the floor is not open"),
        (FleetCommand.Open open, _) => open.Floor == fleet.Floor
            ? Decision.Nothing
            : Decision.Refuse(FleetRefusal.AnotherFloor, $"this is {fleet.Floor}, not {open.Floor}"),
        (FleetCommand.Join join, _) => Join(fleet, join),
        (FleetCommand.Replan replan, _) => Decision.Accept(new FleetEvent.PlanAsked(fleet.Version + 1, replan.Improvements)),
        (FleetCommand.Planned planned, _) => Planned(fleet, planned),
        (FleetCommand.StopZone stop, _) => StopZone(fleet, stop),
        (FleetCommand.ReleaseZone release, _) => ReleaseZone(fleet, release),
        (FleetCommand.Restart, _) => Decision.Accept(new FleetEvent.Restarted(at)),
        (FleetCommand.Send it, _) => Of(fleet, it.Vehicle, vehicle => Send(fleet, vehicle, it)),
        (FleetCommand.Report it, _) => Of(fleet, it.Vehicle, vehicle => Report(fleet, vehicle, it)),
        (FleetCommand.Lose it, _) => Of(fleet, it.Vehicle, vehicle => Lose(vehicle, it, at)),
        (FleetCommand.ExpireHorizon it, _) => Of(fleet, it.Vehicle, vehicle => Expire(vehicle, it)),
        (FleetCommand.ConfirmPosition it, _) => Of(fleet, it.Vehicle, vehicle => Confirm(fleet, vehicle, it)),
        _ => throw new UnreachableCommandException("fleet", command),
    };

    private static Decision Of(FleetState fleet, VehicleId id, Func<FleetVehicle, Decision> decide) =>
        fleet.Vehicles.TryGetValue(id, out var vehicle)
            ? decide(vehicle)
            : Decision.Refuse(FleetRefusal.UnknownVehicle, $"there is no {id} on this floor");

    private static Decision Open(FleetCommand.Open open) =>
        open.Rules.BaseNodes is < 1 or > MostBaseNodes || open.Rules.HorizonLeaseMilliseconds < 0
            ? Decision.Refuse(FleetRefusal.NotAFloor, $"1 to {MostBaseNodes} nodes can be released ahead")
        : open.Layout.Nodes.IsDefaultOrEmpty
            ? Decision.Refuse(FleetRefusal.NotAFloor, $"{open.Layout.Floor} has no nodes")
            : Decision.Accept(new FleetEvent.Opened(open.Floor, open.Layout, open.Rules));

    private static Decision Join(FleetState fleet, FleetCommand.Join join) =>
        fleet.Vehicles.ContainsKey(join.Vehicle) ? Decision.Nothing
        : fleet.Graph.IndexOf(join.At) < 0 ? Unknown(join.At)
        : fleet.Owners.TryGetValue(join.At, out var owner)
            ? Decision.Refuse(FleetRefusal.NodeTaken, $"{join.At} is {owner}'s")
            : Decision.Accept(new FleetEvent.Joined(join.Vehicle, join.At));

    private static Decision Send(FleetState fleet, FleetVehicle vehicle, FleetCommand.Send send) =>
        (vehicle.Mission, vehicle.Goal) == (send.Mission, send.Goal) ? Decision.Nothing
        : fleet.Graph.IndexOf(send.Goal) < 0 ? Unknown(send.Goal)
        : vehicle.At == send.Goal && vehicle.Base.Length == 1
            ? Decision.Accept(
                new FleetEvent.Sent(send.Vehicle, send.Mission, send.Goal), new FleetEvent.Arrived(send.Vehicle, send.Mission))
            : Decision.Accept(new FleetEvent.Sent(send.Vehicle, send.Mission, send.Goal));

    private static Decision Planned(FleetState fleet, FleetCommand.Planned planned)
    {
        if (!fleet.Asked || planned.Version != fleet.Version)
        {
            return Decision.Refuse(FleetRefusal.OldVersion, $"the plan is for version {planned.Version}; {(fleet.Asked ? $"{fleet.Version} is awaited" : "none is awaited")}");
        }

        if (FleetPlans.Refused(fleet, planned.Plan) is { } refused)
        {
            return refused;
        }

        var taken = new FleetEvent.PlanTaken(planned.Plan);
        return Decision.Accept([taken, .. FleetReleases.Of(FleetMoves.PlanTaken(fleet, taken), fleet.Vehicles.Keys)]);
    }

    /// <summary>A report is of a node that the vehicle has, or it is late, or the vehicle is where it should not be.</summary>
    private static Decision Report(FleetState fleet, FleetVehicle vehicle, FleetCommand.Report report)
    {
        var ahead = report.Reached - vehicle.Reached;
        if (ahead < 0 || vehicle.Standing == VehicleStanding.Astray)
        {
            return Decision.Nothing;
        }

        if (ahead >= vehicle.Base.Length || vehicle.Base[(int)ahead] != report.At)
        {
            return fleet.Graph.IndexOf(report.At) < 0
                ? Unknown(report.At)
                : Decision.Accept(new FleetEvent.Strayed(report.Vehicle, report.At));
        }

        var events = ImmutableArray.CreateBuilder<Event>();
        if (vehicle.Standing == VehicleStanding.Silent)
        {
            events.Add(new FleetEvent.HeardAgain(report.Vehicle));
        }

        if (ahead > 0)
        {
            events.Add(new FleetEvent.Passed(report.Vehicle, (int)ahead));
        }

        if (vehicle is { Mission: { } mission } && report.At == vehicle.Goal && ahead == vehicle.Base.Length - 1)
        {
            events.Add(new FleetEvent.Arrived(report.Vehicle, mission));
        }

        var after = events.Aggregate(fleet, Evolve);
        return Decision.Accept(
            [.. events, .. FleetReleases.Of(after, FleetReleases.Concerned(after, report.Vehicle, vehicle.Base[..(int)ahead]))]);
    }

    private static Decision Lose(FleetVehicle vehicle, FleetCommand.Lose lose, Moment at) =>
        vehicle.Standing == VehicleStanding.Heard
            ? Decision.Accept(new FleetEvent.Lost(lose.Vehicle, at))
            : Decision.Nothing;

    private static Decision Expire(FleetVehicle vehicle, FleetCommand.ExpireHorizon expire) =>
        vehicle.Standing == VehicleStanding.Silent && vehicle.LostAt == expire.LostAt && !vehicle.Horizon.IsEmpty
            ? Decision.Accept(new FleetEvent.HorizonExpired(expire.Vehicle))
            : Decision.Nothing;

    private static Decision Confirm(FleetState fleet, FleetVehicle vehicle, FleetCommand.ConfirmPosition confirm) =>
        fleet.Graph.IndexOf(confirm.At) < 0 ? Unknown(confirm.At)
        : fleet.Owners.TryGetValue(confirm.At, out var owner) && owner != confirm.Vehicle
            ? Decision.Refuse(FleetRefusal.NodeTaken, $"{confirm.At} is {owner}'s")
        : IsNameless(confirm.By) ? Nameless
        : vehicle.Standing == VehicleStanding.Heard && vehicle.Base is [var only] && only == confirm.At ? Decision.Nothing
        : Decision.Accept(new FleetEvent.PositionConfirmed(confirm.Vehicle, confirm.At, confirm.By));

    private static Decision StopZone(FleetState fleet, FleetCommand.StopZone stop) =>
        IsNameless(stop.By) || IsNameless(stop.Zone.Name) ? Nameless
        : !fleet.Stopped.TryGetValue(stop.Zone.Name, out var stands) ? Decision.Accept(new FleetEvent.ZoneStopped(stop.Zone, stop.By))
        : stands == stop.Zone ? Decision.Nothing
        : Decision.Refuse(FleetRefusal.UnknownZone, $"{stop.Zone.Name} is stopped already, and lies elsewhere");

    private static Decision ReleaseZone(FleetState fleet, FleetCommand.ReleaseZone release)
    {
        if (!fleet.Stopped.ContainsKey(release.Zone))
        {
            return Decision.Refuse(FleetRefusal.UnknownZone, $"no zone {release.Zone} is stopped");
        }

        if (IsNameless(release.By))
        {
            return Nameless;
        }

        var first = FleetReleases.MoveFirst(fleet, release.Zone);
        if (!first.SequenceEqual(release.ShownFirst))
        {
            return Decision.Refuse(FleetRefusal.ShownOtherwise, $"first {(first.IsEmpty ? "nobody moves" : "move " + string.Join(", ", first))}");
        }

        var released = new FleetEvent.ZoneReleased(release.Zone, release.By, first);
        var after = Evolve(fleet, released);
        return Decision.Accept([released, .. FleetReleases.Of(after, after.Vehicles.Keys)]);
    }

    private static Decision Nameless => Decision.Refuse(FleetRefusal.Nameless, "say who you are, and name the zone");

    private static bool IsNameless(string name) => string.IsNullOrWhiteSpace(name) || name.Length > NameLength;

    private static Decision Unknown(NodeId node) => Decision.Refuse(FleetRefusal.UnknownNode, $"the floor has no node {node}");

    private static FleetState Evolve(FleetState fleet, Event happened) => happened switch
    {
        FleetEvent.Opened it => fleet with { Floor = it.Floor, Layout = it.Layout, Rules = it.Rules },
        FleetEvent.Joined it => Unasked(FleetMoves.Joined(fleet, it)),
        FleetEvent.Sent it => FleetMoves.With(fleet, it.Vehicle, vehicle => vehicle with { Mission = it.Mission, Goal = it.Goal, SentIn = fleet.Version }),
        FleetEvent.PlanAsked it => fleet with { Version = it.Version, Asked = true },
        FleetEvent.PlanTaken it => FleetMoves.PlanTaken(fleet, it),
        FleetEvent.Released it => FleetMoves.Released(fleet, it),
        FleetEvent.Passed it => Reported(FleetMoves.Passed(fleet, it), it.Vehicle),
        FleetEvent.Arrived it => FleetMoves.With(fleet, it.Vehicle, vehicle => vehicle with { Mission = null, Goal = null }),
        FleetEvent.Lost it => Unasked(FleetMoves.With(fleet, it.Vehicle, vehicle => vehicle with { Standing = VehicleStanding.Silent, LostAt = it.At })),
        FleetEvent.HorizonExpired it => FleetMoves.WithoutHorizon(fleet, it.Vehicle),
        FleetEvent.HeardAgain it => Unasked(Reported(FleetMoves.With(fleet, it.Vehicle, vehicle => vehicle with { Standing = VehicleStanding.Heard, LostAt = default }), it.Vehicle)),
        FleetEvent.Strayed it => Unasked(Reported(FleetMoves.Strayed(fleet, it), it.Vehicle)),
        FleetEvent.PositionConfirmed it => Unasked(FleetMoves.PositionConfirmed(fleet, it)),
        FleetEvent.ZoneStopped it => Unasked(fleet with { Stopped = fleet.Stopped.Add(it.Zone.Name, it.Zone) }),
        FleetEvent.ZoneReleased it => Unasked(fleet with { Stopped = fleet.Stopped.Remove(it.Zone) }),
        FleetEvent.Restarted it => Restarted(fleet, it.At),
        _ => throw new UnknownEventException("fleet", happened),
    };

    /// <summary>A plan that is being made does not know of this: it will be refused.</summary>
    private static FleetState Unasked(FleetState fleet) => fleet with { Asked = false };

    private static FleetState Reported(FleetState fleet, VehicleId vehicle) =>
        fleet.Unreported.IsEmpty ? fleet : fleet with { Unreported = fleet.Unreported.Remove(vehicle) };

    private static FleetState Restarted(FleetState fleet, Moment at) => fleet with
    {
        Asked = false,
        Unreported = [.. fleet.Vehicles.Where(one => one.Value.Standing != VehicleStanding.Astray).Select(one => one.Key)],
        Turns = fleet.Turns.Clear(),
        Vehicles = fleet.Vehicles.ToImmutableSortedDictionary(one => one.Key, one => one.Value with
        {
            Horizon = [],
            Standing = one.Value.Standing == VehicleStanding.Astray ? VehicleStanding.Astray : VehicleStanding.Silent,
            LostAt = at,
        }),
    };

    private static IEnumerable<Effect> React(FleetState fleet, Event happened) => happened switch
    {
        FleetEvent.Lost it =>
        [
            Effect.Wake(
                fleet.Floor!.Value.Stream, new FleetCommand.ExpireHorizon(it.Vehicle, it.At),
                it.At.Plus(fleet.Rules.HorizonLeaseMilliseconds)),
        ],
        _ => [],
    };
}
