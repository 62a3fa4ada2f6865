using System.Threading.Channels;
using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>
/// Sends every effect when it is due and brings its answer home, until the append that records the answer has deleted
/// the effect's row. It is the house's only alarm clock. At least once, in order per stream and target, one at a time
/// per such pair. It works on the partitions whose lease it holds; what it holds it has read from the store first, then
/// hears from the committer, and looks at the store from time to time for what other silos have committed.
/// </summary>
/// <remarks>
/// One loop owns all its data. Calls under way, timers and the committer only leave notes in its inbox, so the same
/// code runs on the thread pool and on a deterministic scheduler, and needs no lock.
/// </remarks>
public sealed class Dispatcher
{
    /// <summary>How often within a call's time-out the calls under way are looked at.</summary>
    private const int JudgingsPerTimeout = 8;

    private readonly IJournalStore store;
    private readonly IRouter router;
    private readonly JournalCodec codec;
    private readonly TimeProvider realClock;
    private readonly DispatcherOptions options;
    private readonly PartitionHold?[] holds = new PartitionHold?[Journal.Partition.Count];
    private readonly Channel<Note> inbox = Channel.CreateUnbounded<Note>(new() { SingleReader = true });
    private readonly Queue<Lane> ready = [];
    private readonly Alarm due;
    private readonly Alarm again;
    private ITimer? renewing;
    private ITimer? looking;
    private Task running = Task.CompletedTask;
    private readonly LinkedList<Delivery> underWay = [];
    private ITimer? judging;
    private bool isJudging;
    private bool stopping;

    /// <summary>A dispatcher; it works from <see cref="Start"/> to <see cref="Stop"/>.</summary>
    /// <param name="store">Where effects and leases are.</param>
    /// <param name="router">How commands reach streams.</param>
    /// <param name="codec">How effects are written.</param>
    /// <param name="warehouseClock">When effects are due.</param>
    /// <param name="realClock">Of leases, call time-outs and back-off.</param>
    /// <param name="options">Its bounds.</param>
    public Dispatcher(
        IJournalStore store, IRouter router, JournalCodec codec, TimeProvider warehouseClock, TimeProvider realClock,
        DispatcherOptions options)
    {
        this.store = store;
        this.router = router;
        this.codec = codec;
        this.realClock = realClock;
        this.options = options;
        due = new Alarm(warehouseClock, () => Leave(Note.LookAgain));
        again = new Alarm(realClock, () => Leave(Note.LookAgain));
    }

    /// <summary>How many effects it knows that are not settled.</summary>
    public int Open => holds.Sum(hold => hold?.Count ?? 0);

    /// <summary>How many partitions it holds.</summary>
    public int Partitions => holds.Count(hold => hold is not null);

    /// <summary>How many deliveries have ended well.</summary>
    public long Delivered { get; private set; }

    /// <summary>Appends have landed (subscribe this to <see cref="Committer.Committed"/>).</summary>
    public void Hear(IReadOnlyList<Append> landed) => Leave(new Note(NoteKind.Landed, landed));

