using System.Collections.Immutable;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Fleet;

/// <summary>A mission under way.</summary>
/// <param name="Id">Its id; every repeat to the machine bears it.</param>
/// <param name="Lpn">The tote it is about; null when the vehicle only drives.</param>
/// <param name="Legs">What to do, in order.</param>
/// <param name="Done">How many legs are done.</param>
/// <param name="Repeats">How often the order was given to the machine again.</param>
/// <param name="Failure">Why the machine cannot go on; null while it can.</param>
[GenerateSerializer, Immutable, Alias("agv.mission")]
public sealed record AgvMission(
    [property: Id(0)] MissionId Id, [property: Id(1)] Lpn? Lpn, [property: Id(2)] ImmutableArray<Leg> Legs,
    [property: Id(3)] int Done, [property: Id(4)] int Repeats, [property: Id(5)] string? Failure);

/// <summary>A vehicle as its stream knows it.</summary>
/// <param name="Vehicle">Null before it is in service.</param>
/// <param name="Device">Through which it is commanded.</param>
/// <param name="At">The place where it acted or stood last.</param>
/// <param name="Load">The tote on it.</param>
/// <param name="Mission">What it does now.</param>
/// <param name="Online">Whether its link is up; null before it has said so.</param>
[GenerateSerializer, Immutable, Alias("agv-state")]
public sealed record AgvState(
    [property: Id(0)] VehicleId? Vehicle, [property: Id(1)] DeviceId? Device, [property: Id(2)] PlaceId At,
    [property: Id(3)] Lpn? Load, [property: Id(4)] AgvMission? Mission, [property: Id(5)] bool? Online)
{
    /// <summary>A vehicle that is not in service.</summary>
    public static AgvState Initial { get; } = new(null, null, default, null, null, null);
}
