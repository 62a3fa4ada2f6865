using System.Collections.Immutable;
using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>
/// The event types of a server by their nodes, with their fields: which names an event's type has, and how a further
/// field is asked for.
/// </summary>
internal sealed class RemoteEvents
{
    private const int MostLevels = 16;

    /// <summary>What is asked of every event, in this order; a server gives null for what an event has not.</summary>
    private static readonly SimpleAttributeOperand[] s_asked =
    [
        Field("EventId"), Field("EventType"), Field("SourceName"), Field("Message"), Field("Severity"), Field("Time"), SimpleAttributeOperand.ConditionId,
        Field("ConditionName", Ids.ConditionType), Field("ActiveState/Id", Ids.AlarmConditionType), Field("AckedState/Id", Ids.AcknowledgeableConditionType),
        Field("ConfirmedState/Id", Ids.AcknowledgeableConditionType), Field("Retain", Ids.ConditionType),
    ];

    private readonly Dictionary<NodeId, string> _names = [];
    private readonly Dictionary<string, SimpleAttributeOperand> _fields = new(StringComparer.Ordinal);

    private RemoteEvents() { }

    /// <summary>Asks a server for its event types, level by level.</summary>
    public static async Task<RemoteEvents> Load(OpcUaClient client, CancellationToken cancellation)
    {
        var events = new RemoteEvents();
        events._names[Ids.BaseEventType] = "BaseEventType";
        List<NodeId> level = [Ids.BaseEventType];
        for (var depth = 0; level.Count > 0 && depth < MostLevels; depth++)
        {
            List<NodeId> below = [];
            foreach (var (type, result) in level.Zip(await client.BrowseEach(level, cancellation: cancellation)))
            {
                foreach (var reference in result.References)
                {
                    if (reference.ReferenceTypeId == Ids.HasSubtype && events._names.TryAdd(reference.NodeId.NodeId, reference.BrowseName.Name ?? string.Empty))
                    {
                        below.Add(reference.NodeId.NodeId);
                    }
                    else if (reference.NodeClass == NodeClass.Variable)
                    {
                        events._fields.TryAdd(reference.BrowseName.Name ?? string.Empty, new(type, [reference.BrowseName], AttributeId.Value, null));
                    }
                }
            }

            level = below;
        }

        return events;
    }

    /// <summary>Asks for an event as the port tells it, with these further fields.</summary>
    public EventFilter Filter(ImmutableArray<string> fields) => new(
        [.. s_asked, .. fields.Select(field => _fields.TryGetValue(field, out var known) ? known : Field(field))], ContentFilter.None);

    /// <summary>An event from the fields that <see cref="Filter"/> asked for; null for the marks around a refresh.</summary>
    public NodeEvent? ToEvent(Variant[] told, ImmutableArray<string> fields)
    {
        object? At(int index) => index < told.Length ? PlainValues.ToPlain(told[index].Value) : null;
        var type = told.Length > 1 && told[1].Value is NodeId id ? id : default;
        return type == Ids.RefreshStartEventType || type == Ids.RefreshEndEventType ? null
            : new NodeEvent(
                _names.GetValueOrDefault(type) ?? type.ToString(), At(2) as string ?? string.Empty, At(3) as string ?? string.Empty,
                (int)new NodeValue(string.Empty, At(4)).Number)
            {
                EventId = PlainValues.Bytes(At(0)),
                Time = At(5) is DateTime time ? time : default,
                Condition = told.Length > 6 && told[6].Value is NodeId { IsNull: false } condition
                    ? new(condition.ToString(), At(7) as string ?? string.Empty, At(8) is true, At(9) is true, At(10) is not false, At(11) is true) : null,
                Fields = [.. fields.Select((field, index) => new OpcUaField(field, At(s_asked.Length + index))).Where(field => field.Value is not null)],
            };
    }

    private static SimpleAttributeOperand Field(string path, NodeId? type = null) => SimpleAttributeOperand.Field(path, type);
}
