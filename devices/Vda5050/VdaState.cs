using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Warehouse.Devices.Vda5050;

/// <summary>A vehicle's state (topic state, QoS 0): on each event, and at least every 30 s. Field names are the schema's.</summary>
public sealed record VdaState(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    string OrderId, uint OrderUpdateId, string LastNodeId, uint LastNodeSequenceId,
    ImmutableArray<VdaNodeState> NodeStates, ImmutableArray<VdaEdgeState> EdgeStates, bool Driving,
    ImmutableArray<VdaActionState> ActionStates, VdaBattery BatteryState, VdaOperatingMode OperatingMode,
    ImmutableArray<VdaError> Errors, VdaSafetyState SafetyState,
    VdaPosition? AgvPosition = null, ImmutableArray<VdaLoad>? Loads = null, bool? Paused = null) : IVdaMessage;

/// <summary>A node still ahead.</summary>
public sealed record VdaNodeState(string NodeId, uint SequenceId, bool Released);

/// <summary>An edge still ahead.</summary>
public sealed record VdaEdgeState(string EdgeId, uint SequenceId, bool Released);

/// <summary>How far an action is.</summary>
public sealed record VdaActionState(
    string ActionId, VdaActionStatus ActionStatus, string? ActionType = null, string? ResultDescription = null);

/// <summary>The life of an action.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VdaActionStatus>))]
public enum VdaActionStatus
{
    /// <summary>Its place is not reached yet.</summary>
    [JsonStringEnumMemberName("WAITING")]
    Waiting,
    /// <summary>Being prepared.</summary>
    [JsonStringEnumMemberName("INITIALIZING")]
    Initializing,
    /// <summary>Being done.</summary>
    [JsonStringEnumMemberName("RUNNING")]
    Running,
    /// <summary>Held: in the text of 2.1.0, missing in its schema.</summary>
    [JsonStringEnumMemberName("PAUSED")]
    Paused,
    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("FINISHED")]
    Finished,
    /// <summary>Given up.</summary>
    [JsonStringEnumMemberName("FAILED")]
    Failed,
}

/// <summary>The battery: charge in per cent.</summary>
public sealed record VdaBattery(decimal BatteryCharge, bool Charging);

/// <summary>Who drives the vehicle.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VdaOperatingMode>))]
public enum VdaOperatingMode
{
    /// <summary>We do.</summary>
    [JsonStringEnumMemberName("AUTOMATIC")]
    Automatic,
    /// <summary>We do, and a person sets the speed.</summary>
    [JsonStringEnumMemberName("SEMIAUTOMATIC")]
    SemiAutomatic,
    /// <summary>A person.</summary>
    [JsonStringEnumMemberName("MANUAL")]
    Manual,
    /// <summary>Under service.</summary>
    [JsonStringEnumMemberName("SERVICE")]
    Service,
    /// <summary>Being taught.</summary>
    [JsonStringEnumMemberName("TEACHIN")]
    TeachIn,
}

/// <summary>Something is wrong.</summary>
public sealed record VdaError(
    string ErrorType, VdaErrorLevel ErrorLevel, ImmutableArray<VdaErrorReference>? ErrorReferences = null,
    string? ErrorDescription = null);

/// <summary>What an error is about: orderId, orderUpdateId, actionId, headerId, topic.</summary>
public sealed record VdaErrorReference(string ReferenceKey, string ReferenceValue);

/// <summary>How bad an error is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VdaErrorLevel>))]
public enum VdaErrorLevel
{
    /// <summary>The vehicle can go on by itself.</summary>
    [JsonStringEnumMemberName("WARNING")]
    Warning,
    /// <summary>A person is needed.</summary>
    [JsonStringEnumMemberName("FATAL")]
    Fatal,
}

/// <summary>The vehicle's own safety: we read it and never bypass it.</summary>
public sealed record VdaSafetyState(VdaEStop EStop, bool FieldViolation);

/// <summary>How an emergency stop is acknowledged.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VdaEStop>))]
public enum VdaEStop
{
    /// <summary>By itself.</summary>
    [JsonStringEnumMemberName("AUTOACK")]
    AutoAck,
    /// <summary>At the vehicle.</summary>
    [JsonStringEnumMemberName("MANUAL")]
    Manual,
    /// <summary>From elsewhere.</summary>
    [JsonStringEnumMemberName("REMOTE")]
    Remote,
    /// <summary>None is active.</summary>
    [JsonStringEnumMemberName("NONE")]
    None,
}

/// <summary>Where the vehicle is: metres on its map, heading in radians.</summary>
public sealed record VdaPosition(decimal X, decimal Y, decimal Theta, string MapId, bool PositionInitialized);

/// <summary>What it carries.</summary>
public sealed record VdaLoad(string? LoadId = null, string? LoadType = null);

/// <summary>A vehicle's link (topic connection, QoS 1, retained; the broken one is its will).</summary>
public sealed record VdaConnection(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    VdaConnectionState ConnectionState) : IVdaMessage;

/// <summary>How the link is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VdaConnectionState>))]
public enum VdaConnectionState
{
    /// <summary>Connected.</summary>
    [JsonStringEnumMemberName("ONLINE")]
    Online,
    /// <summary>Left in good order.</summary>
    [JsonStringEnumMemberName("OFFLINE")]
    Offline,
    /// <summary>Lost; published by the broker.</summary>
    [JsonStringEnumMemberName("CONNECTIONBROKEN")]
    ConnectionBroken,
}

/// <summary>Where the vehicle is, more often than its state (topic visualization, QoS 0).</summary>
public sealed record VdaVisualization(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    VdaPosition? AgvPosition) : IVdaMessage;
