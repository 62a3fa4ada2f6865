using System.Security.Cryptography;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>
/// An alarm (AlarmConditionType, Part 9, 5.5 to 5.8): active or not, acknowledged, confirmed. Each change is an event with a
/// new EventId, and only the newest one's is taken for an acknowledgement.
/// </summary>
public sealed class AlarmCondition
{
    private readonly AddressSpace _space;
    private readonly TimeProvider _clock;
    private readonly NodeId _source;
    private readonly NodeId _type;
    private readonly string _name;
    private byte[] _eventId = [];
    private string _message = string.Empty;
    private ushort _severity = 1;
    private LocalizedText _comment;

    /// <summary>Adds an alarm below its source; it is not active.</summary>
    public AlarmCondition(AddressSpace space, TimeProvider clock, NodeId source, NodeId id, QualifiedName name, NodeId? type = null)
    {
        (_space, _clock, _source, _type, _name, NodeId) = (space, clock, source, type ?? Ids.AlarmConditionType, name.Name ?? string.Empty, id);
        space.AddObject(source, id, name, _type);
        var index = id.NamespaceIndex;
        foreach (var state in new[] { "EnabledState", "ActiveState", "AckedState", "ConfirmedState" })
        {
            var node = space.AddVariable(id, new NodeId(index, $"{id.Text}.{state}"), new(state), new NodeId(21), new(new LocalizedText(string.Empty)));
            space.AddVariable(node.NodeId, new NodeId(index, $"{id.Text}.{state}.Id"), new("Id"), new NodeId(1), new(false), reference: Ids.HasProperty);
        }

        space.AddVariable(id, new NodeId(index, $"{id.Text}.Retain"), new("Retain"), new NodeId(1), new(false), reference: Ids.HasProperty);
        space.AddVariable(id, new NodeId(index, $"{id.Text}.ConditionName"), new("ConditionName"), new NodeId(12), new(_name), reference: Ids.HasProperty);
        space.AddMethod(id, new NodeId(index, $"{id.Text}.Acknowledge"), new("Acknowledge"), Arguments(), [], call => Answer(call, confirm: false));
        space.AddMethod(id, new NodeId(index, $"{id.Text}.Confirm"), new("Confirm"), Arguments(), [], call => Answer(call, confirm: true));
        space.AddMethod(id, new NodeId(index, $"{id.Text}.AddComment"), new("AddComment"), Arguments(), [], Comment);
        space.Conditions.Add(this);
        Show();
    }

    /// <summary>Told when a client acknowledged it, or confirmed it.</summary>
    public event Action<string, bool>? Answered;

    /// <summary>
    /// Decides on an acknowledgement, and has what came of it told by <see cref="Set"/>; null takes every one that the standard
    /// allows and tells it.
    /// </summary>
    public Func<byte[], string, bool, StatusCode>? Deciding { get; set; }

    /// <summary>Its node.</summary>
    public NodeId NodeId { get; }

    /// <summary>Whether what it warns of is there.</summary>
    public bool Active { get; private set; }

    /// <summary>Whether somebody has seen it.</summary>
    public bool Acked { get; private set; } = true;

    /// <summary>Whether somebody has dealt with it.</summary>
    public bool Confirmed { get; private set; } = true;

    /// <summary>Whether it is of interest.</summary>
    public bool Retain => Active || !Acked || !Confirmed;

    /// <summary>The id of its newest event.</summary>
    public byte[] EventId => _eventId;

    /// <summary>What it warns of is there.</summary>
    public void Raise(string message, ushort severity)
    {
        (Active, Acked, Confirmed, _message, _severity) = (true, false, false, message, severity);
        Tell();
    }

    /// <summary>What it warned of is gone; it stays of interest until it was acknowledged and confirmed.</summary>
    public void Clear(string message)
    {
        if (Active)
        {
            (Active, _message) = (false, message);
            Tell();
        }
    }

    /// <summary>Takes over a state that was decided elsewhere, with its event's id.</summary>
    public void Set(bool active, bool acked, bool confirmed, string message, ushort severity, byte[] eventId)
    {
        (Active, Acked, Confirmed, _message, _severity, _eventId) = (active, acked, confirmed, message, severity, eventId);
        Show();
        _space.Raise(Event());
    }

