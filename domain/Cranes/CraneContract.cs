using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Cranes;

/// <summary>What a crane's job does.</summary>
public enum CraneJobKind
{
    /// <summary>From an in place into a bin.</summary>
    Store,
    /// <summary>From a bin onto an out place.</summary>
    Retrieve,
    /// <summary>From a bin into another one, to make way for the tote behind it.</summary>
    Relocate,
}

/// <summary>Why a crane could not end a job.</summary>
public enum CraneFault
{
    /// <summary>The machine's words say more.</summary>
    Other,
    /// <summary>Nothing stands where the load was to be taken.</summary>
    SourceEmpty,
    /// <summary>Something stands where the load was to be set down (double storage).</summary>
    DestinationOccupied,
    /// <summary>Another load was taken than was asked for.</summary>
    WrongLoad,
    /// <summary>The forks do not come back to the middle.</summary>
    ForkNotCentred,
    /// <summary>The load is too heavy, or out of its contour.</summary>
    Overload,
    /// <summary>The job was taken back before it had begun.</summary>
    GivenUp,
    /// <summary>The machine never took the job.</summary>
    NotTaken,
}

/// <summary>What a person may answer to a failed job.</summary>
public enum CraneAnswer
{
    /// <summary>The cause is removed: the same again, from the forks when the load is on them.</summary>
    TryAgain,
    /// <summary>The bin is taken by something unknown: it is closed, and the load goes into another one.</summary>
    StoreElsewhere,
    /// <summary>A person carried the load to where the job was to bring it.</summary>
    DoneByHand,
}

/// <summary>Whether the crane gets jobs.</summary>
public enum CraneService
{
    /// <summary>It does.</summary>
    Automatic,
    /// <summary>A person drives it; jobs wait.</summary>
    Manual,
    /// <summary>It is being serviced; jobs wait, and the time is not held against its availability.</summary>
    Maintenance,
}

/// <summary>One job: carry the tote from place to place.</summary>
/// <param name="Id">Ours, and the machine's.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Lpn">The tote.</param>
/// <param name="From">Where the machine takes it: a place, or its own forks when the tote is on them from a failed job.</param>
/// <param name="To">Where it sets it down.</param>
/// <param name="TakenFrom">For a job from the forks: where the tote was before, and by the book still is.</param>
[GenerateSerializer, Immutable, Alias("crane.job")]
public sealed record CraneJob(
    [property: Id(0)] CraneJobId Id, [property: Id(1)] CraneJobKind Kind, [property: Id(2)] Lpn Lpn,
    [property: Id(3)] PlaceId From, [property: Id(4)] PlaceId To, [property: Id(5)] PlaceId? TakenFrom = null)
{
    /// <summary>Where the tote is by the book until the job is done.</summary>
    public PlaceId Origin => TakenFrom ?? From;
}

/// <summary>A tote that stands in a bin when the aisle opens.</summary>
[GenerateSerializer, Immutable, Alias("crane.bin-fill")]
public sealed record BinFill([property: Id(0)] PlaceId Bin, [property: Id(1)] Lpn Lpn);

/// <summary>What a crane is told.</summary>
[GenerateSerializer, Immutable, Alias("crane.command")]
public abstract record CraneCommand : Command
{
    private CraneCommand() { }

    /// <summary>This aisle exists: its crane answers through this device, its rack has two sides of columns times levels lanes, one or two bins deep.</summary>
    [GenerateSerializer, Immutable, Alias("crane.open")]
    public sealed record Open(
        [property: Id(0)] AisleId Aisle, [property: Id(1)] DeviceId Device, [property: Id(2)] int Columns,
        [property: Id(3)] int Levels, [property: Id(4)] int Depth = 1) : CraneCommand;

    /// <summary>These totes stand in these bins (opening stock).</summary>
    [GenerateSerializer, Immutable, Alias("crane.fill")]
    public sealed record Fill([property: Id(0)] ImmutableArray<BinFill> Bins) : CraneCommand;

    /// <summary>Bring the tote to this out place, which is kept for it. Its bin stays its own.</summary>
    [GenerateSerializer, Immutable, Alias("crane.retrieve")]
    public sealed record Retrieve([property: Id(0)] Lpn Lpn, [property: Id(1)] PlaceId Out) : CraneCommand;

    /// <summary>Take the tote from this in place into its own bin, or into a free one when it has none.</summary>
    [GenerateSerializer, Immutable, Alias("crane.store")]
    public sealed record Store([property: Id(0)] Lpn Lpn, [property: Id(1)] PlaceId In) : CraneCommand;

    /// <summary>A person answers a failed job, with one of the answers that <see cref="CraneRecovery"/> proposes.</summary>
    [GenerateSerializer, Immutable, Alias("crane.recover")]
    public sealed record Recover(
        [property: Id(0)] CraneJobId Job, [property: Id(1)] CraneAnswer Answer, [property: Id(2)] string Who,
        [property: Id(3)] string Why) : CraneCommand;

    /// <summary>A person takes the crane out of automatic service, or puts it back.</summary>
    [GenerateSerializer, Immutable, Alias("crane.set-service")]
    public sealed record SetService(
        [property: Id(0)] CraneService Service, [property: Id(1)] string Who, [property: Id(2)] string Why) : CraneCommand;