    /// <summary>Begin, on the caller's scheduler.</summary>
    public void Start()
    {
        renewing = realClock.CreateTimer(_ => Leave(Note.Renew), null, options.RenewEvery, options.RenewEvery);
        judging = realClock.CreateTimer(_ => Leave(Note.Judge), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        looking = realClock.CreateTimer(_ => Leave(Note.Look), null, options.LookEvery, options.LookEvery);
        Leave(Note.Renew);
        running = Run();
    }

    /// <summary>
    /// Send nothing more and give the leases away. Calls under way are not waited for: whoever dispatches next sends
    /// them again, and their targets remember.
    /// </summary>
    public Task Stop()
    {
        Leave(Note.Stop);
        return running;
    }

    private Moment RealNow => again.Now;

    private void Leave(Note note) => inbox.Writer.TryWrite(note);

    private async Task Run()
    {
        while (!stopping && await inbox.Reader.WaitToReadAsync())
        {
            while (inbox.Reader.TryRead(out var note))
            {
                await Take(note);
            }

            if (!stopping)
            {
                SendWhatMayGo();
            }
        }

        inbox.Writer.TryComplete();
        due.Silence();
        again.Silence();
        await GiveLeasesAway();
    }

    private async Task Take(Note note)
    {
        try
        {
            switch (note.Kind)
            {
                case NoteKind.Landed:
                    await TakeLanded(note.Appends!);
                    break;
                case NoteKind.Ended:
                    TakeEnded(note.Delivery!, note.Failure);
                    break;
                case NoteKind.Renew:
                    await RenewLeases();
                    break;
                case NoteKind.Look:
                    await Look();
                    break;
                case NoteKind.Judge:
                    Judge();
                    break;
                case NoteKind.Stop:
                    stopping = true;
                    judging?.Dispose();
                    renewing?.Dispose();
                    looking?.Dispose();
                    break;
                case NoteKind.LookAgain:
                    break;
            }
        }
        catch (Exception failure)
        {
            // The store's: the next renewal or look tries again. Nothing else in here waits for anybody.
            options.StoreFailed?.Invoke(failure);
        }
    }

    private async Task TakeLanded(IReadOnlyList<Append> landed)
    {
        foreach (var append in landed)
        {
            if (holds[Journal.Partition.Of(append.Stream)] is not { } hold)
            {
                continue;
            }

            if (hold.Follows(append))
            {
                AddAll(hold, append.Effects);
            }
            else if (append.Effects.Length > 0)
            {
                await Read(hold, new EffectId(append.Stream, 0, int.MaxValue), row => row.Id.From == append.Stream);
            }
        }
    }

    private void TakeEnded(LinkedListNode<Delivery> delivery, Exception? failure)
    {
        var (lane, effect) = (delivery.Value.Lane, delivery.Value.Effect);
        underWay.Remove(delivery);
        lane.IsBusy = false;
        if (failure is null)
        {
            Delivered++;
            lane.Hold.Remove(lane, effect);
        }
        else
        {
            options.DeliveryFailed?.Invoke(effect.Row.Id, failure);
            var wait = options.BackOff.TotalMilliseconds * (1L << Math.Min(lane.Failures++, 20));
            lane.NotBefore = RealNow.Plus((long)Math.Min(wait, options.MaxBackOff.TotalMilliseconds));
        }

        Arrange(lane);
    }

    /// <summary>Keep what we hold, take what is free; what another host has taken meanwhile is dropped.</summary>
    private async Task RenewLeases()
    {
        for (var partition = 0; partition < holds.Length && !stopping; partition++)
        {
            var now = RealNow;
            var lease = await store.TakeLease(
                partition, options.Host, now, now.Plus((long)options.Lease.TotalMilliseconds));
            var hold = holds[partition];
            if (hold is not null && lease?.Epoch == hold.Lease.Epoch)
            {
                hold.Lease = lease;
                continue;
            }

            Drop(partition);
            if (lease is not null)
            {
                var taken = new PartitionHold(lease, options);
                await Read(taken, null, _ => true);
                holds[partition] = taken;
            }
        }
    }

    private void Drop(int partition)
    {
        if (holds[partition] is { } lost)
        {
            lost.IsLost = true;
            holds[partition] = null;
        }
    }

    private async Task Look()
    {
        foreach (var hold in holds)
        {
            if (hold is not null)
            {
                await Read(hold, null, _ => true);
            }
        }
    }

    private async Task Read(PartitionHold hold, EffectId? after, Func<EffectRow, bool> whileTrue)
    {
        IReadOnlyList<EffectRow> rows;
        do
        {
            rows = await store.ReadEffects(hold.Partition, after, options.ReadPage);
            AddAll(hold, rows.TakeWhile(whileTrue));
            after = rows.Count > 0 ? rows[^1].Id : after;
        }
        while (rows.Count == options.ReadPage && whileTrue(rows[^1]));
    }

    private void AddAll(PartitionHold hold, IEnumerable<EffectRow> rows)
    {
        foreach (var row in rows)
        {
            if (hold.Add(row, due.Now) is { } lane)
            {
                Arrange(lane);
            }
        }
    }

    /// <summary>Put a lane where it waits now: among those that may go, or under one of the alarms.</summary>
    private void Arrange(Lane lane)
    {
        if (lane.IsBusy || lane.IsEmpty || lane.Hold.IsLost)
        {
            return;
        }

        if (lane.NotBefore > RealNow)
        {
            again.Set(lane, lane.NotBefore);
        }
        else if (lane.Due > due.Now)
        {
            due.Set(lane, lane.Due);
        }
        else
        {
            lane.IsBusy = true;
            ready.Enqueue(lane);
        }
    }

    private void SendWhatMayGo()
    {
        while (due.TryTake(out var lane) || again.TryTake(out lane))
        {
            Arrange(lane);
        }

        while (underWay.Count < options.MaxInFlight && ready.TryDequeue(out var lane))
        {
            if (lane.Hold.IsLost)
            {
                continue;
            }

            if (lane.Hold.Lease.Until <= RealNow)
            {
                // The lease ran out unrenewed: another host may hold it. The next renewal tells.
                lane.IsBusy = false;
                again.Set(lane, RealNow.Plus((long)options.BackOff.TotalMilliseconds));
                continue;
            }

            // It never throws; its end is a note in the inbox.
            _ = Deliver(underWay.AddLast(new Delivery(lane, lane.Next, NextDeadline())));
        }

        if (!isJudging && underWay.Count > 0)
        {
            isJudging = true;
            judging?.Change(options.CallTimeout / JudgingsPerTimeout, Timeout.InfiniteTimeSpan);
        }

        due.Arm();
        again.Arm();
    }

    private async Task Deliver(LinkedListNode<Delivery> node)
    {
        Exception? failure = null;
        var (delivery, lane, effect) = (node.Value, node.Value.Lane, node.Value.Effect);
        try
        {
            var target = effect.Row.Target;
            var sent = Envelope.Of(effect.Row.Id, effect.Row.Command ?? codec.DecodeCommand(effect.Row.Body.Span));
            var answer = effect.Answer
                ?? (IsExpired(lane, effect)
                    ? Answer.No(RepeatRefusal.Expired, $"{target} could not be reached within {options.Retention}")
                    : await router.Send(target, sent));
            if (!delivery.IsOver && !lane.IsOwn)
            {
                effect.Answer = answer;
                delivery.Deadline = NextDeadline();
                await router.Send(lane.From, sent with { Body = new Answered(target, sent.Body, answer) });
            }
        }
        catch (Exception failed)
        {
            failure = failed;
        }

        End(node, failure);
    }

    private void End(LinkedListNode<Delivery> delivery, Exception? failure)
    {
        if (delivery.Value.TryEnd())
        {
            Leave(new Note(NoteKind.Ended, Delivery: delivery, Failure: failure));
        }
    }

    private Moment NextDeadline() => RealNow.Plus((long)options.CallTimeout.TotalMilliseconds);

    /// <summary>Calls that have taken too long count as failed. One timer for all of them; a little late is soon enough.</summary>
    private void Judge()
    {
        isJudging = false;
        for (var delivery = underWay.First; delivery is not null; delivery = delivery.Next)
        {
            if (delivery.Value.Deadline <= RealNow)
            {
                End(delivery, new TimeoutException($"{delivery.Value.Effect.Row.Target} did not answer within {options.CallTimeout}"));
            }
        }
    }

    /// <summary>A wake never expires: the stream itself remembers for good which of its own effects are open.</summary>
    private bool IsExpired(Lane lane, Outgoing effect) =>
        !lane.IsOwn && due.Now.Since(effect.ReadyAt) > (long)options.Retention.TotalMilliseconds;

    private async Task GiveLeasesAway()
    {
        for (var partition = 0; partition < holds.Length; partition++)
        {
            if (holds[partition] is null)
            {
                continue;
            }

            try
            {
                await store.TakeLease(partition, options.Host, RealNow, RealNow);
            }
            catch (Exception failure)
            {
                options.StoreFailed?.Invoke(failure); // it runs out by itself
            }

            Drop(partition);
        }
    }

    private enum NoteKind
    {
        Landed,
        Ended,
        Renew,
        Look,
        LookAgain,
        Judge,
        Stop,
    }

    private sealed record Note(
        NoteKind Kind, IReadOnlyList<Append>? Appends = null, LinkedListNode<Delivery>? Delivery = null,
        Exception? Failure = null)
    {
        public static Note Renew { get; } = new(NoteKind.Renew);

        public static Note Look { get; } = new(NoteKind.Look);

        public static Note Judge { get; } = new(NoteKind.Judge);

        public static Note LookAgain { get; } = new(NoteKind.LookAgain);

        public static Note Stop { get; } = new(NoteKind.Stop);
    }
}
