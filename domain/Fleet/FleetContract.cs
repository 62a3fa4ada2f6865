using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>A node that a vehicle is to come to, and its place in the plan: of two visits to one node the lower step goes first.</summary>
[GenerateSerializer, Immutable, Alias("fleet.visit")]
public readonly record struct Visit([property: Id(0)] NodeId Node, [property: Id(1)] int Step);

/// <summary>What a plan has for one vehicle: the nodes after the end of its base, in order.</summary>
[GenerateSerializer, Immutable, Alias("fleet.way")]
public sealed record FleetWay(
    [property: Id(0)] VehicleId Vehicle, [property: Id(1)] ImmutableArray<Visit> Visits);

/// <summary>What a floor's fleet is told.</summary>
[GenerateSerializer, Immutable, Alias("fleet.command")]
public abstract record FleetCommand : Command
{
    private FleetCommand() { }

    /// <summary>This floor exists, with this graph and these rules.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.open")]
    public sealed record Open(
        [property: Id(0)] FloorId Floor, [property: Id(1)] FloorLayout Layout,
        [property: Id(2)] FleetRules Rules) : FleetCommand;

    /// <summary>A vehicle stands at a node from now on.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.join")]
    public sealed record Join([property: Id(0)] VehicleId Vehicle, [property: Id(1)] NodeId At) : FleetCommand;

    /// <summary>A vehicle is to go to a node; it keeps that goal until it is there or is sent elsewhere.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.send")]
    public sealed record Send(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] MissionId Mission, [property: Id(2)] NodeId Goal) : FleetCommand;

    /// <summary>Make a new plan. Nothing is released until it is there; vehicles drive on within their bases.</summary>
    /// <param name="Improvements">The improver's tries: part of the effect, so that a replay makes the same plan.</param>
    [GenerateSerializer, Immutable, Alias("fleet.replan")]
    public sealed record Replan([property: Id(0)] int Improvements) : FleetCommand;

    /// <summary>The planner's answer to a version of the floor.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.planned")]
    public sealed record Planned(
        [property: Id(0)] long Version, [property: Id(1)] ImmutableArray<FleetWay> Plan) : FleetCommand;

    /// <summary>A vehicle reports the node where it is, and how many it has reached since it joined. Late and repeated reports change nothing.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.report")]
    public sealed record Report(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] NodeId At, [property: Id(2)] long Reached) : FleetCommand;

    /// <summary>Nothing is heard of a vehicle any more: its link is broken, or its states are too old.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.lose")]
    public sealed record Lose([property: Id(0)] VehicleId Vehicle) : FleetCommand;

    /// <summary>The lease of a silent vehicle's horizon is over.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.expire-horizon")]
    public sealed record ExpireHorizon(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] Moment LostAt) : FleetCommand;

    /// <summary>A person has looked where a vehicle stands, with its drive off: what was released to it is taken back.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.confirm-position")]
    public sealed record ConfirmPosition(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] NodeId At, [property: Id(2)] string By) : FleetCommand;

    /// <summary>Operational stop: nothing is released into a zone or to a vehicle in it. It is no safety function.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.stop-zone")]
    public sealed record StopZone([property: Id(0)] FloorZone Zone, [property: Id(1)] string By) : FleetCommand;

    /// <summary>A person lets a zone go on, having been shown which vehicles move first.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.release-zone")]
    public sealed record ReleaseZone(
        [property: Id(0)] string Zone, [property: Id(1)] string By,
        [property: Id(2)] ImmutableArray<VehicleId> ShownFirst) : FleetCommand;

    /// <summary>The controller has started: nothing is released before every vehicle has reported or been confirmed.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.restart")]
    public sealed record Restart : FleetCommand;
}

/// <summary>What happens to a floor's fleet.</summary>
[GenerateSerializer, Immutable, Alias("fleet.event")]
public abstract record FleetEvent : Event
{
    private FleetEvent() { }

    /// <summary>The floor is open.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.opened")]
    public sealed record Opened(
        [property: Id(0)] FloorId Floor, [property: Id(1)] FloorLayout Layout,
        [property: Id(2)] FleetRules Rules) : FleetEvent;

    /// <summary>A vehicle stands there.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.joined")]
    public sealed record Joined([property: Id(0)] VehicleId Vehicle, [property: Id(1)] NodeId At) : FleetEvent;

