using System.Collections.Immutable;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.House;

/// <summary>A process's session with a crane: what the crane tells runs on the process's own lane, and no more once it is dead.</summary>
internal sealed class LaneOpcUaLink(IOpcUaLink link, Lane lane) : IOpcUaLink
{
    public event Action<LinkState>? StateChanged;

    public event Action<NodeEvent>? EventRaised;

    public event Action<NodeValue>? ValueChanged;

    public LinkState State => link.State;

    public void Start()
    {
        link.StateChanged += OnState;
        link.EventRaised += OnEvent;
        link.ValueChanged += OnValue;
        link.Start();
    }

    public Task Stop() => link.Stop();

    public void Watch(params ImmutableArray<WatchedNode> nodes) => link.Watch(nodes);

    public void WatchEvents(string path, params ImmutableArray<string> fields) => link.WatchEvents(path, fields);

    public Task<ImmutableArray<NodeValue>> Read(ImmutableArray<string> paths, CancellationToken cancellation = default) => link.Read(paths, cancellation);

    public Task<ImmutableArray<OpcUaStatus>> Write(ImmutableArray<NodeValue> values, CancellationToken cancellation = default) => link.Write(values, cancellation);

    public Task<CallOutput> Call(string path, string method, ImmutableArray<object?> inputs, CancellationToken cancellation = default) =>
        link.Call(path, method, inputs, cancellation);

    public Task<OpcUaStatus> Acknowledge(NodeEvent condition, string comment, CancellationToken cancellation = default) => link.Acknowledge(condition, comment, cancellation);

    public Task<OpcUaStatus> Confirm(NodeEvent condition, string comment, CancellationToken cancellation = default) => link.Confirm(condition, comment, cancellation);

    public ValueTask DisposeAsync() => link.DisposeAsync();

    /// <summary>The operating system closes the dead process's socket.</summary>
    public void Abandon()
    {
        link.StateChanged -= OnState;
        link.EventRaised -= OnEvent;
        link.ValueChanged -= OnValue;
        _ = link.Stop();
    }

    private void OnState(LinkState state) => lane.Post(() => StateChanged?.Invoke(state));

    private void OnEvent(NodeEvent occurrence) => lane.Post(() => EventRaised?.Invoke(occurrence));

    private void OnValue(NodeValue value) => lane.Post(() => ValueChanged?.Invoke(value));
}
