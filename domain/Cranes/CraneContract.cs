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
}

/// <summary>One job: carry the tote from place to place.</summary>
[GenerateSerializer, Immutable, Alias("crane.job")]
public sealed record CraneJob(
    [property: Id(0)] CraneJobId Id, [property: Id(1)] CraneJobKind Kind, [property: Id(2)] Lpn Lpn,
    [property: Id(3)] PlaceId From, [property: Id(4)] PlaceId To);

/// <summary>A tote that stands in a bin when the aisle opens.</summary>
[GenerateSerializer, Immutable, Alias("crane.bin-fill")]
public sealed record BinFill([property: Id(0)] PlaceId Bin, [property: Id(1)] Lpn Lpn);

/// <summary>What a crane is told.</summary>
[GenerateSerializer, Immutable, Alias("crane.command")]
public abstract record CraneCommand : Command
{
    private CraneCommand() { }

    /// <summary>This aisle exists: its crane answers through this device, its rack has two sides of columns times levels bins.</summary>
    [GenerateSerializer, Immutable, Alias("crane.open")]
    public sealed record Open(
        [property: Id(0)] AisleId Aisle, [property: Id(1)] DeviceId Device, [property: Id(2)] int Columns,
        [property: Id(3)] int Levels) : CraneCommand;

    /// <summary>These totes stand in these bins (opening stock).</summary>
    [GenerateSerializer, Immutable, Alias("crane.fill")]
    public sealed record Fill([property: Id(0)] ImmutableArray<BinFill> Bins) : CraneCommand;

    /// <summary>Bring the tote to this out place, which is kept for it. Its bin stays its own.</summary>
    [GenerateSerializer, Immutable, Alias("crane.retrieve")]
    public sealed record Retrieve([property: Id(0)] Lpn Lpn, [property: Id(1)] PlaceId Out) : CraneCommand;

    /// <summary>Take the tote from this in place into its own bin, or into a free one when it has none.</summary>
    [GenerateSerializer, Immutable, Alias("crane.store")]
    public sealed record Store([property: Id(0)] Lpn Lpn, [property: Id(1)] PlaceId In) : CraneCommand;
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
        [property: Id(3)] int Levels) : CraneEvent;

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
    public sealed record JobFailed([property: Id(0)] CraneJobId Job, [property: Id(1)] string Reason) : CraneEvent;

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
}
