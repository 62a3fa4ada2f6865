using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Warehouse.Devices.Manifests;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Vda5050;

/// <summary>What a vehicle's manifest may say, and how the adapter goes by it.</summary>
public static class VehicleSettings
{
    /// <summary>The vehicle's manufacturer in its topics, one level. Default <c>virtual</c>.</summary>
    public static DeviceSetting Manufacturer { get; } = DeviceSetting.Level(
        "manufacturer", "The vehicle's manufacturer in its topics.", _ => VdaTopics.VirtualManufacturer);

    /// <summary>The vehicle's serial number in its topics, one level. Default warehouse and name, <c>MAIN-V07</c>.</summary>
    public static DeviceSetting SerialNumber { get; } = DeviceSetting.Level(
        "serialNumber", "The vehicle's serial number in its topics.", manifest => $"{manifest.Warehouse}-{manifest.Name}");

    /// <summary>The vehicle's map of its floor, one part. Default the warehouse.</summary>
    public static DeviceSetting MapId { get; } = DeviceSetting.Level("mapId", "The vehicle's map of its floor.", manifest => manifest.Warehouse);

    /// <summary>Which load handling device picks and drops (lhd). Default <c>fork</c>.</summary>
    public static DeviceSetting LoadHandlingDevice { get; } = DeviceSetting.Level(
        "loadHandlingDevice", "Which load handling device picks and drops (lhd).", _ => "fork");

    /// <summary>The version of VDA 5050 that the vehicle speaks, as it stands in each message. Default 2.1.0.</summary>
    public static DeviceSetting Version { get; } = DeviceSetting.Choice(
        "version", "The version of VDA 5050 that the vehicle speaks, as it stands in each message.",
        [VdaTopics.DefaultVersion, .. VdaTopics.Versions.Where(version => version != VdaTopics.DefaultVersion)]);

    /// <summary>First level of the vehicle's topics. Default what its version suggests: <c>uagv</c> or <c>vda5050</c>.</summary>
    public static DeviceSetting InterfaceName { get; } = DeviceSetting.Level(
        "interfaceName", "First level of the vehicle's topics.", manifest => VdaTopics.InterfaceOf(manifest.Text(Version)));

    /// <summary>What happens with a message that breaks the published schema. Default <c>count</c>.</summary>
    public static DeviceSetting Validation { get; } = DeviceSetting.Choice(
        "validation", "What happens with a message that breaks the published schema: it is counted, counted and not used, or nobody looks.",
        "count", "refuse", "off");

    /// <summary>What the vehicle calls a tote (loadType). Default <c>tote</c>.</summary>
    public static DeviceSetting LoadType { get; } = DeviceSetting.Level("loadType", "What the vehicle calls a tote (loadType).", _ => "tote");

