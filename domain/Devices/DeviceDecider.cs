using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Devices;

/// <summary>
/// A device's outbox and ear. The owner puts commands in; one session host at a time, by a lease with a rising epoch,
/// sends them in order and reports together what became of them and what the machine says. Each fact goes to the owner
/// once; a command that the machine did not take goes back to the owner, who decides whether to try again.
/// </summary>
public static class DeviceDecider
{
    /// <summary>How many commands may wait. A machine needs two or three; more means that it does not keep up.</summary>
    public const int OutboxLimit = 256;

    /// <summary>How many differences may wait for answers.</summary>
    public const int DifferenceLimit = 32;

    /// <summary>The noun.</summary>
    public static Decider<DeviceState> Decider { get; } =
        new("device", 2, DeviceState.Initial, Decide, Evolve, React, Check);

    private static Decision Decide(DeviceState device, Command command, Moment at) => (command, device) switch
    {
        (Answered, _) => Decision.Nothing,
        (DeviceCommand.Register register, { Device: null }) =>
            Decision.Accept(new DeviceEvent.Registered(register.Device, register.Kind, register.Owner)),
        (DeviceCommand, { Device: null }) => Decision.Refuse(DeviceRefusal.Unknown, "no such device is registered"),
        (DeviceCommand.Register register, _) => RegisterAgain(device, register),
        (DeviceCommand.TakeLease take, _) => TakeLease(device, take),
        (DeviceCommand.Enqueue enqueue, _) => Enqueue(device, enqueue),
        (DeviceCommand.Cancel cancel, _) => Cancel(device, cancel),
        (DeviceCommand.Report report, _) => Report(device, report),
        (DeviceCommand.SetMode set, _) => SetMode(device, set),
        (DeviceCommand.FoundDifference found, _) => FoundDifference(device, found),
        (DeviceCommand.Settle settle, _) => Settle(device, settle),
        _ => throw new UnreachableCommandException("device", command),
    };

    /// <summary>A machine of another make may take a device's place; the device stays its owner's.</summary>
    private static Decision RegisterAgain(DeviceState device, DeviceCommand.Register register) =>
        (device.Device, device.Owner) != (register.Device, register.Owner)
            ? Decision.Refuse(
                DeviceRefusal.AnotherDevice, $"{device.Device} is a {device.Kind} of {device.Owner} already")
        : device.Kind == register.Kind
            ? Decision.Nothing
            : Decision.Accept(new DeviceEvent.Registered(register.Device, register.Kind, register.Owner));

    private static Decision TakeLease(DeviceState device, DeviceCommand.TakeLease take)
    {
        var running = device.Host is not null && take.Now < device.LeasedUntil;
        if (running && device.Host != take.Host)
        {
            return Decision.Refuse(
                DeviceRefusal.Leased, $"{device.Host} holds {device.Device} until {device.LeasedUntil}");
        }

        if (running && take.Until <= device.LeasedUntil)
        {
            return Decision.Accept(device.ToLease());
        }

        var leased = new DeviceEvent.Leased(take.Host, running ? device.Epoch : device.Epoch + 1, take.Until);
        return Decision.Accept(Evolve(device, leased).ToLease(), leased);
    }

    /// <summary>A command that still waits is not put in twice: its owner repeats itself when in doubt.</summary>
    private static Decision Enqueue(DeviceState device, DeviceCommand.Enqueue enqueue)
    {
        var waiting = device.Outbox.FirstOrDefault(entry => entry.Command.Id == enqueue.Command.Id);
        return (enqueue.Command, waiting) switch
        {
            (MachineCommand.Follow { Malformed: { } malformed }, _) => Decision.Refuse(DeviceRefusal.NotAWay, malformed),
            (MachineCommand.Follow { Update: > 0 } update, _) => Revise(waiting, update, enqueue.Deadline),
            (_, not null) => Decision.Nothing,
            _ when device.Outbox.Length >= OutboxLimit => Decision.Refuse(
                DeviceRefusal.OutboxFull, $"{OutboxLimit} commands wait for {device.Device} already"),
            _ => Decision.Accept(new DeviceEvent.Enqueued(
                new(device.LastSequence + 1, enqueue.Command, enqueue.Deadline))),
        };
    }

