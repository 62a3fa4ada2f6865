using System.Collections.Immutable;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.House;

/// <summary>A process's session with a crane: what the crane tells runs on the process's own lane, and no more once it is dead.</summary>
internal sealed class LaneOpcUaLink(IOpcUaLink link, Lane lane) : IOpcUaLink
{
    public event Action<LinkState>? StateChanged;

    public event Action<JobOrderAndState>? JobChanged;

    public event Action<NodeValue>? ValueChanged;

    public LinkState State => link.State;

    public void Start()
    {
        link.StateChanged += OnState;
        link.JobChanged += OnJob;
        link.ValueChanged += OnValue;
        link.Start();
    }

    public Task Stop() => link.Stop();

    public Task<JobCallStatus> StoreAndStart(JobOrder order, CancellationToken cancellation = default) => link.StoreAndStart(order, cancellation);

    public Task<JobCallStatus> Abort(string jobOrderId, CancellationToken cancellation = default) => link.Abort(jobOrderId, cancellation);

    public Task<JobCallStatus> Cancel(string jobOrderId, CancellationToken cancellation = default) => link.Cancel(jobOrderId, cancellation);

    public Task<JobCallStatus> Clear(string jobOrderId, CancellationToken cancellation = default) => link.Clear(jobOrderId, cancellation);

    public Task<ImmutableArray<JobOrderAndState>> JobOrderList(CancellationToken cancellation = default) => link.JobOrderList(cancellation);

    public ValueTask DisposeAsync() => link.DisposeAsync();

    /// <summary>The operating system closes the dead process's socket.</summary>
    public void Abandon()
    {
        link.StateChanged -= OnState;
        link.JobChanged -= OnJob;
        link.ValueChanged -= OnValue;
        _ = link.Stop();
    }

    private void OnState(LinkState state) => lane.Post(() => StateChanged?.Invoke(state));

    private void OnJob(JobOrderAndState job) => lane.Post(() => JobChanged?.Invoke(job));

    private void OnValue(NodeValue value) => lane.Post(() => ValueChanged?.Invoke(value));
}
