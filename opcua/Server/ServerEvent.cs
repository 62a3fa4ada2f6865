using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>
/// An event as its fields by their paths, <c>Severity</c> or <c>ActiveState/Id</c> (BaseEventType, Part 5, 6.4.2). A condition's
/// has its node beside them.
/// </summary>
public sealed class ServerEvent
{
    private readonly Dictionary<string, Variant> _fields = new(StringComparer.Ordinal);

    /// <summary>An event of a type from a source.</summary>
    public ServerEvent(NodeId eventType, NodeId sourceNode, string sourceName, string message, ushort severity, byte[] eventId, DateTime time)
    {
        (EventType, SourceNode) = (eventType, sourceNode);
        this["EventId"] = new(eventId);
        this["EventType"] = new(eventType);
        this["SourceNode"] = new(sourceNode);
        this["SourceName"] = new(sourceName);
        this["Time"] = new(time);
        this["ReceiveTime"] = new(time);
        this["Message"] = new(new LocalizedText(message));
        this["Severity"] = new(severity);
    }

    /// <summary>Its type.</summary>
    public NodeId EventType { get; }

    /// <summary>What it came from.</summary>
    public NodeId SourceNode { get; }

    /// <summary>The condition's node; null when it is none.</summary>
    public NodeId? ConditionId { get; init; }

    /// <summary>A field by its path of browse names; the null variant when it has none.</summary>
    public Variant this[string path]
    {
        get => _fields.GetValueOrDefault(path);
        set => _fields[path] = value;
    }
}