    /// <summary>What the vehicle calls every place (stationType). Default empty: the place's own kind, <c>out</c>, <c>in</c>, <c>dock</c>.</summary>
    public static DeviceSetting StationType { get; } = new(
        "stationType", "What the vehicle calls every place (stationType); empty is the place's own kind.", _ => "",
        new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9._-]*$", ["maxLength"] = GrainKey.MaxBytes },
        text => text.Length == 0 || GrainKey.IsPart(text) ? null : $"nothing, or one part of A-Z a-z 0-9 . _ -, at most {GrainKey.MaxBytes} long");

    /// <summary>By what the vehicle shows that a node is behind it: it leaves nodeStates, or lastNodeSequenceId has come to it. Default <c>nodeStates</c>.</summary>
    public static DeviceSetting Completion { get; } = DeviceSetting.Choice(
        "completion", "By what the vehicle shows that a node is behind it: it leaves nodeStates, or lastNodeSequenceId has come to it.",
        "nodeStates", "lastNode");

    /// <summary>Whose left-over order is cancelled before a new one is sent; never: it is waited for. Default <c>ours</c>: a vehicle that cannot go on with an order keeps it.</summary>
    public static DeviceSetting CancelBefore { get; } = DeviceSetting.Choice(
        "cancelBefore", "Whose left-over order is cancelled at the vehicle before a new one is sent.", "ours", "never", "any");

    /// <summary>States in a row that must bear a rejection before it is believed. Default 2.</summary>
    public static DeviceSetting RejectionStates { get; } = DeviceSetting.Whole(
        "rejectionStates", "States in a row that must bear a rejection before it is believed.", 2, 1, 20);

    /// <summary>Seconds of the warehouse's time after which an unfinished cancelOrder is a case for a person. Default 120.</summary>
    public static DeviceSetting CancelSeconds { get; } = DeviceSetting.Whole(
        "cancelSeconds", "Seconds of the warehouse's time after which an unfinished cancelOrder is a case for a person.", 120, 5, 3_600);

    /// <summary>Seconds of the warehouse's time without a state after which the vehicle counts as away; 0 is never. Default 60: the standard has one at least every 30.</summary>
    public static DeviceSetting StaleSeconds { get; } = DeviceSetting.Whole(
        "staleSeconds", "Seconds of the warehouse's time without a state after which the vehicle counts as away; 0 is never.", 60, 0, 3_600);

    /// <summary>Most nodes of an order message; 0 is as many as the factsheet allows. Default 0.</summary>
    public static DeviceSetting OrderNodes { get; } = DeviceSetting.Whole(
        "orderNodes", "Most nodes of an order message; 0 is as many as the factsheet allows.", 0, 0, 1_000);

    /// <summary>How far from the first node of an order the vehicle may stand, at least, millimetres; 0 is its own rule. Default 0.</summary>
    public static DeviceSetting StartDeviationMillimetres { get; } = DeviceSetting.Whole(
        "startDeviationMillimetres", "How far from the first node of an order the vehicle may stand, at least; 0 is its own rule.", 0, 0, 1_000);

    /// <summary>Whether a failed pick or drop waits for retry or skipRetry (3.0.0). Default <c>no</c>.</summary>
    public static DeviceSetting RetriableActs { get; } = DeviceSetting.Choice(
        "retriableActs", "Whether a failed pick or drop waits for retry or skipRetry (3.0.0).", "no", "yes");

    /// <summary>In which field instant actions stand: the standard's <c>actions</c>, or both that and the old <c>instantActions</c>. Default <c>actions</c>.</summary>
    public static DeviceSetting ActionsField { get; } = DeviceSetting.Choice(
        "actionsField", "In which field instant actions stand: the standard's, or both that and the old instantActions.", "actions", "both");

    /// <summary>How far what the vehicle says of its loads counts. Default <c>identified</c>: its loadId is our tote's.</summary>
    public static DeviceSetting Loads { get; } = DeviceSetting.Choice(
        "loads", "How far what the vehicle says of its loads counts: by our totes' ids, by whether there is one, or not at all.",
        "identified", "counted", "ignored");

    /// <summary>Seconds of the warehouse's time for which the load may contradict a finished pick or drop. Default 10.</summary>
    public static DeviceSetting LoadSeconds { get; } = DeviceSetting.Whole(
        "loadSeconds", "Seconds of the warehouse's time for which the load may contradict a finished pick or drop before the mission fails.", 10, 0, 600);

    /// <summary>All of them, as the manifests' schema lists them.</summary>
    public static ImmutableArray<DeviceSetting> All { get; } =
    [
        DeviceSettings.ResendSeconds, DeviceSettings.ReadBackMilliseconds, Manufacturer, SerialNumber, MapId, LoadHandlingDevice,
        Version, InterfaceName, Validation, LoadType, StationType, Completion, CancelBefore, RejectionStates, CancelSeconds,
        StaleSeconds, OrderNodes, StartDeviationMillimetres, RetriableActs, ActionsField,
        Loads, LoadSeconds,
    ];

    internal static VdaTopics TopicsOf(DeviceManifest manifest) => new(
        manifest.Text(InterfaceName), manifest.Text(Version), manifest.Text(Manufacturer), manifest.Text(SerialNumber));

    internal static DriveStyle StyleOf(DeviceManifest manifest) => new(
        manifest.Text(MapId), manifest.Text(LoadHandlingDevice), manifest.Text(LoadType), manifest.Text(StationType),
        manifest.Number(StartDeviationMillimetres), manifest.Text(RetriableActs) == "yes");

    internal static DriveRules RulesOf(DeviceManifest manifest) => new(
        manifest.Warehouse,
        manifest.Text(Completion) == "lastNode" ? Vda5050.Completion.LastNode : Vda5050.Completion.NodeStates,
        Enum.Parse<CancelBefore>(manifest.Text(CancelBefore), ignoreCase: true),
        manifest.Number(RejectionStates),
        manifest.Number(DeviceSettings.ResendSeconds) * 1000L,
        manifest.Number(CancelSeconds) * 1000L,
        manifest.Number(LoadSeconds) * 1000L);

    internal static Validation ValidationOf(DeviceManifest manifest) =>
        Enum.Parse<Validation>(manifest.Text(Validation), ignoreCase: true);

    internal static LoadEvidence LoadsOf(DeviceManifest manifest) => Enum.Parse<LoadEvidence>(manifest.Text(Loads), ignoreCase: true);

    internal static bool HasBothActionFields(DeviceManifest manifest) => manifest.Text(ActionsField) == "both";
}
