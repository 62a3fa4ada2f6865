using System.Collections.Immutable;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>
/// One device's talk with its machine: what an adapter adds to its pure mapping. The host owns lease, outbox and
/// reports; a session only speaks and listens. Its life: Attach, then for each lease and each time the machine's link
/// came back ReadBack, and while the lease lasts Send, one at a time and in order, beside it, one at a time, what
/// overtakes; at last Detach.
/// </summary>
public interface IDeviceSession
{
    /// <summary>The device.</summary>
    DeviceId Device { get; }

    /// <summary>Begins to listen. Facts go to <paramref name="facts"/> from now on. Called once, before links start.</summary>
    Task Attach(IFactSink facts);

    /// <summary>
    /// Reads the machine and gives what differs from what we may expect. Whatever the machine did meanwhile is
    /// reported as facts. Throws when the machine cannot be read; it is tried again.
    /// </summary>
    Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation);

    /// <summary>True when the machine is known to have the command already: it is then followed to its end, whatever its deadline says.</summary>
    bool Has(MachineCommand command);

    /// <summary>
    /// Brings a command to the machine and ends when its fate is known: repeats as its protocol asks, but asks the
    /// permit before each send, and never sends without.
    /// </summary>
    Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationToken cancellation);

    /// <summary>The device was removed or its host stops: no fact is taken any more. A session with timers of its own ends them.</summary>
    void Detach()
    {
    }

    /// <summary>
    /// The command under way has changed in the outbox: more of its way is released, or it is to be cancelled. Only
    /// notes it and returns; a session whose commands cannot change leaves it out.
    /// </summary>
    void Revise(OutboxEntry entry)
    {
    }
}

/// <summary>Where sessions bring facts.</summary>
public interface IFactSink
{
    /// <summary>
    /// Ends with true when the device's stream has the fact durable, with false when it will never take it (another host
    /// holds the device, or this one stops). Retries in between are the sink's business.
    /// </summary>
    /// <param name="signal">The fact.</param>
    /// <param name="of">
    /// The command whose end the fact is. It is then reported together with that command's outcome or later, so that a
    /// durable fact means that the outbox has let go of the command, and the machine may forget it.
    /// </param>
    Task<bool> Report(DeviceSignal signal, string? of = null);

    /// <summary>The machine's own link came back: what it holds has to be read before anything is sent.</summary>
    void LinkCameBack();
}

/// <summary>What became of a send.</summary>
/// <param name="Outcome">Null: nothing is known or was sent (the permit closed); the command stays in the outbox.</param>
/// <param name="Reason">For a refusal: why.</param>
public sealed record SendResult(CommandOutcome? Outcome, string Reason = "")
{
    /// <summary>The machine has it.</summary>
    public static SendResult Accepted { get; } = new(CommandOutcome.Accepted);

    /// <summary>Its deadline passed.</summary>
    public static SendResult Expired { get; } = new(CommandOutcome.Expired, "the machine did not confirm it before its deadline");

    /// <summary>The permit closed first.</summary>
    public static SendResult Withheld { get; } = new(Outcome: null);

    /// <summary>The machine said no.</summary>
    public static SendResult Refused(string reason) => new(CommandOutcome.Refused, reason);
}
