using Warehouse.Domain.Deciding;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Cranes;

/// <summary>What events do to an aisle, and what must hold after each.</summary>
public static partial class CraneDecider
{
    private static CraneState Evolve(CraneState crane, Event happened) => happened switch
    {
        CraneEvent.Opened it => crane with
        {
            Aisle = it.Aisle,
            Device = it.Device,
            Columns = it.Columns,
            Levels = it.Levels,
        },
        CraneEvent.Filled it => it.Bins.Aggregate(crane, (filled, one) => Own(filled, one.Bin, one.Lpn)),
        CraneEvent.JobQueued it => Queued(crane, it.Job),
        CraneEvent.JobStarted it => Started(crane, crane.Waiting.Single(job => job.Id == it.Job)),
        CraneEvent.JobDone it => Done(crane, it.Job),
        CraneEvent.JobFailed it => Failed(crane, it),
        CraneEvent.JobRepeated it => Repeated(crane, it),
        CraneEvent.LinkChanged it => crane with { Online = it.Online },
        _ => throw new UnknownEventException("crane", happened),
    };

    private static CraneState Own(CraneState crane, PlaceId bin, Lpn lpn) => crane with
    {
        Owners = crane.Owners.Add(bin, lpn),
        Bins = crane.Bins.Add(lpn, bin),
    };

    private static CraneState Queued(CraneState crane, CraneJob job)
    {
        var queued = crane with { LastJob = crane.LastJob + 1, Waiting = crane.Waiting.Add(job) };
        return job.Kind == CraneJobKind.Store && !crane.Bins.ContainsKey(job.Lpn)
            ? Own(queued, job.To, job.Lpn) with { Out = crane.Out.Add(job.Lpn) }
            : queued;
    }

    private static CraneState Started(CraneState crane, CraneJob job) => crane with
    {
        Waiting = crane.Waiting.Remove(job),
        Given = crane.Given.Add(new(job, 0)),
        LastGiven = job.Kind,
    };

    private static CraneState Done(CraneState crane, CraneJobId id)
    {
        var job = crane.Given.FirstOrDefault(given => given.Job.Id == id)?.Job
            ?? crane.Failed.First(failed => failed.Job.Id == id).Job;
        return crane with
        {
            Given = crane.Given.RemoveAll(given => given.Job.Id == id),
            Failed = crane.Failed.RemoveAll(failed => failed.Job.Id == id),
            Out = job.Kind == CraneJobKind.Retrieve ? crane.Out.Add(job.Lpn) : crane.Out.Remove(job.Lpn),
            LastDone = job,
        };
    }

    private static CraneState Failed(CraneState crane, CraneEvent.JobFailed failed) => crane with
    {
        Given = crane.Given.RemoveAll(given => given.Job.Id == failed.Job),
        Failed = crane.Failed.Add(new(crane.Given.Single(given => given.Job.Id == failed.Job).Job, failed.Reason)),
    };

    private static CraneState Repeated(CraneState crane, CraneEvent.JobRepeated repeated)
    {
        var given = crane.Given.Single(one => one.Job.Id == repeated.Job);
        return crane with { Given = crane.Given.Replace(given, given with { Repeats = repeated.Times }) };
    }

    private static void Check(CraneState crane)
    {
        if (crane.Owners.Count != crane.Bins.Count || crane.Given.Length > GivenLimit)
        {
            throw new BrokenInvariantException(
                "crane", crane.Aisle?.Text ?? "",
                $"{crane.Owners.Count} bins have owners, {crane.Bins.Count} totes have bins, {crane.Given.Length} jobs are at the machine");
        }

        if (crane.Given.Length == 2 && crane.Given[0].Job.Lpn == crane.Given[1].Job.Lpn)
        {
            throw new BrokenInvariantException(
                "crane", crane.Aisle?.Text ?? "", $"{crane.Given[0].Job.Lpn} has two jobs at once");
        }
    }
}
