using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Cranes;

/// <summary>
/// How an aisle's crane works, from its events: cycle times of the jobs as they were done, dual cycles where a retrieve
/// follows a store, and availability as FEM 9.221 has it, mean time between failures over that and mean time to repair,
/// with maintenance left out of both. Times of the floor's clock. A fold, for reports and pages; no decision reads it.
/// </summary>
/// <param name="Since">The first event; null before.</param>
/// <param name="Until">The latest event.</param>
/// <param name="Started">When the job at the machine's front began: as it was given, or as the one before it ended.</param>
/// <param name="LastKind">What the last job was.</param>
/// <param name="LastMilliseconds">How long the last job took; 0 when it is part of a dual cycle already.</param>
/// <param name="Singles">Jobs that were cycles of their own.</param>
/// <param name="SingleMilliseconds">Their time.</param>
/// <param name="Duals">Stores with the retrieve after them.</param>
/// <param name="DualMilliseconds">Their time.</param>
/// <param name="Failures">Failed jobs that stopped the crane.</param>
/// <param name="DownSince">Since when it has stood; null while it works.</param>
/// <param name="DownMilliseconds">How long it stood in all.</param>
/// <param name="ServicedSince">Since when it has been out of automatic service; null while it is in it.</param>
/// <param name="ServicedMilliseconds">How long it was out of service in all.</param>
public sealed record CraneFigures(
    Moment? Since, Moment Until, Moment? Started, CraneJobKind LastKind, long LastMilliseconds, int Singles, long SingleMilliseconds,
    int Duals, long DualMilliseconds, int Failures, Moment? DownSince, long DownMilliseconds, Moment? ServicedSince,
    long ServicedMilliseconds)
{
    /// <summary>Nothing seen yet.</summary>
    public static CraneFigures None { get; } = new(null, default, null, CraneJobKind.Retrieve, 0, 0, 0, 0, 0, 0, null, 0, null, 0);

    /// <summary>The mean cycle of a single job, milliseconds; 0 when there was none.</summary>
    public long MeanSingleMilliseconds => Singles == 0 ? 0 : SingleMilliseconds / Singles;

    /// <summary>The mean dual cycle, milliseconds; 0 when there was none.</summary>
    public long MeanDualMilliseconds => Duals == 0 ? 0 : DualMilliseconds / Duals;

    /// <summary>MTBF / (MTBF + MTTR) in per mille: the time it worked or could have, of the time it was in service.</summary>
    public int AvailabilityPermille
    {
        get
        {
            var served = Since is { } since ? Until.Since(since) - ServicedMilliseconds : 0;
            var down = DownMilliseconds + (DownSince is { } from ? Until.Since(from) : 0);
            return served <= 0 ? 1000 : (int)((served - down) * 1000 / served);
        }
    }

    /// <summary>The figures with one event more.</summary>
    /// <param name="after">The aisle after it.</param>
    /// <param name="happened">The event.</param>
    /// <param name="at">When.</param>
    public CraneFigures See(CraneState after, Event happened, Moment at)
    {
        ArgumentNullException.ThrowIfNull(after);
        var figures = this with { Since = Since ?? at, Until = at };
        return happened switch
        {
            CraneEvent.JobStarted => figures with { Started = Started ?? at },
            CraneEvent.JobDone => figures.Done(after, at),
            CraneEvent.JobFailed => figures with
            {
                Started = after.Given.IsEmpty ? null : at,
                Failures = Failures + (after.MayMove ? 0 : 1),
                DownSince = after.MayMove ? DownSince : DownSince ?? at,
            },
            CraneEvent.JobMended when after.MayMove && DownSince is { } down => figures with
            {
                DownSince = null, DownMilliseconds = DownMilliseconds + at.Since(down),
            },
            CraneEvent.ServiceChanged { Service: CraneService.Automatic } when ServicedSince is { } began => figures with
            {
                ServicedSince = null, ServicedMilliseconds = ServicedMilliseconds + at.Since(began),
            },
            CraneEvent.ServiceChanged { Service: not CraneService.Automatic } => figures with { ServicedSince = ServicedSince ?? at },
            _ => figures,
        };
    }

    private CraneFigures Done(CraneState after, Moment at)
    {
        var kind = after.LastDone!.Kind;
        var took = Started is { } began ? at.Since(began) : 0;
        var up = DownSince is { } down && after.MayMove
            ? this with { DownSince = null, DownMilliseconds = DownMilliseconds + at.Since(down) }
            : this;
        var next = up with { Started = after.Given.IsEmpty ? null : at, LastKind = kind };
        return kind == CraneJobKind.Retrieve && LastKind == CraneJobKind.Store && LastMilliseconds > 0
            ? next with
            {
                LastMilliseconds = 0, Singles = Singles - 1, SingleMilliseconds = SingleMilliseconds - LastMilliseconds,
                Duals = Duals + 1, DualMilliseconds = DualMilliseconds + LastMilliseconds + took,
            }
            : next with { LastMilliseconds = took, Singles = Singles + 1, SingleMilliseconds = SingleMilliseconds + took };
    }
}
