using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Cranes;

/// <summary>What stands in the way of a job: in racks two bins deep, the tote in front of the rear one.</summary>
public static class CraneAccess
{
    /// <summary>
    /// True when the machine can do the job after those that it has: nothing stands in front of its bins, no job that it
    /// has goes to the same place, and it does not close the lane of a rear tote that is wanted.
    /// </summary>
    public static bool IsClear(CraneState crane, CraneJob job)
    {
        ArgumentNullException.ThrowIfNull(crane);
        ArgumentNullException.ThrowIfNull(job);
        return !crane.Given.Any(given => given.Job.To == job.To || given.Job.Lpn == job.Lpn)
            && Bins(job).All(bin => InFront(crane, bin) is null && !IsBeingFilled(crane, bin))
            && !ClosesWantedLane(crane, job);
    }

    /// <summary>The tote that has to make way first, when it has no job of its own yet; null when none has to.</summary>
    public static Lpn? Blocker(CraneState crane, CraneJob job)
    {
        ArgumentNullException.ThrowIfNull(crane);
        ArgumentNullException.ThrowIfNull(job);
        foreach (var bin in Bins(job))
        {
            if (InFront(crane, bin) is { } lpn && !crane.HasJob(lpn))
            {
                return lpn;
            }
        }

        return null;
    }

    /// <summary>The bins that the job opens: where it takes the tote from a bin, where it sets it into one.</summary>
    private static IEnumerable<PlaceId> Bins(CraneJob job)
    {
        if (job.Kind != CraneJobKind.Store && job.TakenFrom is null)
        {
            yield return job.From;
        }

        if (job.Kind != CraneJobKind.Retrieve)
        {
            yield return job.To;
        }
    }

    private static Lpn? InFront(CraneState crane, PlaceId bin) =>
        FrontOf(crane, bin) is { } front && crane.Owners.TryGetValue(front, out var lpn) && !crane.Out.Contains(lpn)
            ? lpn
            : null;

    private static bool IsBeingFilled(CraneState crane, PlaceId bin) =>
        FrontOf(crane, bin) is { } front && crane.Given.Any(given => given.Job.To == front);

    private static bool ClosesWantedLane(CraneState crane, CraneJob job) =>
        job.Kind != CraneJobKind.Retrieve && job.TakenFrom is null && !Rack.IsRear(job.To)
        && Rack.Neighbour(job.To, crane.Depth) is { } rear
        && crane.Waiting.Any(other => other.From == rear || other.To == rear);

    private static PlaceId? FrontOf(CraneState crane, PlaceId bin) =>
        crane.Depth > 1 && Rack.IsRear(bin) ? Rack.Neighbour(bin, crane.Depth) : null;
}
