using System.Collections.Immutable;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Cranes;

/// <summary>A job that the machine has.</summary>
/// <param name="Job">What to do.</param>
/// <param name="Repeats">How often it was given to the machine again.</param>
[GenerateSerializer, Immutable, Alias("crane.given-job")]
public sealed record GivenJob([property: Id(0)] CraneJob Job, [property: Id(1)] int Repeats);

/// <summary>A job that the machine could not do; a person has to look.</summary>
/// <param name="Job">What it was to do.</param>
/// <param name="Reason">The machine's words.</param>
/// <param name="Fault">Why.</param>
/// <param name="OnForks">What is on the forks; null when nothing is known to be.</param>
[GenerateSerializer, Immutable, Alias("crane.failed-job")]
public sealed record FailedJob(
    [property: Id(0)] CraneJob Job, [property: Id(1)] string Reason, [property: Id(2)] CraneFault Fault = CraneFault.Other,
    [property: Id(3)] Lpn? OnForks = null)
{
    /// <summary>True while the machine may not move: its forks are not known to be empty and in the middle.</summary>
    public bool StopsCrane =>
        OnForks is not null || Fault is not (CraneFault.SourceEmpty or CraneFault.GivenUp or CraneFault.NotTaken);
}

/// <summary>
/// An aisle: whose every bin is, which totes are out, and the jobs. A tote owns its bin from its first store (or the
/// opening fill) on, also while it is out, so it can always come home.
/// </summary>
/// <param name="Aisle">Null before the aisle is in service.</param>
/// <param name="Device">Through which the machine is commanded.</param>
/// <param name="Columns">Columns of each of the two sides.</param>
/// <param name="Levels">Levels of each side.</param>
/// <param name="Owners">The owner of each bin that has one.</param>
/// <param name="Bins">The same by tote.</param>
/// <param name="Out">Totes that are not in their bins.</param>
/// <param name="Waiting">Jobs that the machine does not have yet, oldest first.</param>
/// <param name="Given">Jobs that the machine has, in its order; at most <see cref="CraneDecider.GivenLimit"/>.</param>
/// <param name="LastGiven">What kind the machine got last: the other kind is next, so that both ways are loaded.</param>
/// <param name="LastJob">The number of the latest job.</param>
/// <param name="LastDone">The job that was done last.</param>
/// <param name="Failed">Jobs that wait for a person.</param>
/// <param name="Online">Whether its link is up; null before it has said so.</param>
/// <param name="Depth">Bins of each lane, one behind the other: 1 or 2.</param>
/// <param name="Service">Whether it gets jobs.</param>
/// <param name="Closed">Bins with something unknown in them.</param>
/// <param name="Turns">How often each tote that came out at all was retrieved.</param>
[GenerateSerializer, Immutable, Alias("crane-state")]
public sealed record CraneState(
    [property: Id(0)] AisleId? Aisle, [property: Id(1)] DeviceId? Device, [property: Id(2)] int Columns,
    [property: Id(3)] int Levels,
    [property: Id(4)] ImmutableSortedDictionary<PlaceId, Lpn> Owners,
    [property: Id(5)] ImmutableSortedDictionary<Lpn, PlaceId> Bins,
    [property: Id(6)] ImmutableSortedSet<Lpn> Out,
    [property: Id(7)] ImmutableArray<CraneJob> Waiting,
    [property: Id(8)] ImmutableArray<GivenJob> Given,
    [property: Id(9)] CraneJobKind LastGiven,
    [property: Id(10)] int LastJob,
    [property: Id(11)] CraneJob? LastDone,
    [property: Id(12)] ImmutableArray<FailedJob> Failed,
    [property: Id(13)] bool? Online,
    [property: Id(14)] int Depth,
    [property: Id(15)] CraneService Service,
    [property: Id(16)] ImmutableSortedSet<PlaceId> Closed,
    [property: Id(17)] ImmutableSortedDictionary<Lpn, int> Turns)
{
    /// <summary>An aisle that is not in service.</summary>
    public static CraneState Initial { get; } = new(
        null, null, 0, 0, ImmutableSortedDictionary<PlaceId, Lpn>.Empty, ImmutableSortedDictionary<Lpn, PlaceId>.Empty,
        [], [], [], CraneJobKind.Store, 0, null, [], null, 1, CraneService.Automatic, [], ImmutableSortedDictionary<Lpn, int>.Empty);

    /// <summary>The place that the crane's forks are.</summary>
    public PlaceId Forks => new((Aisle?.Text ?? string.Empty) + "/forks");

    /// <summary>True while the machine may be given a job.</summary>
    public bool MayMove => Service == CraneService.Automatic && !Failed.Any(failed => failed.StopsCrane);

    /// <summary>True while the tote has a job, waiting, at the machine or failed.</summary>
    public bool HasJob(Lpn lpn) =>
        Waiting.Any(job => job.Lpn == lpn)
        || Given.Any(given => given.Job.Lpn == lpn)
        || Failed.Any(failed => failed.Job.Lpn == lpn);
}
