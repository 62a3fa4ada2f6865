using System.Collections.Immutable;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// What every VDA 5050 message begins with (2.1.0, section 6.5). The records here are one model of both versions under
/// the names of 3.0.0; how each version spells them on the wire is said in <see cref="VdaDialect"/> and only there.
/// </summary>
public interface IVdaMessage
{
    /// <summary>Counts the messages of one topic from one sender, from 0; after 2^32 - 1 comes 0.</summary>
    uint HeaderId { get; }

    /// <summary>ISO 8601 in UTC with milliseconds.</summary>
    string Timestamp { get; }

    /// <summary>Version of the protocol.</summary>
    string Version { get; }

    /// <summary>Manufacturer of the vehicle.</summary>
    string Manufacturer { get; }

    /// <summary>The vehicle's serial number.</summary>
    string SerialNumber { get; }
}

/// <summary>An order to a vehicle (topic order, QoS 0): nodes with even and edges with odd sequence ids, without gaps.</summary>
public sealed record VdaOrder(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    string OrderId, uint OrderUpdateId, ImmutableArray<VdaNode> Nodes, ImmutableArray<VdaEdge> Edges) : IVdaMessage;

/// <summary>A node to be passed. A released one belongs to the base, which the vehicle may drive.</summary>
public sealed record VdaNode(
    string NodeId, uint SequenceId, bool Released, VdaNodePosition? NodePosition, ImmutableArray<VdaAction> Actions);

/// <summary>Where a node is, in metres on its map. The allowed deviation is a radius in metres; none is the vehicle's own.</summary>
public sealed record VdaNodePosition(decimal X, decimal Y, string MapId, decimal? AllowedDeviationXY = null);

/// <summary>An edge to be driven between two nodes. 3.0.0 has no start and end: they are the nodes beside it.</summary>
public sealed record VdaEdge(
    string EdgeId, uint SequenceId, bool Released, ImmutableArray<VdaAction> Actions,
    string? StartNodeId = null, string? EndNodeId = null);

/// <summary>Something to do at a node, on an edge, or at once. Retriable (3.0.0): a failure waits for retry or skipRetry.</summary>
public sealed record VdaAction(
    string ActionType, string ActionId, VdaBlocking BlockingType, ImmutableArray<VdaParameter>? ActionParameters,
    bool? Retriable = null)
{
    /// <summary>The text of a parameter; null when the action has none of that name.</summary>
    public string? Parameter(string key) => ActionParameters?.FirstOrDefault(one => one.Key == key)?.Value.Text;
}

/// <summary>A parameter of an action.</summary>
public sealed record VdaParameter(string Key, VdaValue Value);

/// <summary>What else may go on during an action.</summary>
public enum VdaBlocking
{
    /// <summary>Driving and other actions.</summary>
    None,
    /// <summary>Other actions, no driving.</summary>
    Soft,
    /// <summary>Driving, no other actions (3.0.0).</summary>
    Single,
    /// <summary>Nothing.</summary>
    Hard,
}

/// <summary>
/// Actions to be done at once (topic instantActions, QoS 0). The second field is a vendor's spelling from before 2.0.0,
/// written beside the first where a manifest asks for it.
/// </summary>
public sealed record VdaInstantActions(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    ImmutableArray<VdaAction> Actions, ImmutableArray<VdaAction>? InstantActions = null) : IVdaMessage;
