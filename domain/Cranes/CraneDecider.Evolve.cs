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
            Depth = it.Depth,
        },
        CraneEvent.Filled it => it.Bins.Aggregate(crane, (filled, one) => Own(filled, one.Bin, one.Lpn)),
        CraneEvent.JobQueued it => Queued(crane, it.Job),
        CraneEvent.JobStarted it => Started(crane, crane.Waiting.Single(job => job.Id == it.Job)),
        CraneEvent.JobDone it => Done(crane, it.Job),
        CraneEvent.JobFailed it => Failed(crane, it),
        CraneEvent.JobRepeated it => Repeated(crane, it),
        CraneEvent.Recovered => crane,
        CraneEvent.JobMended it => Mended(crane, it),
        CraneEvent.BinClosed it => crane with { Closed = crane.Closed.Add(it.Bin) },
        CraneEvent.BinReopened it => crane with { Closed = crane.Closed.Remove(it.Bin) },
        CraneEvent.ServiceChanged it => crane with { Service = it.Service },
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
        return job.Kind switch
        {
            CraneJobKind.Store when !crane.Bins.ContainsKey(job.Lpn) =>
                Own(queued, job.To, job.Lpn) with { Out = crane.Out.Add(job.Lpn) },
            CraneJobKind.Store => MoveHome(queued, job.Lpn, job.To),
            CraneJobKind.Relocate => queued with { Owners = queued.Owners.Add(job.To, job.Lpn) },
            CraneJobKind.Retrieve => queued,
        };
    }

    /// <summary>The tote's bin is now this one; the former is free.</summary>
    private static CraneState MoveHome(CraneState crane, Lpn lpn, PlaceId bin) =>
        crane.Bins[lpn] is var former && former == bin
            ? crane
            : crane with
            {
                Owners = crane.Owners.Remove(former).SetItem(bin, lpn),
                Bins = crane.Bins.SetItem(lpn, bin),
            };

    /// <summary>A relocation keeps both bins until it is done; mended to another bin, it lets go of the one it could not use.</summary>
    private static CraneState Mended(CraneState crane, CraneEvent.JobMended mended)
    {
        var failed = crane.Failed.Single(one => one.Job.Id == mended.Failed);
        var after = crane with
        {
            LastJob = crane.LastJob + 1,
            Failed = crane.Failed.Remove(failed),
            Waiting = crane.Waiting.Insert(0, mended.Job),
        };
        return mended.Job.To == failed.Job.To || mended.Job.Kind == CraneJobKind.Retrieve ? after
            : mended.Job.Kind == CraneJobKind.Store ? MoveHome(after, mended.Job.Lpn, mended.Job.To)
            : after with { Owners = after.Owners.Remove(failed.Job.To).Add(mended.Job.To, mended.Job.Lpn) };
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
        var done = crane with
        {
            Given = crane.Given.RemoveAll(given => given.Job.Id == id),
            Failed = crane.Failed.RemoveAll(failed => failed.Job.Id == id),
            Out = job.Kind == CraneJobKind.Retrieve ? crane.Out.Add(job.Lpn) : crane.Out.Remove(job.Lpn),
            LastDone = job,
            Turns = job.Kind == CraneJobKind.Retrieve
                ? crane.Turns.SetItem(job.Lpn, crane.Turns.GetValueOrDefault(job.Lpn) + 1)
                : crane.Turns,
        };
        return job.Kind == CraneJobKind.Relocate ? MoveHome(done, job.Lpn, job.To) : done;
    }

    private static CraneState Failed(CraneState crane, CraneEvent.JobFailed failed) => crane with
    {
        Given = crane.Given.RemoveAll(given => given.Job.Id == failed.Job),
        Failed = crane.Failed.Add(new(crane.Given.Single(given => given.Job.Id == failed.Job).Job, failed.Reason, failed.Fault, failed.OnForks)),
    };

    private static CraneState Repeated(CraneState crane, CraneEvent.JobRepeated repeated)
    {
        var given = crane.Given.Single(one => one.Job.Id == repeated.Job);
        return crane with { Given = crane.Given.Replace(given, given with { Repeats = repeated.Times }) };
    }

    private static void Check(CraneState crane)
    {
        var moving = crane.Waiting.Concat(crane.Given.Select(given => given.Job)).Concat(crane.Failed.Select(failed => failed.Job))
            .Count(job => job.Kind == CraneJobKind.Relocate);
        if (crane.Owners.Count != crane.Bins.Count + moving || crane.Given.Length > GivenLimit)
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

        if (crane.Given.Length == 2 && crane.Given[0].Job.To == crane.Given[1].Job.To)
        {
            throw new BrokenInvariantException(
                "crane", crane.Aisle?.Text ?? "", $"two jobs go to {crane.Given[0].Job.To} at once");
        }
    }
}