    internal ServerEvent Event()
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var occurrence = new ServerEvent(
            _type, _source, _space.Find(_source)?.BrowseName.Name ?? string.Empty, _message, _severity, _eventId, now) { ConditionId = NodeId };
        occurrence["ConditionName"] = new(_name);
        occurrence["ConditionClassId"] = new(new NodeId(11163));
        occurrence["ConditionClassName"] = new(new LocalizedText("BaseConditionClassType"));
        occurrence["BranchId"] = new(default(NodeId));
        occurrence["Retain"] = new(Retain);
        occurrence["Quality"] = new(StatusCodes.Good);
        occurrence["LastSeverity"] = new(_severity);
        occurrence["Comment"] = new(_comment);
        occurrence["ClientUserId"] = new(string.Empty);
        State(occurrence, "EnabledState", true, "Enabled", "Disabled");
        State(occurrence, "ActiveState", Active, "Active", "Inactive");
        State(occurrence, "AckedState", Acked, "Acknowledged", "Unacknowledged");
        State(occurrence, "ConfirmedState", Confirmed, "Confirmed", "Unconfirmed");
        occurrence["SuppressedOrShelved"] = new(false);
        return occurrence;
    }

    private static void State(ServerEvent occurrence, string name, bool value, string yes, string no)
    {
        occurrence[name] = new(new LocalizedText("en", value ? yes : no));
        occurrence[name + "/Id"] = new(value);
    }

    private CallMethodResult Answer(MethodCall call, bool confirm)
    {
        var eventId = call.Inputs[0].Value as byte[] ?? [];
        var comment = call.Inputs[1].Value is LocalizedText text ? text.Text ?? string.Empty : string.Empty;
        lock (_space.Gate)
        {
            if (Deciding is { } decide)
            {
                var decided = decide(eventId, comment, confirm);
                return decided.IsBad ? CallMethodResult.Refused(decided) : CallMethodResult.Done();
            }

            var status = !eventId.AsSpan().SequenceEqual(_eventId) ? StatusCodes.BadEventIdUnknown
                : !confirm && Acked ? StatusCodes.BadConditionBranchAlreadyAcked
                : confirm && Confirmed ? StatusCodes.BadConditionBranchAlreadyConfirmed
                : StatusCodes.Good;
            if (status.IsBad)
            {
                return CallMethodResult.Refused(status);
            }

            (Acked, Confirmed, _comment) = (Acked || !confirm, Confirmed || confirm, new(comment));
        }

        Tell();
        Answered?.Invoke(comment, confirm);
        return CallMethodResult.Done();
    }

    private CallMethodResult Comment(MethodCall call)
    {
        if (!(call.Inputs[0].Value as byte[] ?? []).AsSpan().SequenceEqual(_eventId))
        {
            return CallMethodResult.Refused(StatusCodes.BadEventIdUnknown);
        }

        _comment = call.Inputs[1].Value is LocalizedText text ? text : default;
        Tell();
        return CallMethodResult.Done();
    }

    private void Tell()
    {
        _eventId = RandomNumberGenerator.GetBytes(16);
        Show();
        _space.Raise(Event());
    }

    private void Show()
    {
        var index = NodeId.NamespaceIndex;
        foreach (var (state, value, text) in new[]
        {
            ("EnabledState", true, "Enabled"), ("ActiveState", Active, Active ? "Active" : "Inactive"),
            ("AckedState", Acked, Acked ? "Acknowledged" : "Unacknowledged"), ("ConfirmedState", Confirmed, Confirmed ? "Confirmed" : "Unconfirmed"),
        })
        {
            _space.Write(new NodeId(index, $"{NodeId.Text}.{state}"), new Variant(new LocalizedText("en", text)));
            _space.Write(new NodeId(index, $"{NodeId.Text}.{state}.Id"), new Variant(value));
        }

        _space.Write(new NodeId(index, $"{NodeId.Text}.Retain"), new Variant(Retain));
    }

    private static Argument[] Arguments() =>
        [new("EventId", new NodeId(15), -1, [], default), new("Comment", new NodeId(21), -1, [], default)];
}
