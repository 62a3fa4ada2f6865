using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Devices;

/// <summary>How far we command a device.</summary>
public enum DeviceMode
{
    /// <summary>Signals in; commands are kept and not sent.</summary>
    Observe,
    /// <summary>A person drives it; commands are kept and not sent.</summary>
    Manual,
    /// <summary>We command it.</summary>
    Automatic,
}

/// <summary>A command in a device's outbox, in the order in which it must be sent.</summary>
/// <param name="Sequence">Its number; later ones are higher.</param>
/// <param name="Command">What to do; of a way, the whole of it with all its updates.</param>
/// <param name="Deadline">Until when the machine must have it, warehouse time.</param>
/// <param name="Cancel">Why it is to be cancelled; null while it stands.</param>
/// <param name="Nodes">How many nodes of a way the vehicle is known to have reached.</param>
/// <param name="Acts">How many acts of a way, or legs of a drive, it is known to have done.</param>
[GenerateSerializer, Immutable, Alias("device.outbox-entry")]
public sealed record OutboxEntry(
    [property: Id(0)] long Sequence, [property: Id(1)] MachineCommand Command,
    [property: Id(2)] Moment Deadline, [property: Id(3)] string? Cancel = null,
    [property: Id(4)] int Nodes = 0, [property: Id(5)] int Acts = 0);

/// <summary>What became of an outbox entry.</summary>
[GenerateSerializer, Immutable, Alias("device.outcome")]
public sealed record OutboxOutcome(
    [property: Id(0)] long Sequence, [property: Id(1)] CommandOutcome Outcome, [property: Id(2)] string Reason);

/// <summary>The detail of a lease: its epoch (older ones send nothing any more), the mode, and what waits to be sent.</summary>
[GenerateSerializer, Immutable, Alias("device.lease")]
public sealed record Lease(
    [property: Id(0)] long Epoch, [property: Id(1)] DeviceMode Mode,
    [property: Id(2)] ImmutableArray<OutboxEntry> Outbox) : AnswerDetail;

/// <summary>Something read back from a machine that differs from our state, with the answers a person may give.</summary>
[GenerateSerializer, Immutable, Alias("device.difference")]
public sealed record Difference(
    [property: Id(0)] string Id, [property: Id(1)] string What,
    [property: Id(2)] ImmutableArray<string> Answers);

/// <summary>What a device is told.</summary>
[GenerateSerializer, Immutable, Alias("device.command")]
public abstract record DeviceCommand : Command
{
    private DeviceCommand() { }

    /// <summary>The device exists, of this kind, and belongs to this stream. It starts in automatic mode.</summary>
    [GenerateSerializer, Immutable, Alias("device.register")]
    public sealed record Register(
        [property: Id(0)] DeviceId Device, [property: Id(1)] DeviceKind Kind, [property: Id(2)] StreamId Owner) : DeviceCommand;

    /// <summary>A session host wants the device until a time of the real clock (Now and Until are read there). Answered with <see cref="Lease"/>.</summary>
    [GenerateSerializer, Immutable, Alias("device.take-lease")]
    public sealed record TakeLease(
        [property: Id(0)] string Host, [property: Id(1)] Moment Now, [property: Id(2)] Moment Until) : DeviceCommand;

    /// <summary>
    /// The owner wants the machine to do something before the deadline (warehouse time). The next update of a way that
    /// waits here is joined to it; an update of a way that does not is refused.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("device.enqueue")]
    public sealed record Enqueue(
        [property: Id(0)] MachineCommand Command, [property: Id(1)] Moment Deadline) : DeviceCommand;

    /// <summary>The owner wants a command that waits here ended: not sent any more, or cancelled at the machine. How that went comes as the command's outcome or as a signal.</summary>
    [GenerateSerializer, Immutable, Alias("device.cancel")]
    public sealed record Cancel([property: Id(0)] string CommandId, [property: Id(1)] string Why) : DeviceCommand;

    /// <summary>A session's news, together: what became of commands, and what the machine says. Of an older epoch: refused.</summary>
    [GenerateSerializer, Immutable, Alias("device.report")]
    public sealed record Report(
        [property: Id(0)] long Epoch, [property: Id(1)] ImmutableArray<OutboxOutcome> Outcomes,
        [property: Id(2)] ImmutableArray<DeviceSignal> Signals) : DeviceCommand;

    /// <summary>A person changes the mode; to automatic only when no difference is open.</summary>
    [GenerateSerializer, Immutable, Alias("device.set-mode")]
    public sealed record SetMode(
        [property: Id(0)] DeviceMode Mode, [property: Id(1)] string Who, [property: Id(2)] string Why) : DeviceCommand;