    private static Decision Revise(OutboxEntry? waiting, MachineCommand.Follow update, Moment deadline) => waiting switch
    {
        { Command: MachineCommand.Follow follow } when update.Update <= follow.Update => Decision.Nothing,
        { Cancel: { } why } => Decision.Refuse(DeviceRefusal.BeingCancelled, $"{update.Mission} is being cancelled: {why}"),
        { Command: MachineCommand.Follow follow } when follow.Breach(update) is { } breach =>
            Decision.Refuse(DeviceRefusal.DoesNotContinue, breach),
        { Command: MachineCommand.Follow } => Decision.Accept(new DeviceEvent.Revised(waiting.Sequence, update, deadline)),
        _ => Decision.Refuse(DeviceRefusal.DoesNotContinue, $"no way of {update.Mission} waits that this could continue"),
    };

    private static Decision Cancel(DeviceState device, DeviceCommand.Cancel cancel) =>
        device.Outbox.FirstOrDefault(entry => entry.Command.Id == cancel.CommandId) switch
        {
            null => Decision.Refuse(DeviceRefusal.NothingToCancel, $"no command {cancel.CommandId} waits for {device.Device}"),
            { Cancel: not null } => Decision.Nothing,
            var waiting => Decision.Accept(new DeviceEvent.CancelAsked(waiting.Sequence, cancel.Why)),
        };

    private static Decision Report(DeviceState device, DeviceCommand.Report report)
    {
        if (OfOldEpoch(device, report.Epoch) is { } refusal)
        {
            return refusal;
        }

        var events = ImmutableArray.CreateBuilder<Event>();
        void Happen(DeviceEvent happened)
        {
            events.Add(happened);
            device = Evolve(device, happened);
        }

        foreach (var outcome in report.Outcomes)
        {
            if (device.Outbox.Any(entry => entry.Sequence == outcome.Sequence))
            {
                Happen(new DeviceEvent.Ended(outcome));
            }
        }

        foreach (var signal in report.Signals)
        {
            if (HeardSignals.IsNews(device, signal))
            {
                Happen(new DeviceEvent.Said(signal));
            }
        }

        return Decision.Accept(events.ToImmutable());
    }

    private static Decision SetMode(DeviceState device, DeviceCommand.SetMode set) =>
        set.Mode == DeviceMode.Automatic && device.Differences.Length > 0
            ? Decision.Refuse(
                DeviceRefusal.DifferenceOpen, $"first answer: {device.Differences[0].What}")
            : set.Mode == device.Mode && !device.Suspended
                ? Decision.Nothing
                : Decision.Accept(new DeviceEvent.ModeChanged(set.Mode, set.Who, set.Why));

    private static Decision FoundDifference(DeviceState device, DeviceCommand.FoundDifference found) =>
        OfOldEpoch(device, found.Epoch) is { } refusal ? refusal
        : device.Differences.Any(one => one.Id == found.Difference.Id) || device.Differences.Length >= DifferenceLimit
            ? Decision.Nothing
            : Decision.Accept(new DeviceEvent.Differed(found.Difference));

    private static Decision Settle(DeviceState device, DeviceCommand.Settle settle)
    {
        var difference = device.Differences.FirstOrDefault(one => one.Id == settle.DifferenceId);
        return difference is not null && difference.Answers.Contains(settle.Answer, StringComparer.Ordinal)
            ? Decision.Accept(new DeviceEvent.Settled(settle.DifferenceId, settle.Answer, settle.Who))
            : Decision.Refuse(
                DeviceRefusal.NoSuchDifference,
                difference is null
                    ? $"no difference {settle.DifferenceId} is open"
                    : $"the answers to {difference.Id} are: {string.Join(", ", difference.Answers)}");
    }

