using System.Collections.Immutable;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>An event (BaseEventType, OPC UA Part 5, 6.4.2), with the states of a condition when it is one (Part 9, 5.5 to 5.8).</summary>
/// <param name="EventType">Browse name of its type.</param>
/// <param name="SourceName">What it came from.</param>
/// <param name="Message">What it says, in the machine's language.</param>
/// <param name="Severity">1 to 1000.</param>
public sealed record NodeEvent(string EventType, string SourceName, string Message, int Severity)
{
    /// <summary>Names this occurrence; a new one with each change of a condition.</summary>
    public ImmutableArray<byte> EventId { get; init; } = [];

    /// <summary>When it happened, in UTC.</summary>
    public DateTime Time { get; init; }

    /// <summary>The condition; null when the event is none.</summary>
    public ConditionState? Condition { get; init; }

    /// <summary>Further fields that were asked for and that it has.</summary>
    public ImmutableArray<OpcUaField> Fields { get; init; } = [];

    /// <summary>The value of a further field; null when it has none.</summary>
    public object? this[string name] => new OpcUaStructure(EventType, Fields)[name];
}

/// <summary>Where an alarm stands.</summary>
/// <param name="ConditionId">The condition's node, as the machine names it.</param>
/// <param name="Name">ConditionName.</param>
/// <param name="Active">Whether what it warns of is there.</param>
/// <param name="Acked">Whether somebody has seen it.</param>
/// <param name="Confirmed">Whether somebody has dealt with it; true as well where the machine does not ask for it.</param>
/// <param name="Retain">Whether it is of interest still; false ends it.</param>
public sealed record ConditionState(string ConditionId, string Name, bool Active, bool Acked, bool Confirmed, bool Retain);
