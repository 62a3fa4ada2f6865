using System.Collections.Immutable;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>A vehicle's state (topic state, QoS 0): on each event, and at least every 30 s.</summary>
public sealed record VdaState(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    string OrderId, uint OrderUpdateId, string LastNodeId, uint LastNodeSequenceId,
    ImmutableArray<VdaNodeState> NodeStates, ImmutableArray<VdaEdgeState> EdgeStates, bool Driving,
    ImmutableArray<VdaActionState> ActionStates, VdaPowerSupply PowerSupply, OperatingMode OperatingMode,
    ImmutableArray<VdaError> Errors, VdaSafetyState SafetyState,
    VdaPosition? MobileRobotPosition = null, ImmutableArray<VdaLoad>? Loads = null, bool? Paused = null,
    bool? NewBaseRequest = null, ImmutableArray<VdaActionState>? InstantActionStates = null,
    ImmutableArray<VdaZoneSetState>? ZoneSets = null, ImmutableArray<VdaZoneRequest>? ZoneRequests = null,
    ImmutableArray<VdaEdgeRequest>? EdgeRequests = null) : IVdaMessage
{
    /// <summary>The state of an action of an order or of an instant action; null when the vehicle does not list it.</summary>
    public VdaActionState? Action(string id) =>
        ActionStates.FirstOrDefault(one => one.ActionId == id) ?? InstantActionStates?.FirstOrDefault(one => one.ActionId == id);
}

/// <summary>A node still ahead.</summary>
public sealed record VdaNodeState(string NodeId, uint SequenceId, bool Released);

/// <summary>An edge still ahead.</summary>
public sealed record VdaEdgeState(string EdgeId, uint SequenceId, bool Released);

/// <summary>How far an action is.</summary>
public sealed record VdaActionState(
    string ActionId, VdaActionStatus ActionStatus, string? ActionType = null, string? ActionResult = null)
{
    /// <summary>True when it will not change any more.</summary>
    public bool IsFinal => ActionStatus is VdaActionStatus.Finished or VdaActionStatus.Failed;
}

/// <summary>The life of an action.</summary>
public enum VdaActionStatus
{
    /// <summary>Its place is not reached yet.</summary>
    Waiting,
    /// <summary>Being prepared.</summary>
    Initializing,
    /// <summary>Being done.</summary>
    Running,
    /// <summary>Held: in the text of 2.1.0, missing in its schema.</summary>
    Paused,
    /// <summary>It failed and waits for retry or skipRetry (3.0.0).</summary>
    Retriable,
    /// <summary>Done.</summary>
    Finished,
    /// <summary>Given up.</summary>
    Failed,
}

/// <summary>The battery: charge in per cent.</summary>
public sealed record VdaPowerSupply(decimal StateOfCharge, bool Charging);

/// <summary>Something is wrong.</summary>
public sealed record VdaError(
    string ErrorType, ErrorLevel ErrorLevel, ImmutableArray<VdaErrorReference>? ErrorReferences = null,
    string? ErrorDescription = null);

/// <summary>What an error is about: orderId, orderUpdateId, actionId, headerId, topic.</summary>
public sealed record VdaErrorReference(string ReferenceKey, string ReferenceValue);

/// <summary>The vehicle's own safety: we read it and never bypass it.</summary>
public sealed record VdaSafetyState(VdaEStop ActiveEmergencyStop, bool FieldViolation);

/// <summary>How an emergency stop is acknowledged.</summary>
public enum VdaEStop
{
    /// <summary>By itself (2.1.0).</summary>
    AutoAck,
    /// <summary>At the vehicle.</summary>
    Manual,
    /// <summary>From elsewhere.</summary>
    Remote,
    /// <summary>None is active.</summary>
    None,
}

/// <summary>Where the vehicle is: metres on its map, heading in radians.</summary>
public sealed record VdaPosition(decimal X, decimal Y, decimal Theta, string MapId, bool Localized);

/// <summary>What it carries.</summary>
public sealed record VdaLoad(string? LoadId = null, string? LoadType = null);

/// <summary>A set of zones that the vehicle has (3.0.0).</summary>
public sealed record VdaZoneSetState(string ZoneSetId, string MapId, VdaZoneSetStatus ZoneSetStatus);

/// <summary>Whether a set of zones is in force.</summary>
public enum VdaZoneSetStatus
{
    /// <summary>In force.</summary>
    Enabled,
    /// <summary>Known.</summary>
    Disabled,
}

/// <summary>A request about a zone (3.0.0). The status QUEUED is in the text and not in the published schema.</summary>
public sealed record VdaZoneRequest(
    string RequestId, RequestType RequestType, string ZoneId, string ZoneSetId, VdaRequestStatus RequestStatus);

/// <summary>A request about an edge's corridor (3.0.0).</summary>
public sealed record VdaEdgeRequest(
    string RequestId, RequestType RequestType, string EdgeId, uint SequenceId, VdaRequestStatus RequestStatus);

/// <summary>How far a request is, as the vehicle sees it.</summary>
public enum VdaRequestStatus
{
    /// <summary>It waits for an answer.</summary>
    Requested,
    /// <summary>It has heard that it waits in line.</summary>
    Queued,
    /// <summary>It goes by it.</summary>
    Granted,
    /// <summary>It has given it up as it was told.</summary>
    Revoked,
    /// <summary>The lease ran out.</summary>
    Expired,
}

/// <summary>A vehicle's link (topic connection, QoS 1, retained; the broken one is its will, so its header id and time are old).</summary>
public sealed record VdaConnection(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    VdaConnectionState ConnectionState) : IVdaMessage;

/// <summary>How the link is.</summary>
public enum VdaConnectionState
{
    /// <summary>Connected.</summary>
    Online,
    /// <summary>Left in good order.</summary>
    Offline,
    /// <summary>It sleeps and can be woken (3.0.0).</summary>
    Hibernating,
    /// <summary>Lost; published by the broker.</summary>
    ConnectionBroken,
}

/// <summary>Where the vehicle is, more often than its state (topic visualization, QoS 0).</summary>
public sealed record VdaVisualization(
    uint? HeaderId = null, string? Timestamp = null, string? Version = null, string? Manufacturer = null, string? SerialNumber = null,
    VdaPosition? MobileRobotPosition = null, uint? ReferenceStateHeaderId = null);
