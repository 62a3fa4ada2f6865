using System.Collections.Immutable;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Rfid;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Areas;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sensors.Sparkplug;

/// <summary>Sparkplug B edge nodes with their devices. A measure's <c>from</c> is <c>device/metric</c>, or the node's own <c>metric</c>.</summary>
public sealed class SparkplugAdapter : IDeviceAdapter
{
    /// <summary>The group, one level.</summary>
    public static DeviceSetting Group { get; } = Level("group", "The node's Sparkplug group.");

    /// <summary>The edge node, one level.</summary>
    public static DeviceSetting Node { get; } = Level("node", "The edge node's name.");

    /// <summary>Shortest time between two requests for a rebirth, real milliseconds; it doubles, up to 64 times, until the node is born. Default 5000.</summary>
    public static DeviceSetting RebirthMilliseconds { get; } = DeviceSetting.Whole(
        "rebirthMilliseconds", "Shortest real time between two requests for a rebirth; it doubles, up to 64 times, until the node is born.", 5_000, 100, 600_000);

    /// <summary>How long a message waits for one before it, real milliseconds. Default 2000.</summary>
    public static DeviceSetting ReorderMilliseconds { get; } = DeviceSetting.Whole(
        "reorderMilliseconds", "How long a message waits for one before it, before the node is asked for a rebirth.", 2_000, 0, 60_000);

    /// <inheritdoc/>
    public DeviceKind Kind { get; } = new("sparkplugNode");

    /// <inheritdoc/>
    public string Prefix => "sensor-";

    /// <inheritdoc/>
    public ImmutableArray<string> Capabilities => ["measure"];

    /// <inheritdoc/>
    public ImmutableArray<DeviceSetting> Settings => [ReaderAdapter.Area, Group, Node, RebirthMilliseconds, ReorderMilliseconds, Measure.Setting];

    /// <inheritdoc/>
    public StreamId OwnerOf(DeviceManifest manifest) => AreaId.Parse($"{manifest.Warehouse}/{manifest.Text(ReaderAdapter.Area)}").Stream;

    /// <inheritdoc/>
    public IDeviceSession SessionOf(DeviceManifest manifest, AdapterPorts ports) => new SparkplugSession(manifest, ports);

    private static DeviceSetting Level(string key, string about) => new(
        key, about, null, new System.Text.Json.Nodes.JsonObject { ["type"] = "string", ["pattern"] = "^[^+#/]+$", ["maxLength"] = 128 },
        text => text.Length is >= 1 and <= 128 && text.AsSpan().IndexOfAny("+#/\0") < 0 ? null : "one level of a topic: no + # and /, 1 to 128 characters");
}
