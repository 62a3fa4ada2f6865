using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>
/// One noun's life: receive, decide, append, evolve, answer. It holds two states. <see cref="Durable"/> is what the
/// journal holds; the pending state runs ahead of it by the appends that are not yet durable. Commands are decided on
/// the pending state as they arrive; one append is under way at a time, and what arrives meanwhile becomes the next
/// one, so a thousand callers cost a handful of commits. Every answer leaves after the commit of the state it was
/// decided on, refusals and repeats too: nobody ever hears of what a power cut could still undo.
/// </summary>
/// <remarks>
/// An append lands only if its version is free. When it is not (the stream is active twice), or when nobody knows
/// whether it landed, the stream reads the journal up to its end and decides all waiting commands again in order of
/// arrival; what did land is then found in the ledger and answered from there. It needs no scheduler of its own: it
/// runs where it is called, and its short turns lock only against callers on other threads. A throw in evolving or
/// checking, or a store that cannot be read back, stops it for good: activate it again.
/// </remarks>
public sealed class EventStream
{
    private readonly Lock gate = new();
    private readonly StreamPorts ports;
    private readonly Noun noun;
    private readonly Ledger ledger;
    private readonly StreamSnapshots snapshots;
    private readonly Dictionary<CommandName, WaitingCommand> waiting = [];
    private readonly List<WaitingCommand> undecided = [];
    private object durable;
    private object pending;
    private readonly Func<Append> seal;
    private readonly Func<AppendWeight> weigh;
    private PendingAppend? next;
    private PendingAppend? handedIn;
    private Task driving = Task.CompletedTask;
    private Exception? stopped;
    private bool readingBack;

    private EventStream(StreamId id, StreamPorts ports)
    {
        Id = id;
        this.ports = ports;
        noun = ports.Nouns.Of(id);
        ledger = new Ledger(id, ports.Options);
        snapshots = new StreamSnapshots(id, noun, ports);
        (seal, weigh) = (Seal, () => Volatile.Read(ref next)?.Weight ?? default);
        durable = pending = noun.Initial;
    }

    /// <summary>Which.</summary>
    public StreamId Id { get; }

    /// <summary>How many appends the durable state holds.</summary>
    public long Version { get; private set; }

    /// <summary>The state after the last landed append: what queries, snapshots and effects may see.</summary>
    public object Durable => Volatile.Read(ref durable);

    /// <summary>Why the stream stopped; null while it runs.</summary>
    public Exception? Fault => Volatile.Read(ref stopped);

    /// <summary>The stream as the journal has it: from its snapshot if that is good, and the rows behind it.</summary>
    public static async Task<EventStream> Activate(StreamId id, StreamPorts ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        var stream = new EventStream(id, ports);
        if (await stream.snapshots.Read() is { } image)
        {
            stream.ledger.Restore(image.Ledger);
            stream.durable = image.State;
            stream.Version = image.Version;
        }

        await stream.ReadTail();
        stream.pending = stream.durable;
        return stream;
    }

    /// <summary>
    /// Decide a command; the answer comes when it is durable. The same id again gives the first answer; the same id
    /// with another body is refused. Throws <see cref="StreamFaultedException"/>, <see cref="StreamClosedException"/> or
    /// <see cref="StreamBusyException"/>, and whatever the decider throws on a command it does not know.
    /// </summary>
    public Task<Answer> Execute(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var hash = envelope.Effect is null ? ports.Codec.HashOf(envelope.Body) : 0;
        lock (gate)
        {
            if (stopped is not null)
            {
                throw stopped;
            }

            if (waiting.TryGetValue(CommandName.Of(envelope), out var first))
            {
                return first.Hash == hash ? first.Caller.Task : Task.FromResult(Ledger.RefuseAnotherBody());
            }

            if (waiting.Count >= ports.Options.MaxWaiting)
            {
                throw new StreamBusyException(Id, waiting.Count);
            }

            var command = new WaitingCommand(envelope, hash);
            waiting.Add(command.Name, command);
            if (readingBack)
            {
                undecided.Add(command);
            }
            else
            {
                Take(command);
                StartDriving();
            }

            return command.Caller.Task;
        }
    }

    /// <summary>Let the last appends land and keep a snapshot. Afterwards the stream takes no commands.</summary>
    public async Task Deactivate()
    {
        Task last;
        lock (gate)
        {
            stopped ??= new StreamClosedException(Id);
            last = driving;
        }

        await last;
        if (stopped is StreamClosedException)
        {
            lock (gate)
            {
                snapshots.Keep(Version, durable, ledger, Now());
            }
        }

        await snapshots.Written;
    }

    private Moment Now() => Moment.Of(ports.Clock.GetUtcNow());

