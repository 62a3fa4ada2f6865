using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Fleet;

/// <summary>What a vehicle does at the end of a leg.</summary>
public enum LegAction
{
    /// <summary>Stand there (present a tote, or park).</summary>
    Stand,
    /// <summary>Take the tote from the place.</summary>
    Pick,
    /// <summary>Set the tote down on the place.</summary>
    Drop,
}

/// <summary>One stretch of a mission: drive these nodes in order, then act at the place. The first leg's first node is where the vehicle stands.</summary>
[GenerateSerializer, Immutable, Alias("agv.leg")]
public sealed record Leg(
    [property: Id(0)] ImmutableArray<RoutePoint> Nodes, [property: Id(1)] LegAction Action,
    [property: Id(2)] PlaceId Place);

/// <summary>A node and where it is, in millimetres on its floor. Written as <c>N0042@1500,3000</c>: a route has a hundred of them.</summary>
[GenerateSerializer, Immutable, Alias("agv.route-point"), JsonConverter(typeof(RoutePointJson))]
public sealed record RoutePoint(
    [property: Id(0)] NodeId Node, [property: Id(1)] int XMillimetres, [property: Id(2)] int YMillimetres);

/// <summary>What a vehicle is told.</summary>
[GenerateSerializer, Immutable, Alias("agv.command")]
public abstract record AgvCommand : Command
{
    private AgvCommand() { }

    /// <summary>This vehicle exists, answers through this device and stands at this place.</summary>
    [GenerateSerializer, Immutable, Alias("agv.open")]
    public sealed record Open(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] DeviceId Device, [property: Id(2)] PlaceId Home) : AgvCommand;

    /// <summary>Carry a tote (none when it only drives): one mission at a time.</summary>
    [GenerateSerializer, Immutable, Alias("agv.carry")]
    public sealed record Carry(
        [property: Id(0)] MissionId Mission, [property: Id(1)] Lpn? Lpn,
        [property: Id(2)] ImmutableArray<Leg> Legs) : AgvCommand;
}

/// <summary>What happens to a vehicle.</summary>
[GenerateSerializer, Immutable, Alias("agv.event")]
public abstract record AgvEvent : Event
{
    private AgvEvent() { }

    /// <summary>The vehicle is in service.</summary>
    [GenerateSerializer, Immutable, Alias("agv.opened")]
    public sealed record Opened(
        [property: Id(0)] VehicleId Vehicle, [property: Id(1)] DeviceId Device, [property: Id(2)] PlaceId Home) : AgvEvent;

    /// <summary>It has a mission since then.</summary>
    [GenerateSerializer, Immutable, Alias("agv.mission-begun")]
    public sealed record MissionBegun(
        [property: Id(0)] MissionId Mission, [property: Id(1)] Lpn? Lpn,
        [property: Id(2)] ImmutableArray<Leg> Legs, [property: Id(3)] Moment At) : AgvEvent;

    /// <summary>A leg is done: the vehicle acted at its place. Legs count from 0.</summary>
    [GenerateSerializer, Immutable, Alias("agv.leg-done")]
    public sealed record LegDone(
        [property: Id(0)] MissionId Mission, [property: Id(1)] int Leg, [property: Id(2)] LegAction Action,
        [property: Id(3)] PlaceId Place) : AgvEvent;

    /// <summary>The mission is done.</summary>
    [GenerateSerializer, Immutable, Alias("agv.mission-done")]
    public sealed record MissionDone([property: Id(0)] MissionId Mission) : AgvEvent;

    /// <summary>The vehicle refused or failed the mission.</summary>
    [GenerateSerializer, Immutable, Alias("agv.mission-failed")]
    public sealed record MissionFailed(
        [property: Id(0)] MissionId Mission, [property: Id(1)] string Reason) : AgvEvent;

    /// <summary>An order to the vehicle was not confirmed in time; it is sent again under the same id.</summary>
    [GenerateSerializer, Immutable, Alias("agv.order-repeated")]
    public sealed record OrderRepeated(
        [property: Id(0)] MissionId Mission, [property: Id(1)] int Times, [property: Id(2)] Moment At) : AgvEvent;

    /// <summary>The link to the vehicle came or went.</summary>
    [GenerateSerializer, Immutable, Alias("agv.link-changed")]
    public sealed record LinkChanged([property: Id(0)] bool Online) : AgvEvent;
}

/// <summary>Why a vehicle says no, in the order in which it is checked.</summary>
public enum AgvRefusal
{
    /// <summary>The vehicle is not in service.</summary>
    NotOpen,
    /// <summary>It is in service as another one.</summary>
    AnotherVehicle,
    /// <summary>The mission has no legs, or a leg has no nodes.</summary>
    NotAMission,
    /// <summary>It has another mission.</summary>
    Busy,
    /// <summary>It carries another tote, or none where it should.</summary>
    WrongLoad,
}