    /// <summary>A vehicle has a goal.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.sent")]
    public sealed record Sent(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] MissionId Mission, [property: Id(2)] NodeId Goal) : FleetEvent;

    /// <summary>A plan for this version is being made.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.plan-asked")]
    public sealed record PlanAsked([property: Id(0)] long Version, [property: Id(1)] int Improvements) : FleetEvent;

    /// <summary>Every horizon is now as this plan has it.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.plan-taken")]
    public sealed record PlanTaken([property: Id(0)] ImmutableArray<FleetWay> Plan) : FleetEvent;

    /// <summary>A vehicle has so many more nodes of its horizon as base. It is durable before the vehicle hears of it.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.released")]
    public sealed record Released([property: Id(0)] VehicleId Vehicle, [property: Id(1)] int Nodes) : FleetEvent;

    /// <summary>A vehicle has reached so many more nodes; those behind it are free.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.passed")]
    public sealed record Passed([property: Id(0)] VehicleId Vehicle, [property: Id(1)] int Nodes) : FleetEvent;

    /// <summary>A vehicle has come to its goal.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.arrived")]
    public sealed record Arrived([property: Id(0)] VehicleId Vehicle, [property: Id(1)] MissionId Mission) : FleetEvent;

    /// <summary>A vehicle is silent since then; its whole base stays its own.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.lost")]
    public sealed record Lost([property: Id(0)] VehicleId Vehicle, [property: Id(1)] Moment At) : FleetEvent;

    /// <summary>A silent vehicle's horizon is gone.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.horizon-expired")]
    public sealed record HorizonExpired([property: Id(0)] VehicleId Vehicle) : FleetEvent;

    /// <summary>A vehicle is heard again, where it may be.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.heard-again")]
    public sealed record HeardAgain([property: Id(0)] VehicleId Vehicle) : FleetEvent;

    /// <summary>A vehicle reports a node that was not released to it: that node is blocked too, and a person must look.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.strayed")]
    public sealed record Strayed([property: Id(0)] VehicleId Vehicle, [property: Id(1)] NodeId At) : FleetEvent;

    /// <summary>A person says where a vehicle stands: only that node is its own now.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.position-confirmed")]
    public sealed record PositionConfirmed(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] NodeId At, [property: Id(2)] string By) : FleetEvent;

    /// <summary>A zone stands.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.zone-stopped")]
    public sealed record ZoneStopped([property: Id(0)] FloorZone Zone, [property: Id(1)] string By) : FleetEvent;

    /// <summary>A zone goes on.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.zone-released")]
    public sealed record ZoneReleased(
        [property: Id(0)] string Zone, [property: Id(1)] string By,
        [property: Id(2)] ImmutableArray<VehicleId> MoveFirst) : FleetEvent;

    /// <summary>The controller has started; every vehicle counts as silent.</summary>
    [GenerateSerializer, Immutable, Alias("fleet.restarted")]
    public sealed record Restarted([property: Id(0)] Moment At) : FleetEvent;
}

/// <summary>Why a fleet says no, in the order in which it is checked.</summary>
public enum FleetRefusal
{
    /// <summary>The floor is not open.</summary>
    NotOpen,
    /// <summary>This is another floor.</summary>
    AnotherFloor,
    /// <summary>The layout breaks a rule, or a rule of the fleet is out of bounds.</summary>
    NotAFloor,
    /// <summary>There is no such vehicle.</summary>
    UnknownVehicle,
    /// <summary>The floor has no such node.</summary>
    UnknownNode,
    /// <summary>The node belongs to another vehicle.</summary>
    NodeTaken,
    /// <summary>The plan is for another version of the floor.</summary>
    OldVersion,
    /// <summary>The plan drives where no way is, or begins elsewhere than a vehicle's base ends.</summary>
    NoSuchWay,
    /// <summary>In the plan two vehicles are at one node, or vehicles would wait for each other.</summary>
    Conflict,
    /// <summary>It was not said who asks.</summary>
    Nameless,
    /// <summary>There is no such stopped zone, or it is stopped already otherwise.</summary>
    UnknownZone,
    /// <summary>Other vehicles would move first than were shown.</summary>
    ShownOtherwise,
}
