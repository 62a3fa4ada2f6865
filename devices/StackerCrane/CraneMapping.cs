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

    /// <summary>Kind of job: bring a load from one bin into another.</summary>
    public const string Relocate = "relocate";

    /// <summary>The longest reason that is kept of a failed job, in characters.</summary>
    public const int LongestReason = 500;

    private const string OnForksWord = "load ";

    private static readonly (string Word, CraneFault Fault)[] Faults =
    [
        ("source-empty", CraneFault.SourceEmpty), ("destination-occupied", CraneFault.DestinationOccupied),
        ("wrong-load", CraneFault.WrongLoad), ("fork-not-centred", CraneFault.ForkNotCentred),
        ("overload", CraneFault.Overload), ("given-up", CraneFault.GivenUp), ("not-taken", CraneFault.NotTaken),
        ("fault", CraneFault.Other),
    ];

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
        job.Id.Text, job.Kind switch { CraneJobKind.Store => Store, CraneJobKind.Retrieve => Retrieve, CraneJobKind.Relocate => Relocate },
        [new(Load, job.Lpn.Text), new(From, job.From.Text), new(To, job.To.Text)]);

    /// <summary>The fact in a row of the list: a job that ended, well or not; null while it has not.</summary>
    public static DeviceSignal? ToSignal(JobOrderAndState job) => job.State switch
    {
        JobState.Ended => new DeviceSignal.CraneJobDone(CraneJobId.Parse(job.Order.JobOrderId)),
        JobState.Aborted => ToFailure(CraneJobId.Parse(job.Order.JobOrderId), job.Reason),
        JobState.NotAllowedToStart or JobState.AllowedToStart or JobState.Running or JobState.Interrupted => null,
    };

    /// <summary>
    /// A failed job's reason as cranes of this contract write it: what failed, what is on the forks, and words for people,
    /// <c>destination-occupied; load T000123; MAIN/A01/bin/L-012-05 is occupied</c>.
    /// </summary>
    public static string ToReason(CraneFault fault, Lpn? onForks, string words) =>
        $"{Faults.First(one => one.Fault == fault).Word}; {(onForks is { } load ? $"{OnForksWord}{load}; " : string.Empty)}{words}";

    /// <summary>
    /// The failure in a reason. Other words than ours are a fault of unknown kind, whose load nobody knows: the crane then
    /// waits for a person.
    /// </summary>
    public static DeviceSignal.CraneJobFailed ToFailure(CraneJobId job, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var words = reason.Length <= LongestReason ? reason : reason[..LongestReason];
        var parts = words.Split("; ", 3);
        var fault = Faults.FirstOrDefault(one => one.Word == parts[0]);
        if (fault.Word is null)
        {
            return new DeviceSignal.CraneJobFailed(job, words.Length == 0 ? "no reason given" : words);
        }

        var load = parts.Length > 1 && parts[1].StartsWith(OnForksWord, StringComparison.Ordinal) ? parts[1][OnForksWord.Length..] : null;
        return new DeviceSignal.CraneJobFailed(job, words, fault.Fault, load is not null && GrainKey.IsPart(load) ? Lpn.Parse(load) : null);
    }

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
