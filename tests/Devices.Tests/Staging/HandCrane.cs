using System.Collections.Immutable;
using Warehouse.Devices.Links.OpcUa;

namespace Warehouse.Devices.Tests.Staging;

/// <summary>A crane whose jobs move only when a test says so.</summary>
public sealed class HandCrane : IJobReceiver
{
    private readonly List<JobOrderAndState> _jobs = [];

    /// <summary>Ids of the jobs that were stored, in order: what the crane would have carried.</summary>
    public List<string> Stored { get; } = [];

    public bool Full { get; set; }

    public ImmutableArray<JobOrderAndState> JobOrderList => [.. _jobs];

    public JobCallStatus StoreAndStart(JobOrder order)
    {
        if (_jobs.Any(job => job.Order.JobOrderId == order.JobOrderId))
        {
            return JobCallStatus.InvalidJobOrderStatus;
        }

        if (Full)
        {
            return JobCallStatus.UnableToAccept;
        }

        Stored.Add(order.JobOrderId);
        _jobs.Add(new JobOrderAndState(order, JobState.Running));
        return JobCallStatus.NoError;
    }

    public JobCallStatus Abort(string jobOrderId) => JobCallStatus.UnableToAccept;

    public JobCallStatus Cancel(string jobOrderId) => JobCallStatus.UnableToAccept;

    public JobCallStatus Clear(string jobOrderId) =>
        _jobs.RemoveAll(job => job.Order.JobOrderId == jobOrderId) > 0 ? JobCallStatus.NoError : JobCallStatus.UnknownJobOrder;

    public JobOrderAndState End(string id, JobState state = JobState.Ended, string reason = "")
    {
        var at = _jobs.FindIndex(job => job.Order.JobOrderId == id);
        return _jobs[at] = _jobs[at] with { State = state, Reason = reason };
    }
}