    private static Decision? OfOldEpoch(DeviceState device, long epoch) =>
        epoch == device.Epoch
            ? null
            : Decision.Refuse(DeviceRefusal.OldEpoch, $"epoch {epoch} is over; {device.Host} has {device.Epoch}");

    private static DeviceState Evolve(DeviceState device, Event happened) => happened switch
    {
        DeviceEvent.Registered it => device with { Device = it.Device, Kind = it.Kind, Owner = it.Owner },
        DeviceEvent.Leased it => device with { Host = it.Host, Epoch = it.Epoch, LeasedUntil = it.Until },
        DeviceEvent.Enqueued it => device with
        {
            LastSequence = it.Entry.Sequence,
            Outbox = device.Outbox.Add(it.Entry),
        },
        DeviceEvent.Revised it => Changed(device, it.Sequence, entry => entry with
        {
            Command = ((MachineCommand.Follow)entry.Command).Join((MachineCommand.Follow)it.Update),
            Deadline = it.Deadline,
        }),
        DeviceEvent.CancelAsked it => Changed(device, it.Sequence, entry => entry with { Cancel = it.Why }),
        DeviceEvent.Ended it => device with
        {
            LastEnded = device.Outbox.Single(entry => entry.Sequence == it.Outcome.Sequence),
            Outbox = device.Outbox.RemoveAll(entry => entry.Sequence == it.Outcome.Sequence),
        },
        DeviceEvent.Said it => HeardSignals.Hear(device, it.Signal) with { Outbox = HeardSignals.Progress(device.Outbox, it.Signal) },
        DeviceEvent.ModeChanged it => device with { Mode = it.Mode, Suspended = false },
        DeviceEvent.Differed it => device with
        {
            Differences = device.Differences.Add(it.Difference),
            Suspended = device.Suspended || device.Mode == DeviceMode.Automatic,
            Mode = DeviceMode.Observe,
        },
        DeviceEvent.Settled it => Resumed(device with { Differences = device.Differences.RemoveAll(one => one.Id == it.DifferenceId) }),
        _ => throw new UnknownEventException("device", happened),
    };

    private static DeviceState Changed(DeviceState device, long sequence, Func<OutboxEntry, OutboxEntry> change) => device with
    {
        Outbox = [.. device.Outbox.Select(entry => entry.Sequence == sequence ? change(entry) : entry)],
    };

    private static DeviceState Resumed(DeviceState device) =>
        device.Suspended && device.Differences.IsEmpty
            ? device with { Suspended = false, Mode = DeviceMode.Automatic }
            : device;

    private static IEnumerable<Effect> React(DeviceState device, Event happened) => (happened, device) switch
    {
        (DeviceEvent.Said said, { Device: { } id, Owner: { } owner }) =>
            [Effect.Tell(owner, new Signalled(id, said.Signal))],
        (DeviceEvent.Ended { Outcome: { Outcome: not CommandOutcome.Accepted } outcome },
            { Device: { } id, Owner: { } owner, LastEnded: { } entry }) =>
            [Effect.Tell(owner, new NotTaken(id, entry.Command, outcome.Outcome, outcome.Reason))],
        _ => [],
    };

    private static void Check(DeviceState device)
    {
        var key = device.Device?.Text ?? "";
        if (device.Outbox.Length > OutboxLimit)
        {
            throw new BrokenInvariantException("device", key, $"{device.Outbox.Length} commands wait");
        }

        for (var i = 1; i < device.Outbox.Length; i++)
        {
            if (device.Outbox[i].Sequence <= device.Outbox[i - 1].Sequence)
            {
                throw new BrokenInvariantException("device", key, $"command {device.Outbox[i].Sequence} is out of order");
            }
        }

        if (device.Mode == DeviceMode.Automatic && device.Differences.Length > 0)
        {
            throw new BrokenInvariantException("device", key, "it is commanded although a difference is open");
        }
    }
}