    /// <summary>A session read the machine back and it differs from what we think.</summary>
    [GenerateSerializer, Immutable, Alias("device.found-difference")]
    public sealed record FoundDifference(
        [property: Id(0)] long Epoch, [property: Id(1)] Difference Difference) : DeviceCommand;

    /// <summary>A person answers a difference.</summary>
    [GenerateSerializer, Immutable, Alias("device.settle")]
    public sealed record Settle(
        [property: Id(0)] string DifferenceId, [property: Id(1)] string Answer, [property: Id(2)] string Who) : DeviceCommand;
}

/// <summary>What happens to a device.</summary>
[GenerateSerializer, Immutable, Alias("device.event")]
public abstract record DeviceEvent : Event
{
    private DeviceEvent() { }

    /// <summary>The device is known.</summary>
    [GenerateSerializer, Immutable, Alias("device.registered")]
    public sealed record Registered(
        [property: Id(0)] DeviceId Device, [property: Id(1)] DeviceKind Kind, [property: Id(2)] StreamId Owner) : DeviceEvent;

    /// <summary>A host holds the device; a renewal keeps the epoch.</summary>
    [GenerateSerializer, Immutable, Alias("device.leased")]
    public sealed record Leased(
        [property: Id(0)] string Host, [property: Id(1)] long Epoch, [property: Id(2)] Moment Until) : DeviceEvent;

    /// <summary>A command waits in the outbox.</summary>
    [GenerateSerializer, Immutable, Alias("device.enqueued")]
    public sealed record Enqueued([property: Id(0)] OutboxEntry Entry) : DeviceEvent;

    /// <summary>A way that waits goes on otherwise: the update, as it was given.</summary>
    [GenerateSerializer, Immutable, Alias("device.revised")]
    public sealed record Revised(
        [property: Id(0)] long Sequence, [property: Id(1)] MachineCommand Update, [property: Id(2)] Moment Deadline) : DeviceEvent;

    /// <summary>A command that waits is to be cancelled.</summary>
    [GenerateSerializer, Immutable, Alias("device.cancel-asked")]
    public sealed record CancelAsked([property: Id(0)] long Sequence, [property: Id(1)] string Why) : DeviceEvent;

    /// <summary>A command left the outbox.</summary>
    [GenerateSerializer, Immutable, Alias("device.ended")]
    public sealed record Ended([property: Id(0)] OutboxOutcome Outcome) : DeviceEvent;

    /// <summary>The machine said something.</summary>
    [GenerateSerializer, Immutable, Alias("device.said")]
    public sealed record Said([property: Id(0)] DeviceSignal Signal) : DeviceEvent;

    /// <summary>The mode changed.</summary>
    [GenerateSerializer, Immutable, Alias("device.mode-changed")]
    public sealed record ModeChanged(
        [property: Id(0)] DeviceMode Mode, [property: Id(1)] string Who, [property: Id(2)] string Why) : DeviceEvent;

    /// <summary>A case for a person.</summary>
    [GenerateSerializer, Immutable, Alias("device.differed")]
    public sealed record Differed([property: Id(0)] Difference Difference) : DeviceEvent;

    /// <summary>A person answered it.</summary>
    [GenerateSerializer, Immutable, Alias("device.settled")]
    public sealed record Settled(
        [property: Id(0)] string DifferenceId, [property: Id(1)] string Answer, [property: Id(2)] string Who) : DeviceEvent;
}

/// <summary>Why a device says no, in the order in which it is checked.</summary>
public enum DeviceRefusal
{
    /// <summary>No such device.</summary>
    Unknown,
    /// <summary>It belongs to another stream.</summary>
    AnotherDevice,
    /// <summary>Another host holds the lease.</summary>
    Leased,
    /// <summary>The epoch is over.</summary>
    OldEpoch,
    /// <summary>A way that leads nowhere, is too long, or acts without saying where.</summary>
    NotAWay,
    /// <summary>An update does not continue the way that waits, or none does.</summary>
    DoesNotContinue,
    /// <summary>The way is to be cancelled; nothing is added to it.</summary>
    BeingCancelled,
    /// <summary>No such command waits, so none can be cancelled.</summary>
    NothingToCancel,
    /// <summary>The outbox is full: the machine does not keep up.</summary>
    OutboxFull,
    /// <summary>A difference is open; a person has to answer it first.</summary>
    DifferenceOpen,
    /// <summary>No such difference is open, or that is none of its answers.</summary>
    NoSuchDifference,
}
