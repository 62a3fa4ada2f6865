using System.Globalization;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Cranes;

/// <summary>Which waiting job the machine gets next.</summary>
public static class CraneSequence
{
    /// <summary>A job waits at most until so many younger ones went before it.</summary>
    public const int OvertakingLimit = 8;

    /// <summary>
    /// A load on the forks first. Then the oldest, when it has been overtaken often enough. Otherwise one of the other
    /// kind than the last, so that a store on the way in and a retrieve on the way out make one dual cycle: the retrieve
    /// that is nearest to where the machine will be, and the store whose bin is nearest to a waiting retrieve. When
    /// there is none of the other kind, the nearest of the same; of equals the oldest. Null when none can be done now.
    /// </summary>
    public static CraneJob? Next(CraneState crane)
    {
        ArgumentNullException.ThrowIfNull(crane);
        var now = crane.Waiting.Where(job => CraneAccess.IsClear(crane, job)).ToArray();
        var begun = crane.LastJob - crane.Waiting.Length;
        if (crane.Waiting.FirstOrDefault(job => job.TakenFrom is not null) is { } onForks)
        {
            return crane.Given.Any(given => given.Job.To == onForks.To) ? null : onForks;
        }

        if (now.FirstOrDefault() is { } oldest && begun - NumberOf(oldest) >= OvertakingLimit)
        {
            return oldest;
        }

        var others = now.Where(job => job.Kind != crane.LastGiven).ToArray();
        return (others.Length > 0 ? others : now).MinBy(job => EmptyWay(crane, job));
    }

    /// <summary>The running number in a job's id.</summary>
    public static int NumberOf(CraneJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return int.Parse(job.Id.Text.AsSpan(job.Id.Text.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);
    }

    private static int EmptyWay(CraneState crane, CraneJob job) => job.Kind == CraneJobKind.Store
        ? crane.Waiting.Where(other => other.Kind == CraneJobKind.Retrieve)
            .Select(other => Way(crane, job.To, other.From)).DefaultIfEmpty(0).Min()
        : Way(crane, crane.Given.IsEmpty ? crane.LastDone?.To : crane.Given[^1].Job.To, job.From);

    /// <summary>Millimetres along the aisle, or twice those up when they are more: hoists are about half as fast.</summary>
    private static int Way(CraneState crane, PlaceId? from, PlaceId to)
    {
        var (one, two) = (from is { } place ? At(crane, place) : (0, 0), At(crane, to));
        return Math.Max(Math.Abs(one.Item1 - two.Item1), 2 * Math.Abs(one.Item2 - two.Item2));
    }

    private static (int Along, int Up) At(CraneState crane, PlaceId place) =>
        Rack.Find(crane.Aisle!.Value, crane.Columns, crane.Levels, place, crane.Depth) is { } bin
            ? (bin.AlongMillimetres, bin.UpMillimetres)
            : (0, 0);
}
