using System.Collections.Immutable;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>What a machine does when its clients act on it. Called one at a time.</summary>
public interface IOpcUaMachine
{
    /// <summary>The value of a variable that is looked up when asked for; null when it has none such, or only written ones.</summary>
    NodeValue? Read(string path);

    /// <summary>A client writes a variable.</summary>
    OpcUaStatus Write(NodeValue value);

    /// <summary>A client calls a method.</summary>
    CallOutput Call(string path, string method, ImmutableArray<object?> inputs);

    /// <summary>A client acknowledges a condition, or confirms it, by the id of its newest event.</summary>
    OpcUaStatus Acknowledge(string conditionId, ImmutableArray<byte> eventId, string comment, bool confirm);
}

/// <summary>A machine's OPC UA server.</summary>
public interface IOpcUaServer : IAsyncDisposable
{
    /// <summary>Begins to serve.</summary>
    Task Start(IOpcUaMachine machine);

    /// <summary>Closes every session.</summary>
    Task Stop();

    /// <summary>Sets a variable, and tells those who watch it.</summary>
    void Write(NodeValue value);

    /// <summary>Tells those who watch the machine's events.</summary>
    void Raise(NodeEvent occurrence);
}
