using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;

namespace Warehouse.Domain.Devices;

/// <summary>
/// A device as its stream knows it: who owns it, who may send to it, what waits to be sent, what it has said.
/// </summary>
/// <param name="Device">Null before it is registered.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Owner">Who hears of its signals.</param>
/// <param name="Mode">How far we command it.</param>
/// <param name="Suspended">True when a difference took it out of automatic mode; the last answer puts it back.</param>
/// <param name="Host">The session host that holds it, or held it last.</param>
/// <param name="Epoch">Counts changes of the host from 1; an older one is no longer heard.</param>
/// <param name="LeasedUntil">When the lease ends, on the real clock.</param>
/// <param name="LastSequence">The number of the latest command.</param>
/// <param name="Outbox">What waits to be sent, in order; at most <see cref="DeviceDecider.OutboxLimit"/>.</param>
/// <param name="LastEnded">What left the outbox last; its owner may have to hear of it.</param>
/// <param name="Differences">What waits for a person's answer.</param>
/// <param name="Heard">Names of the latest facts, oldest first: a repeat of one of them is no news.</param>
/// <param name="Online">Whether the machine's link is up; null before it has said so.</param>
/// <param name="Condition">What a vehicle said of itself last; null before it has.</param>
[GenerateSerializer, Immutable, Alias("device-state")]
public sealed record DeviceState(
    [property: Id(0)] DeviceId? Device,
    [property: Id(1)] DeviceKind Kind,
    [property: Id(2)] StreamId? Owner,
    [property: Id(3)] DeviceMode Mode,
    [property: Id(4)] bool Suspended,
    [property: Id(5)] string? Host,
    [property: Id(6)] long Epoch,
    [property: Id(7)] Moment LeasedUntil,
    [property: Id(8)] long LastSequence,
    [property: Id(9)] ImmutableArray<OutboxEntry> Outbox,
    [property: Id(10)] OutboxEntry? LastEnded,
    [property: Id(11)] ImmutableArray<Difference> Differences,
    [property: Id(12)] ImmutableArray<string> Heard,
    [property: Id(13)] bool? Online,
    [property: Id(14)] VehicleCondition? Condition)
{
    /// <summary>A device that nobody has registered.</summary>
    public static DeviceState Initial { get; } = new(
        null, DeviceKind.PickTag, null, DeviceMode.Automatic, false, null, 0, default, 0, [], null,
        [], [], null, null);

    /// <summary>The lease as a session gets it.</summary>
    public Lease ToLease() => new(Epoch, Mode, Outbox);
}
