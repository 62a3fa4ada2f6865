using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Cranes;

/// <summary>What an aisle does when its crane cannot, and what people do with it.</summary>
public static partial class CraneDecider
{
    /// <summary>A bin that turns out to be taken is closed and the tote goes into another one by itself; the rest waits for a person.</summary>
    private static Decision Failed(
        CraneState crane, CraneJobId job, string reason, CraneFault fault, Lpn? onForks, Moment at)
    {
        if (!crane.Given.Any(given => given.Job.Id == job))
        {
            return Decision.Nothing;
        }

        var happened = new CraneEvent.JobFailed(job, reason, fault, onForks);
        var after = Evolve(crane, happened);
        var failed = after.Failed[^1];
        return CraneRecovery.Elsewhere(after, failed) is { } bin
            ? WithNextJobs(crane, at, [happened, .. ToAnotherBin(after, failed, bin)])
            : WithNextJobs(crane, at, happened);
    }

    private static ImmutableArray<Event> ToAnotherBin(CraneState crane, FailedJob failed, PlaceId bin) =>
    [
        new CraneEvent.BinClosed(failed.Job.To),
        new CraneEvent.JobMended(failed.Job.Id, CraneRecovery.Mended(crane, failed, NextId(crane), bin)),
    ];

    private static Decision NotTaken(CraneState crane, CraneJobId job, NotTaken refused, Moment at) =>
        crane.Given.FirstOrDefault(given => given.Job.Id == job) is not { } given ? Decision.Nothing
        : refused.Outcome == CommandOutcome.Refused && given.Repeats >= RefusalLimit
            ? Failed(crane, job, refused.Reason, CraneFault.NotTaken, null, at)
            : Decision.Accept(new CraneEvent.JobRepeated(job, given.Repeats + 1, at));

    private static Decision Recover(CraneState crane, CraneCommand.Recover recover, Moment at)
    {
        if (crane.Failed.FirstOrDefault(one => one.Job.Id == recover.Job) is not { } failed)
        {
            return Decision.Refuse(CraneRefusal.NothingToMend, $"{recover.Job} has not failed, or was answered already");
        }

        var proposals = CraneRecovery.Proposals(crane, failed);
        if (!proposals.Any(proposal => proposal.Answer == recover.Answer))
        {
            return Decision.Refuse(
                CraneRefusal.NoSuchAnswer, $"the answers to {recover.Job} are: {string.Join(", ", proposals.Select(one => one.Answer))}");
        }

        var said = new CraneEvent.Recovered(recover.Job, recover.Answer, recover.Who, recover.Why);
        return WithNextJobs(crane, at, [said, .. recover.Answer switch
        {
            CraneAnswer.TryAgain =>
                [new CraneEvent.JobMended(recover.Job, CraneRecovery.Mended(crane, failed, NextId(crane), failed.Job.To))],
            CraneAnswer.StoreElsewhere => ToAnotherBin(crane, failed, CraneRecovery.Elsewhere(crane, failed)!.Value),
            CraneAnswer.DoneByHand => ImmutableArray.Create<Event>(new CraneEvent.JobDone(recover.Job)),
        }]);
    }

    private static Decision SetService(CraneState crane, CraneCommand.SetService set, Moment at) =>
        set.Service == crane.Service
            ? Decision.Nothing
            : WithNextJobs(crane, at, new CraneEvent.ServiceChanged(set.Service, set.Who, set.Why));

    private static Decision ReopenBin(CraneState crane, CraneCommand.ReopenBin reopen, Moment at) =>
        crane.Closed.Contains(reopen.Bin)
            ? WithNextJobs(crane, at, new CraneEvent.BinReopened(reopen.Bin, reopen.Who, reopen.Why))
            : Decision.Refuse(CraneRefusal.NothingToMend, $"{reopen.Bin} is not closed");

    private static CraneJobId NextId(CraneState crane) =>
        new(FormattableString.Invariant($"{crane.Aisle}/{crane.LastJob + 1:000000}"));
}