    /// <summary>A person has looked into a closed bin, and it is empty.</summary>
    [GenerateSerializer, Immutable, Alias("crane.reopen-bin")]
    public sealed record ReopenBin(
        [property: Id(0)] PlaceId Bin, [property: Id(1)] string Who, [property: Id(2)] string Why) : CraneCommand;
}

/// <summary>What happens to a crane.</summary>
[GenerateSerializer, Immutable, Alias("crane.event")]
public abstract record CraneEvent : Event
{
    private CraneEvent() { }

    /// <summary>The aisle is in service.</summary>
    [GenerateSerializer, Immutable, Alias("crane.opened")]
    public sealed record Opened(
        [property: Id(0)] AisleId Aisle, [property: Id(1)] DeviceId Device, [property: Id(2)] int Columns,
        [property: Id(3)] int Levels, [property: Id(4)] int Depth = 1) : CraneEvent;

    /// <summary>These totes stand in these bins.</summary>
    [GenerateSerializer, Immutable, Alias("crane.filled")]
    public sealed record Filled([property: Id(0)] ImmutableArray<BinFill> Bins) : CraneEvent;

    /// <summary>A job waits. For a store, the bin is kept for the tote from now on.</summary>
    [GenerateSerializer, Immutable, Alias("crane.job-queued")]
    public sealed record JobQueued([property: Id(0)] CraneJob Job) : CraneEvent;

    /// <summary>The job was given to the machine.</summary>
    [GenerateSerializer, Immutable, Alias("crane.job-started")]
    public sealed record JobStarted([property: Id(0)] CraneJobId Job, [property: Id(1)] Moment At) : CraneEvent;

    /// <summary>The machine reports the job done.</summary>
    [GenerateSerializer, Immutable, Alias("crane.job-done")]
    public sealed record JobDone([property: Id(0)] CraneJobId Job) : CraneEvent;

    /// <summary>The machine reports that it cannot; a person has to look.</summary>
    [GenerateSerializer, Immutable, Alias("crane.job-failed")]
    public sealed record JobFailed(
        [property: Id(0)] CraneJobId Job, [property: Id(1)] string Reason, [property: Id(2)] CraneFault Fault = CraneFault.Other,
        [property: Id(3)] Lpn? OnForks = null) : CraneEvent;

    /// <summary>A person said what to do about a failed job.</summary>
    [GenerateSerializer, Immutable, Alias("crane.recovered")]
    public sealed record Recovered(
        [property: Id(0)] CraneJobId Job, [property: Id(1)] CraneAnswer Answer, [property: Id(2)] string Who,
        [property: Id(3)] string Why) : CraneEvent;

    /// <summary>A failed job goes on under a new id, perhaps to another bin.</summary>
    [GenerateSerializer, Immutable, Alias("crane.job-mended")]
    public sealed record JobMended([property: Id(0)] CraneJobId Failed, [property: Id(1)] CraneJob Job) : CraneEvent;

    /// <summary>Something unknown stands in a bin: nothing is stored there until a person has looked.</summary>
    [GenerateSerializer, Immutable, Alias("crane.bin-closed")]
    public sealed record BinClosed([property: Id(0)] PlaceId Bin) : CraneEvent;

    /// <summary>A closed bin is empty again.</summary>
    [GenerateSerializer, Immutable, Alias("crane.bin-reopened")]
    public sealed record BinReopened(
        [property: Id(0)] PlaceId Bin, [property: Id(1)] string Who, [property: Id(2)] string Why) : CraneEvent;

    /// <summary>The crane came into service or out of it.</summary>
    [GenerateSerializer, Immutable, Alias("crane.service-changed")]
    public sealed record ServiceChanged(
        [property: Id(0)] CraneService Service, [property: Id(1)] string Who, [property: Id(2)] string Why) : CraneEvent;

    /// <summary>A job was not confirmed in time; the machine's list is read and the job given again under its id.</summary>
    [GenerateSerializer, Immutable, Alias("crane.job-repeated")]
    public sealed record JobRepeated(
        [property: Id(0)] CraneJobId Job, [property: Id(1)] int Times, [property: Id(2)] Moment At) : CraneEvent;

    /// <summary>The link to the crane came or went.</summary>
    [GenerateSerializer, Immutable, Alias("crane.link-changed")]
    public sealed record LinkChanged([property: Id(0)] bool Online) : CraneEvent;
}

/// <summary>Why a crane says no, in the order in which it is checked.</summary>
public enum CraneRefusal
{
    /// <summary>The aisle is not in service.</summary>
    NotOpen,
    /// <summary>It is in service as another one.</summary>
    AnotherAisle,
    /// <summary>A bin does not exist, or two totes are to stand in one.</summary>
    NoSuchBin,
    /// <summary>The tote is not in this aisle, or not where the job takes it from.</summary>
    NotHere,
    /// <summary>The tote has a job already.</summary>
    HasAJob,
    /// <summary>No bin is free.</summary>
    RackFull,
    /// <summary>No such job has failed, or the bin is not closed.</summary>
    NothingToMend,
    /// <summary>That is none of the answers which the failure allows.</summary>
    NoSuchAnswer,
}
