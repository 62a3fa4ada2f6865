using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Warehouse.Devices.Vda5050;

/// <summary>What every VDA 5050 message begins with (2.1.0, section 6.5).</summary>
public interface IVdaMessage
{
    /// <summary>Counts the messages of one topic from one sender, from 0.</summary>
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

/// <summary>An order to a vehicle (topic order, QoS 0): nodes with even and edges with odd sequence ids, without gaps. Field names are the schema's.</summary>
public sealed record VdaOrder(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    string OrderId, uint OrderUpdateId, ImmutableArray<VdaNode> Nodes, ImmutableArray<VdaEdge> Edges) : IVdaMessage;

/// <summary>A node to be passed. A released one belongs to the base, which the vehicle may drive.</summary>
public sealed record VdaNode(
    string NodeId, uint SequenceId, bool Released, VdaNodePosition? NodePosition, ImmutableArray<VdaAction> Actions);

/// <summary>Where a node is, in metres on its map.</summary>
public sealed record VdaNodePosition(decimal X, decimal Y, string MapId);

/// <summary>An edge to be driven between two nodes.</summary>
public sealed record VdaEdge(
    string EdgeId, uint SequenceId, bool Released, string StartNodeId, string EndNodeId,
    ImmutableArray<VdaAction> Actions);

/// <summary>Something to do at a node, on an edge, or at once.</summary>
public sealed record VdaAction(
    string ActionType, string ActionId, VdaBlocking BlockingType, ImmutableArray<VdaParameter> ActionParameters);

/// <summary>A parameter of an action; all of ours are texts.</summary>
public sealed record VdaParameter(string Key, string Value);

/// <summary>What else may go on during an action.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VdaBlocking>))]
public enum VdaBlocking
{
    /// <summary>Driving and other actions.</summary>
    [JsonStringEnumMemberName("NONE")]
    None,
    /// <summary>Other actions, no driving.</summary>
    [JsonStringEnumMemberName("SOFT")]
    Soft,
    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("HARD")]
    Hard,
}

/// <summary>Actions to be done at once (topic instantActions, QoS 0).</summary>
public sealed record VdaInstantActions(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    ImmutableArray<VdaAction> Actions) : IVdaMessage;
