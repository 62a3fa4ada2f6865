using Warehouse.Devices.Links.OpcUa;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Totes;

namespace Warehouse.Devices.StackerCrane;

/// <summary>Between our jobs and ISA-95 job orders. Pure.</summary>
public static class CraneMapping
{
    /// <summary>Kind of job: bring a load into the rack.</summary>
    public const string Store = "store";

    /// <summary>Kind of job: bring a load out of the rack.</summary>
    public const string Retrieve = "retrieve";

    /// <summary>Parameter: the place from which the load is taken.</summary>
    public const string From = "from";

    /// <summary>Parameter: the place to which it is brought.</summary>
    public const string To = "to";

    /// <summary>Parameter: the load's licence plate.</summary>
    public const string Load = "load";

    /// <summary>Variable: millimetres along the aisle.</summary>
    public const string Along = "Position/X";

    /// <summary>Variable: millimetres up.</summary>
    public const string Up = "Position/Y";

    /// <summary>Variable: what the crane does, as text.</summary>
    public const string State = "State";

    /// <summary>Variable: the licence plate on the forks, empty for none.</summary>
    public const string OnForks = "Load";

    /// <summary>The job order of a job: its id is ours.</summary>
    public static JobOrder ToJobOrder(CraneJob job) => new(
        job.Id.Text, job.Kind == CraneJobKind.Store ? Store : Retrieve,
        [new(Load, job.Lpn.Text), new(From, job.From.Text), new(To, job.To.Text)]);

    /// <summary>The fact in a row of the list: a job that ended, well or not; null while it has not.</summary>
    public static DeviceSignal? ToSignal(JobOrderAndState job) => job.State switch
    {
        JobState.Ended => new DeviceSignal.CraneJobDone(CraneJobId.Parse(job.Order.JobOrderId)),
        JobState.Aborted => new DeviceSignal.CraneJobFailed(CraneJobId.Parse(job.Order.JobOrderId), job.Reason.Length == 0 ? "no reason given" : job.Reason),
        JobState.NotAllowedToStart or JobState.AllowedToStart or JobState.Running or JobState.Interrupted => null,
    };

    /// <summary>True when the job can only be ours: an id of this aisle.</summary>
    public static bool IsOurs(string jobOrderId, AisleId aisle) =>
        jobOrderId.StartsWith(aisle.Text + "/", StringComparison.Ordinal) && GrainKey.IsKey(jobOrderId);

    /// <summary>The crane seen with one variable more.</summary>
    public static CraneSeen Seen(CraneSeen former, NodeValue value) => value.Path switch
    {
        Along => former with { XMillimetres = Millimetres(value) },
        Up => former with { YMillimetres = Millimetres(value) },
        State => former with { State = value.Text },
        OnForks => former with { Load = GrainKey.IsPart(value.Text) ? new Lpn(value.Text) : null },
        _ => former,
    };

    private static int Millimetres(NodeValue value) => (int)Math.Clamp(value.Number, int.MinValue, int.MaxValue);
}
