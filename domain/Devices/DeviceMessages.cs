using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Rfid;
using Warehouse.Domain.Sensing;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Devices;

/// <summary>What a machine is to do. The id inside (task, mission, job) makes a repeat harmless; each has a deadline in the outbox.</summary>
[GenerateSerializer, Immutable, Alias("device.machine-command")]
public abstract record MachineCommand
{
    private MachineCommand() { }

    /// <summary>The id under which the machine knows it.</summary>
    public abstract string Id { get; }

    /// <summary>Light a pick-to-light tag: colour name, quantity (0 shows none), a short text.</summary>
    [GenerateSerializer, Immutable, Alias("device.show-pick")]
    public sealed record ShowPick(
        [property: Id(0)] PickTaskId Task, [property: Id(1)] string Colour, [property: Id(2)] int Quantity,
        [property: Id(3)] string Text) : MachineCommand
    {
        /// <inheritdoc/>
        public override string Id => Task.Text;
    }

    /// <summary>Put the light of this task out.</summary>
    [GenerateSerializer, Immutable, Alias("device.light-off")]
    public sealed record LightOff([property: Id(0)] PickTaskId Task) : MachineCommand
    {
        /// <inheritdoc/>
        public override string Id => Task.Text + "/off";
    }

    /// <summary>Drive the legs of a mission in order and act at the end of each.</summary>
    [GenerateSerializer, Immutable, Alias("device.drive")]
    public sealed record Drive(
        [property: Id(0)] MissionId Mission, [property: Id(1)] Lpn? Lpn,
        [property: Id(2)] ImmutableArray<Leg> Legs) : MachineCommand
    {
        /// <inheritdoc/>
        public override string Id => Mission.Text;
    }

    /// <summary>Run a crane's job. After any doubt the machine's own list is read before it is sent again.</summary>
    [GenerateSerializer, Immutable, Alias("device.run-crane-job")]
    public sealed record RunCraneJob([property: Id(0)] CraneJob Job) : MachineCommand
    {
        /// <inheritdoc/>
        public override string Id => Job.Id.Text;
    }
}

/// <summary>How a picker answered a lit tag.</summary>
public enum PressKind
{
    /// <summary>Done as asked.</summary>
    Confirm,
    /// <summary>Fewer than asked; the quantity says how many were there.</summary>
    Short,
}

/// <summary>A fact that a machine reports. Telemetry (poses, battery, readings) is not among them; it is never journaled.</summary>
[GenerateSerializer, Immutable, Alias("device.signal")]
public abstract record DeviceSignal
{
    private DeviceSignal() { }

    /// <summary>A tag's button. Boot and sequence number the tag's own messages, so a repeat is seen as one.</summary>
    [GenerateSerializer, Immutable, Alias("device.button-pressed")]
    public sealed record ButtonPressed(
        [property: Id(0)] PickTaskId Task, [property: Id(1)] long Boot, [property: Id(2)] long Sequence,
        [property: Id(3)] PressKind Kind, [property: Id(4)] int Quantity) : DeviceSignal;

    /// <summary>A vehicle has done this many of a mission's legs, from the first.</summary>
    [GenerateSerializer, Immutable, Alias("device.legs-done")]
    public sealed record LegsDone([property: Id(0)] MissionId Mission, [property: Id(1)] int Count) : DeviceSignal;

    /// <summary>A vehicle refused or cannot go on with a mission.</summary>
    [GenerateSerializer, Immutable, Alias("device.drive-failed")]
    public sealed record DriveFailed([property: Id(0)] MissionId Mission, [property: Id(1)] string Reason) : DeviceSignal;

    /// <summary>A crane has ended a job well.</summary>
    [GenerateSerializer, Immutable, Alias("device.crane-job-done")]
    public sealed record CraneJobDone([property: Id(0)] CraneJobId Job) : DeviceSignal;

    /// <summary>A crane cannot end a job: why, and what is on its forks as far as it knows.</summary>
    [GenerateSerializer, Immutable, Alias("device.crane-job-failed")]
    public sealed record CraneJobFailed(
        [property: Id(0)] CraneJobId Job, [property: Id(1)] string Reason, [property: Id(2)] CraneFault Fault = CraneFault.Other,
        [property: Id(3)] Lpn? OnForks = null) : DeviceSignal;

    /// <summary>An RFID reader has seen a tag, and the filter for ghosts and strays believes it: its reads, taken together.</summary>
    [GenerateSerializer, Immutable, Alias("device.tags-read")]
    public sealed record TagsRead([property: Id(0)] TagSighting Sighting) : DeviceSignal;

    /// <summary>
    /// A measured value crossed a limit or came back. Values between are telemetry. Episode numbers the crossings of one
    /// measure; it begins with the time of the first, so it never falls back.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("device.measured")]
    public sealed record Measured(
        [property: Id(0)] string Measure, [property: Id(1)] long Value, [property: Id(2)] string Unit,
        [property: Id(3)] LimitLevel Level, [property: Id(4)] long Episode) : DeviceSignal;

    /// <summary>The machine's own link came or went.</summary>
    [GenerateSerializer, Immutable, Alias("device.link-changed")]
    public sealed record LinkChanged([property: Id(0)] bool Online) : DeviceSignal;
}

/// <summary>What became of a command in the outbox.</summary>
public enum CommandOutcome
{
    /// <summary>The machine has it; the outbox lets go of it.</summary>
    Accepted,
    /// <summary>The machine refused it.</summary>
    Refused,
    /// <summary>Its deadline passed before the machine had it.</summary>
    Expired,
}

/// <summary>A device's signal, told to the stream that owns the device.</summary>
[GenerateSerializer, Immutable, Alias("device.signalled")]
public sealed record Signalled([property: Id(0)] DeviceId Device, [property: Id(1)] DeviceSignal Signal) : Command;

/// <summary>A command that a machine did not take, told to the stream that owns the device.</summary>
[GenerateSerializer, Immutable, Alias("device.not-taken")]
public sealed record NotTaken(
    [property: Id(0)] DeviceId Device, [property: Id(1)] MachineCommand Command,
    [property: Id(2)] CommandOutcome Outcome, [property: Id(3)] string Reason) : Command;
