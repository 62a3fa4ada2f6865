using System.Collections.Immutable;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Cranes;

/// <summary>An answer that a person may give, and what it says about the floor.</summary>
public sealed record CraneProposal(CraneAnswer Answer, string Says);

/// <summary>How a failed job goes on: by itself where the crane can see that it is safe, by a person's answer otherwise.</summary>
public static class CraneRecovery
{
    /// <summary>The answers that a failed job allows, the likeliest first.</summary>
    public static ImmutableArray<CraneProposal> Proposals(CraneState crane, FailedJob failed)
    {
        ArgumentNullException.ThrowIfNull(crane);
        ArgumentNullException.ThrowIfNull(failed);
        var job = failed.Job;
        var again = failed.OnForks == job.Lpn
            ? $"{job.Lpn} is on the forks, and {job.To} is free now: set it down"
            : $"the forks are empty, and {job.Lpn} stands on {job.From}: do it again";
        return
        [
            .. Elsewhere(crane, failed) is { } bin
                ? [new CraneProposal(CraneAnswer.StoreElsewhere, $"something unknown stands in {job.To}: close it, and store {job.Lpn} in {bin}")]
                : Array.Empty<CraneProposal>(),
            new CraneProposal(CraneAnswer.TryAgain, again),
            new CraneProposal(CraneAnswer.DoneByHand, $"the forks are empty, and {job.Lpn} was carried to {job.To} by hand"),
        ];
    }

    /// <summary>
    /// Another bin for a tote that could not be set into its own: only while that tote, and no other, is on the forks.
    /// </summary>
    public static PlaceId? Elsewhere(CraneState crane, FailedJob failed)
    {
        ArgumentNullException.ThrowIfNull(crane);
        ArgumentNullException.ThrowIfNull(failed);
        return failed.Fault == CraneFault.DestinationOccupied && failed.OnForks == failed.Job.Lpn
            && failed.Job.Kind != CraneJobKind.Retrieve
            ? CraneBins.NearestFree(crane, notInLaneOf: failed.Job.To)
            : null;
    }

    /// <summary>The job that goes on for a failed one: from the forks when its load is on them.</summary>
    public static CraneJob Mended(CraneState crane, FailedJob failed, CraneJobId id, PlaceId to)
    {
        ArgumentNullException.ThrowIfNull(crane);
        ArgumentNullException.ThrowIfNull(failed);
        return failed.OnForks == failed.Job.Lpn
            ? failed.Job with { Id = id, From = crane.Forks, To = to, TakenFrom = failed.Job.Origin }
            : failed.Job with { Id = id, From = failed.Job.Origin, To = to, TakenFrom = null };
    }
}
