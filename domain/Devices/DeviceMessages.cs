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

    /// <summary>True when it goes to the machine at once, beside a command that it is still at: a pause must not wait for the end of a drive.</summary>
    public virtual bool Overtakes => false;

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

    /// <summary>
    /// Follow a way node by node. The first <paramref name="Released"/> nodes of the whole way are the base, which the
    /// vehicle may drive; the rest is horizon, which may still lead elsewhere (VDA 5050 2.1.0, 6.6.1). It waits in the
    /// outbox until the way is done; what is released later comes as the same mission's next update, which begins with
    /// the last node of the base before it, unchanged, and is joined to it by <see cref="Join"/>.
    /// </summary>
    /// <param name="Mission">Whose way it is.</param>
    /// <param name="Lpn">The tote it is about; null when the vehicle only drives.</param>
    /// <param name="Update">Counts the updates of the mission from 0, the way as it was first given.</param>
    /// <param name="Start">Place of the first node given here in the whole way, from 0.</param>
    /// <param name="Way">The nodes from <paramref name="Start"/> on. One after another on the same node is a second act there.</param>
    /// <param name="Released">How many nodes of the whole way are released, from its first.</param>
    /// <param name="Ends">True when the mission is done at the last node; false when more will follow.</param>
    [GenerateSerializer, Immutable, Alias("device.follow")]
    public sealed record Follow(
        [property: Id(0)] MissionId Mission, [property: Id(1)] Lpn? Lpn, [property: Id(2)] int Update,
        [property: Id(3)] int Start, [property: Id(4)] ImmutableArray<WayPoint> Way, [property: Id(5)] int Released,
        [property: Id(6)] bool Ends) : MachineCommand
    {
        /// <summary>Most nodes of one mission's way.</summary>
        public const int WayLimit = 2_000;

        /// <inheritdoc/>
        public override string Id => Mission.Text;

        /// <summary>The next update of this way.</summary>
        /// <param name="on">What follows the last released node from now on.</param>
        /// <param name="released">How many nodes of the whole way are released then.</param>
        /// <param name="ends">Whether the mission is done at the last of them.</param>
        public Follow Next(ImmutableArray<WayPoint> on, int released, bool ends) =>
            new(Mission, Lpn, Update + 1, Released - 1, [Way[Released - 1 - Start], .. on], released, ends);

        /// <summary>The whole way after an update. Throws when <see cref="Breach"/> names a rule that the update breaks.</summary>
        public Follow Join(Follow update)
        {
            ArgumentNullException.ThrowIfNull(update);
            return Breach(update) is { } breach
                ? throw new ArgumentException(breach, nameof(update))
                : update with { Start = Start, Way = [.. Way[..(update.Start - Start)], .. update.Way] };
        }

        /// <summary>Which rule an update breaks; null when it continues this way.</summary>
        public string? Breach(Follow update)
        {
            ArgumentNullException.ThrowIfNull(update);
            return update.Mission != Mission ? $"{update.Mission} is not {Mission}"
                : update.Update != Update + 1 ? $"after update {Update} of {Mission} comes {Update + 1}, not {update.Update}"
                : update.Start != Released - 1 ? $"update {update.Update} of {Mission} begins at node {update.Start}, and the base ends at {Released - 1}"
                : update.Way.IsDefaultOrEmpty || update.Way[0] != Way[Released - 1 - Start] ? $"update {update.Update} of {Mission} changes the last node of its base"
                : update.Lpn != Lpn ? $"update {update.Update} of {Mission} is about another tote"
                : update.Released < Released ? $"update {update.Update} of {Mission} takes back what is released"
                : update.Malformed;
        }

        /// <summary>What is wrong with it by itself; null when nothing is.</summary>
        public string? Malformed =>
            Way.IsDefaultOrEmpty || Start < 0 || Update < 0 ? $"{Mission} leads nowhere"
            : Start + Way.Length > WayLimit ? $"{Mission} has {Start + Way.Length} nodes, and {WayLimit} are the most"
            : Released < 1 || Released < Start + 1 || Released > Start + Way.Length ? $"{Mission} releases {Released} nodes of {Start + Way.Length}"
            : Way.Any(point => point.Action != LegAction.Stand && point.Place is null) ? $"{Mission} acts where it names no place"
            : Way.Any(point => point.Action != LegAction.Stand && Lpn is null) ? $"{Mission} picks or drops and names no tote"
            : null;
    }

    /// <summary>
    /// Do something at once, whatever else it is at: an instant action of VDA 5050 (2.1.0, 6.8), for example
    /// <c>startPause</c>, <c>stopPause</c>, <c>startCharging</c>, <c>initPosition</c>, <c>retry</c>. Its id is the action's.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("device.instruct")]
    public sealed record Instruct(
        [property: Id(0)] string ActionId, [property: Id(1)] string ActionType,
        [property: Id(2)] ImmutableArray<ActionParameter> Parameters) : MachineCommand
    {
        /// <inheritdoc/>
        public override string Id => ActionId;

        /// <inheritdoc/>
        public override bool Overtakes => true;
    }

    /// <summary>Answer what a vehicle asked for: access to a zone, another way, a corridor (VDA 5050 3.0.0, topic responses).</summary>
    [GenerateSerializer, Immutable, Alias("device.answer-request")]
    public sealed record AnswerRequest(
        [property: Id(0)] string RequestId, [property: Id(1)] GrantType Grant, [property: Id(2)] Moment? LeaseExpiry) : MachineCommand
    {
        /// <inheritdoc/>
        public override string Id => $"{RequestId}/{Grant}/{LeaseExpiry}";

        /// <inheritdoc/>
        public override bool Overtakes => true;
    }

    /// <summary>Give a vehicle the zones of its map (VDA 5050 3.0.0, topic zoneSet).</summary>
    [GenerateSerializer, Immutable, Alias("device.give-zones")]
    public sealed record GiveZones([property: Id(0)] ZoneSet Zones) : MachineCommand
    {
        /// <inheritdoc/>
        public override string Id => $"zones/{Zones.ZoneSetId}";

        /// <inheritdoc/>
        public override bool Overtakes => true;
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

    /// <summary>How far a vehicle is on a <see cref="MachineCommand.Follow"/>: nodes of its way that it has reached, and acts that it has finished, both from the first.</summary>
    [GenerateSerializer, Immutable, Alias("device.way-passed")]
    public sealed record WayPassed(
        [property: Id(0)] MissionId Mission, [property: Id(1)] int Nodes, [property: Id(2)] int Acts) : DeviceSignal;

    /// <summary>A cancelled drive has ended: the vehicle stands and has no order. It had come as far as this.</summary>
    [GenerateSerializer, Immutable, Alias("device.drive-cancelled")]
    public sealed record DriveCancelled(
        [property: Id(0)] MissionId Mission, [property: Id(1)] int Nodes, [property: Id(2)] int Acts) : DeviceSignal;

    /// <summary>A vehicle comes near the end of its base and asks for more of its way (newBaseRequest).</summary>
    [GenerateSerializer, Immutable, Alias("device.base-requested")]
    public sealed record BaseRequested([property: Id(0)] MissionId Mission, [property: Id(1)] int Released) : DeviceSignal;

    /// <summary>An act of a mission failed and waits (RETRIABLE): it is tried again by <c>retry</c> or given up by <c>skipRetry</c>, each with this action id.</summary>
    [GenerateSerializer, Immutable, Alias("device.act-retriable")]
    public sealed record ActRetriable(
        [property: Id(0)] MissionId Mission, [property: Id(1)] string ActionId, [property: Id(2)] string Reason) : DeviceSignal;

    /// <summary>Who drives the vehicle, whether it is held, and how bad its worst error is.</summary>
    [GenerateSerializer, Immutable, Alias("device.condition-changed")]
    public sealed record ConditionChanged([property: Id(0)] VehicleCondition Condition) : DeviceSignal;

    /// <summary>A vehicle asks for access to a zone, for another way, or for a corridor; it waits for the answer.</summary>
    [GenerateSerializer, Immutable, Alias("device.requested")]
    public sealed record Requested([property: Id(0)] VehicleRequest Request) : DeviceSignal;

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