    /// <summary>Answer from memory what is a repeat; decide what is new on the pending state.</summary>
    private void Take(WaitingCommand command)
    {
        if (ledger.Recall(command.Envelope, command.Hash, Version) is { } known)
        {
            waiting.Remove(command.Name);
            command.Caller.SetResult(known);
            return;
        }

        var now = Now();
        Decision decision;
        try
        {
            decision = noun.Decide(pending, command.Envelope.Body, now);
        }
        catch (Exception unknown)
        {
            // Nothing has happened and nothing is damaged: the caller learns that this noun cannot take this command.
            waiting.Remove(command.Name);
            command.Caller.SetException(unknown);
            return;
        }

        try
        {
            Record(command, decision, now);
        }
        catch (Exception broken)
        {
            Stop(broken);
        }
    }

    private void Record(WaitingCommand command, Decision decision, Moment now)
    {
        next ??= new PendingAppend(Id, ports.Codec) { State = pending };
        next.Add(command, decision, now);
        foreach (var happened in decision.Events)
        {
            pending = noun.Evolve(pending, happened);
            noun.Check(pending);
            next.Add(happened, noun.React(pending, happened));
        }

        next.State = pending;
    }

    private void StartDriving()
    {
        if (next is not null && driving.IsCompleted)
        {
            driving = Drive();
        }
    }

    /// <summary>Commit what has been decided, one append after another, until nothing waits.</summary>
    private async Task Drive()
    {
        var failures = 0;
        while (true)
        {
            lock (gate)
            {
                while (next is { NeedsRow: false })
                {
                    next.Abandon();
                    Finish(next);
                    next = null;
                }

                if (next is null || stopped is StreamFaultedException)
                {
                    driving = Task.CompletedTask;
                    return;
                }

                handedIn = null;
            }

            Exception? failure = null;
            var outcome = AppendOutcome.Conflict;
            try
            {
                outcome = await ports.Committer.Commit(seal, weigh);
            }
            catch (Exception unknown)
            {
                failure = unknown;
            }

            failures = failure is null ? 0 : failures + 1;
            if (outcome == AppendOutcome.Landed)
            {
                Land(handedIn!);
            }
            else if (failures >= ports.Options.MaxFailures)
            {
                GiveUp(failure!);
            }
            else
            {
                await DecideAgain(handedIn);
            }
        }
    }

    /// <summary>The committer cuts its batch: what has been decided until now becomes the row, what comes later the next one.</summary>
    private Append Seal()
    {
        lock (gate)
        {
            handedIn = next ?? throw stopped ?? new InvalidOperationException($"{Id} has nothing to write");
            next = null;
            return handedIn.Seal(Version + 1);
        }
    }

    private void Land(PendingAppend append)
    {
        lock (gate)
        {
            Volatile.Write(ref durable, append.State);
            Version++;
            ledger.Apply(Version, append.Content);
            Finish(append);
            snapshots.Grow(append.Bytes);
            snapshots.KeepIfDue(Version, durable, ledger, Now());
        }
    }

    private void Finish(PendingAppend append)
    {
        foreach (var command in append.Commands)
        {
            waiting.Remove(command.Name);
        }

        append.Answer();
    }

    /// <summary>Somebody else's append stands there, or nobody knows: read the journal to its end and decide anew.</summary>
    private async Task DecideAgain(PendingAppend? lost)
    {
        var again = new List<WaitingCommand>(lost?.Commands ?? []);
        lock (gate)
        {
            readingBack = true;
            again.AddRange(next?.Commands ?? []);
            next?.Abandon();
            next = null;
        }

        Exception? broken = null;
        try
        {
            await ReadTail();
        }
        catch (Exception unreadable)
        {
            broken = unreadable;
        }

        lock (gate)
        {
            readingBack = false;
            pending = durable;
            again.AddRange(undecided);
            undecided.Clear();
            if (broken is not null)
            {
                Stop(broken);
            }

            foreach (var command in again)
            {
                if (stopped is StreamFaultedException)
                {
                    break;
                }

                Take(command);
            }
        }
    }

    private async Task ReadTail()
    {
        IReadOnlyList<JournalRow> rows;
        do
        {
            rows = await ports.Store.ReadStream(Id, Version, ports.Options.ReadPage);
            lock (gate)
            {
                foreach (var row in rows)
                {
                    Apply(row);
                }
            }
        }
        while (rows.Count == ports.Options.ReadPage);
    }

    private void Apply(JournalRow row)
    {
        if (row.Version != Version + 1)
        {
            throw new JournalGapException(Id, Version + 1, row.Version);
        }

        var append = ports.Codec.Decode(row.Body.Span);
        var state = durable;
        foreach (var happened in append.Events)
        {
            state = noun.Evolve(state, happened);
            noun.Check(state);
        }

        Volatile.Write(ref durable, state);
        Version = row.Version;
        ledger.Apply(row.Version, append);
        snapshots.Grow(row.Body.Length);
    }

    private void GiveUp(Exception failure)
    {
        lock (gate)
        {
            Stop(failure);
        }
    }

    /// <summary>Every waiting caller hears why; nobody is served until the stream is activated again.</summary>
    private void Stop(Exception cause)
    {
        var fault = new StreamFaultedException(Id, cause);
        Volatile.Write(ref stopped, fault);
        foreach (var command in waiting.Values)
        {
            command.Caller.TrySetException(fault);
        }

        waiting.Clear();
        next = null;
    }
}
