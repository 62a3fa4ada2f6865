using System.Collections.Immutable;
using Warehouse.Domain.Fleet;

namespace Warehouse.Domain.Devices;

/// <summary>
/// Which signals are news. Machines and links repeat themselves and may overtake each other, so each fact has a name,
/// and a bounded window of names is kept; a repeat from before the window is still harmless, because tasks, missions
/// and jobs count once at their owners too.
/// </summary>
public static class HeardSignals
{
    /// <summary>How many names are kept.</summary>
    public const int Window = 64;

    /// <summary>True when the device has not said this before.</summary>
    public static bool IsNews(DeviceState device, DeviceSignal signal)
    {
        ArgumentNullException.ThrowIfNull(device);
        return NameOf(signal) is { } name ? !device.Heard.Contains(name, StringComparer.Ordinal) : signal switch
        {
            DeviceSignal.LinkChanged link => link.Online != device.Online,
            DeviceSignal.ConditionChanged it => it.Condition != (device.Condition ?? VehicleCondition.Normal),
            _ => throw new ArgumentException($"{signal.GetType().Name} has neither a name nor a rule", nameof(signal)),
        };
    }

    /// <summary>The device after it said this.</summary>
    public static DeviceState Hear(DeviceState device, DeviceSignal signal)
    {
        ArgumentNullException.ThrowIfNull(device);
        return (NameOf(signal), signal) switch
        {
            ({ } name, _) => device with
            {
                Heard = (device.Heard.Length < Window ? device.Heard : device.Heard.RemoveAt(0)).Add(name),
            },
            (_, DeviceSignal.LinkChanged link) => device with { Online = link.Online },
            (_, DeviceSignal.ConditionChanged it) => device with { Condition = it.Condition },
            _ => device,
        };
    }

    /// <summary>What waits in the outbox after the machine said this: a way and a drive keep how far they are, so that a later session knows.</summary>
    public static ImmutableArray<OutboxEntry> Progress(ImmutableArray<OutboxEntry> outbox, DeviceSignal signal) => signal switch
    {
        DeviceSignal.LegsDone legs => Progress(outbox, legs.Mission.Text, 0, legs.Count),
        DeviceSignal.WayPassed way => Progress(outbox, way.Mission.Text, way.Nodes, way.Acts),
        _ => outbox,
    };

    private static ImmutableArray<OutboxEntry> Progress(ImmutableArray<OutboxEntry> outbox, string id, int nodes, int acts) =>
    [
        .. outbox.Select(entry => entry.Command.Id == id
            ? entry with { Nodes = Math.Max(entry.Nodes, nodes), Acts = Math.Max(entry.Acts, acts) }
            : entry),
    ];

    private static string? NameOf(DeviceSignal signal) => signal switch
    {
        DeviceSignal.ButtonPressed press => FormattableString.Invariant($"press {press.Boot}.{press.Sequence}"),
        DeviceSignal.LegsDone legs => FormattableString.Invariant($"legs {legs.Mission} {legs.Count}"),
        DeviceSignal.WayPassed way => FormattableString.Invariant($"way {way.Mission} {way.Nodes} {way.Acts}"),
        DeviceSignal.DriveCancelled cancelled => $"cancelled {cancelled.Mission}",
        DeviceSignal.BaseRequested more => FormattableString.Invariant($"base {more.Mission} {more.Released}"),
        DeviceSignal.ActRetriable stuck => $"retriable {stuck.ActionId}",
        DeviceSignal.Requested it => $"request {it.Request.RequestId}",
        DeviceSignal.DriveFailed failed => $"failed {failed.Mission}",
        DeviceSignal.CraneJobDone done => $"job {done.Job}",
        DeviceSignal.CraneJobFailed failed => $"failed {failed.Job}",
        DeviceSignal.TagsRead { Sighting: var tag } => FormattableString.Invariant($"tag {tag.Hex} {tag.Passage} {tag.FirstSeen.UnixMilliseconds}"),
        DeviceSignal.Measured measured => FormattableString.Invariant($"measured {measured.Measure} {measured.Level} {measured.Episode}"),
        _ => null,
    };
}
