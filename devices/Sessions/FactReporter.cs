using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>
/// Brings facts and outcomes to the desk, everything that has gathered in one report, one report in flight. A report
/// that was not answered is sent again under its id until it is; one of a past epoch gives its facts back to the queue.
/// </summary>
internal sealed class FactReporter(
    DeviceId device, IDeviceDesk desk, LeaseKeeper keeper, SessionHostOptions options, TimeProvider real, Random chance,
    CancellationToken stopping)
{
    private readonly record struct Fact(DeviceSignal Signal, string? Of, TaskCompletionSource<bool> Taken);

    private readonly Lock _gate = new();
    private readonly Bell _bell = new();
    private readonly List<Fact> _facts = [];
    private readonly List<(long Epoch, OutboxOutcome Outcome)> _outcomes = [];
    private readonly long _began = real.GetUtcNow().ToUnixTimeMilliseconds();
    private long _reports;
    private int _refusals;
    private readonly SortedSet<(long Epoch, long Sequence)> _landed = [];

    /// <summary>How many facts were turned away because too many waited.</summary>
    public long TurnedAway { get; private set; }

    /// <summary>How many facts wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _facts.Count;
            }
        }
    }

    /// <summary>Queues a fact; see <see cref="IFactSink.Report"/>.</summary>
    public Task<bool> Report(DeviceSignal signal, string? of)
    {
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (stopping.IsCancellationRequested || _facts.Count >= options.QueueSize)
            {
                TurnedAway++;
                return Task.FromResult(false);
            }

            _facts.Add(new Fact(signal, of, taken));
        }

        _bell.Ring();
        return taken.Task;
    }

    /// <summary>Queues what became of a command of an epoch.</summary>
    public void Outcome(long epoch, OutboxOutcome outcome)
    {
        lock (_gate)
        {
            _outcomes.Add((epoch, outcome));
        }

        _bell.Ring();
    }

    /// <summary>The lease changed or the host stops: there may be somebody to report to, or nobody any more.</summary>
    public void Wake() => _bell.Ring();

    /// <summary>The loop; ends after a wake once stopping. What then waits is not taken.</summary>
    public async Task Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            await _bell.Wait();
            while (!stopping.IsCancellationRequested && keeper.Current is { } holding && await ReportOnce(holding))
            {
            }

            if (keeper.IsElsewhere && keeper.Current is null)
            {
                TurnAwayAll();
            }
        }

        TurnAwayAll();
    }

    /// <summary>Reports what has gathered; false when there was nothing or the epoch is over.</summary>
    private async Task<bool> ReportOnce(Holding holding)
    {
        var epoch = holding.Epoch;
        ImmutableArray<Fact> facts;
        ImmutableArray<OutboxOutcome> outcomes;
        lock (_gate)
        {
            _outcomes.RemoveAll(outcome => outcome.Epoch != epoch);
            outcomes = [.. _outcomes.Take(options.ReportSize).Select(outcome => outcome.Outcome)];
            facts = [.. _facts.Where(fact => !Waits(fact, holding, outcomes)).Take(options.ReportSize - outcomes.Length)];
        }

        if (facts.IsEmpty && outcomes.IsEmpty)
        {
            return false;
        }

        var report = new DeviceCommand.Report(epoch, outcomes, [.. facts.Select(fact => fact.Signal)]);
        var answer = await UntilAnswered($"{device}/{epoch}/{_began}/{_reports++}", report);
        if (answer is null)
        {
            return false;
        }

        if (!answer.Accepted)
        {
            keeper.Lost(epoch);
            await Pause.For(options.Backoff.After(++_refusals, chance), real, stopping);
            return false;
        }

        _refusals = 0;
        lock (_gate)
        {
            _facts.RemoveAll(fact => facts.Contains(fact));
            _outcomes.RemoveRange(0, outcomes.Length);
            _landed.RemoveWhere(landed => !holding.Outbox.Any(entry => landed == (epoch, entry.Sequence)));
            _landed.UnionWith(outcomes.Select(outcome => (epoch, outcome.Sequence)));
        }

        foreach (var fact in facts)
        {
            fact.Taken.SetResult(true);
        }

        return true;
    }

    /// <summary>True while the fact's command is in the outbox and its outcome is neither landed nor in this report.</summary>
    private bool Waits(Fact fact, Holding holding, ImmutableArray<OutboxOutcome> outcomes)
    {
        if (fact.Of is not { } of || holding.Outbox.LastOrDefault(entry => entry.Command.Id == of) is not { } entry)
        {
            return false;
        }

        return !_landed.Contains((holding.Epoch, entry.Sequence)) && !outcomes.Any(outcome => outcome.Sequence == entry.Sequence);
    }

    /// <summary>The answer of the desk, or null when this stops first.</summary>
    private async Task<Answer?> UntilAnswered(string id, DeviceCommand.Report report)
    {
        for (var failures = 1; !stopping.IsCancellationRequested; failures++)
        {
            try
            {
                return await desk.Execute(device, id, report);
            }
#pragma warning disable CA1031 // Nobody knows what became of it, whatever was thrown: the same id again.
            catch (Exception)
#pragma warning restore CA1031
            {
                await Pause.For(options.Backoff.After(failures, chance), real, stopping);
            }
        }

        return null;
    }

    private void TurnAwayAll()
    {
        ImmutableArray<Fact> facts;
        lock (_gate)
        {
            facts = [.. _facts];
            _facts.Clear();
        }

        foreach (var fact in facts)
        {
            fact.Taken.SetResult(false);
        }
    }
}
