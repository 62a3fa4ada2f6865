using System.Collections.Immutable;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>
/// A client's session with one machine's OPC UA server. A path is either browse names from the machine's object down,
/// joined by '/' (<c>Position/X</c>; empty is the object itself), or a node id (<c>ns=3;s="DB1"."x"</c>, <c>nsu=uri;i=5</c>). What was called or
/// written and not answered throws <see cref="LinkDownException"/>, and then nobody knows whether it was done.
/// </summary>
public interface IOpcUaLink : IAsyncDisposable
{
    /// <summary>Whether it can be used now.</summary>
    LinkState State { get; }

    /// <summary>Told after each change of state, in order.</summary>
    event Action<LinkState>? StateChanged;

    /// <summary>Told of each value of a watched variable: the present one when the watch begins, then its changes.</summary>
    event Action<NodeValue>? ValueChanged;

    /// <summary>Told of each event of a watched object. Conditions of interest are told again after a new session began.</summary>
    event Action<NodeEvent>? EventRaised;

    /// <summary>Begins to connect and goes on trying until stopped.</summary>
    void Start();

    /// <summary>Closes the session and forgets the watches.</summary>
    Task Stop();

    /// <summary>
    /// Tells of these variables from now on, over every reconnect. What changed while the link was down is told as far as
    /// the machine kept it; where it did not, the present value is.
    /// </summary>
    void Watch(params ImmutableArray<WatchedNode> nodes);

    /// <summary>Tells of an object's events from now on, with these further fields where an event has them.</summary>
    void WatchEvents(string path, params ImmutableArray<string> fields);

    /// <summary>Reads variables, in their order. One that is not there has a bad status.</summary>
    Task<ImmutableArray<NodeValue>> Read(ImmutableArray<string> paths, CancellationToken cancellation = default);

    /// <summary>Writes variables, and says of each in order whether it was written.</summary>
    Task<ImmutableArray<OpcUaStatus>> Write(ImmutableArray<NodeValue> values, CancellationToken cancellation = default);

    /// <summary>Calls a method of an object; integers and texts are brought to the types that the method declares.</summary>
    Task<CallOutput> Call(string path, string method, ImmutableArray<object?> inputs, CancellationToken cancellation = default);

    /// <summary>Says that somebody has seen a condition (Acknowledge, Part 9, 5.7.3).</summary>
    Task<OpcUaStatus> Acknowledge(NodeEvent condition, string comment, CancellationToken cancellation = default);

    /// <summary>Says that somebody has dealt with a condition (Confirm, Part 9, 5.7.4).</summary>
    Task<OpcUaStatus> Confirm(NodeEvent condition, string comment, CancellationToken cancellation = default);
}
