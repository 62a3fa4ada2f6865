using System.Threading.Channels;

namespace Warehouse.Journal;

/// <summary>A committer's bounds.</summary>
public sealed record CommitterOptions
{
    /// <summary>Appends per transaction.</summary>
    public int MaxBatch { get; init; } = 1024;

    /// <summary>
    /// How often the gathering steps back for streams that are just about to hand in, as long as each step brings new
    /// commands. It keeps a wave of callers, woken by one commit, together in the next one. A caller who has been
    /// alone for a while does not wait for company. What nobody waits for steps back until it has company that somebody
    /// waits for.
    /// </summary>
    public int MaxGatherings { get; init; } = 32;

    /// <summary>So many steps back in vain end the gathering while fewer commands have come than the last waves had.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>
    /// So many commands make a transaction worth its flush, and the gathering waits for no more: while they are written,
    /// the callers of the last one decide the next. Longer waves leave writer and deciders idle in turn.
    /// </summary>
    public int EnoughCompany { get; init; } = 64;

    /// <summary>
    /// Steps back: ends when others have had a turn. It is told how many commands the last waves had, at most
    /// <see cref="Committer.CrowdInMind"/>.
    /// </summary>
    public Func<int, Task> StepBack { get; init; } = static async _ => await Task.Yield();
}

/// <summary>What an append would hold if it were cut now.</summary>
/// <param name="Commands">How many commands.</param>
/// <param name="IsAwaited">
/// Somebody waits for it: a caller, or whoever an effect of it is for. Otherwise it only notes that effects are
/// answered, and may go with the next one that is awaited.
/// </param>
public readonly record struct AppendWeight(int Commands, bool IsAwaited)
{
    /// <summary>Two appends together.</summary>
    public static AppendWeight operator +(AppendWeight left, AppendWeight right) =>
        new(left.Commands + right.Commands, left.IsAwaited || right.IsAwaited);
}

/// <summary>
/// The one writer of a silo. While a transaction is under way, the appends of all streams gather and become the next
/// one: the more callers, the fewer commits each. A batch that fails is tried again row by row, so one bad row hurts
/// its own stream only; a row whose fate is unknown is looked up before it is tried again.
/// </summary>
public sealed class Committer
{
    /// <summary>
    /// For so many commits one that was shared keeps those after it waiting for company; no wave counts for more.
    /// </summary>
    public const int CrowdInMind = 8;

    private readonly IJournalStore store;
    private readonly CommitterOptions options;
    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private int crowd;
    private Task running = Task.CompletedTask;

    /// <summary>A committer to a store; it works from <see cref="Start"/> to <see cref="Stop"/>.</summary>
    public Committer(IJournalStore store, CommitterOptions? options = null)
    {
        this.store = store;
        this.options = options ?? new CommitterOptions();
    }

    /// <summary>Told of every batch's landed appends, in commit order, on the committer's own turn: listeners only take note.</summary>
    public event Action<IReadOnlyList<Append>>? Committed;

    /// <summary>How many transactions were written so far.</summary>
    public long Batches { get; private set; }

    /// <summary>Begin to write, on the caller's scheduler.</summary>
    public void Start() => running = Run();

    /// <summary>Write what has been handed in, and end.</summary>
    public Task Stop()
    {
        queue.Writer.TryComplete();
        return running;
    }

    /// <summary>
    /// Hand in what will be an append: <paramref name="seal"/> is called once, when its batch is cut, so that what a
    /// stream decides while it waits for its turn is in it too. Landed: it survives a power cut. Conflict: it is not the
    /// stream's next. A throw: nobody knows (or sealing threw); read the stream before deciding again.
    /// </summary>
    /// <param name="seal">Makes the append.</param>
    /// <param name="weigh">What would be in it now; the gathering goes on while it grows.</param>
    public Task<AppendOutcome> Commit(Func<Append> seal, Func<AppendWeight> weigh)
    {
        var waiting = new Waiting(seal, weigh);
        return queue.Writer.TryWrite(waiting)
            ? waiting.Outcome.Task
            : Task.FromException<AppendOutcome>(new InvalidOperationException("the committer has stopped"));
    }

    private async Task Run()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            var batch = Sealed(await Gather());
            if (batch.Count > 0)
            {
                await Write(batch);
            }
        }
    }

    /// <summary>Take what waits, and step back a few times while more keeps coming in.</summary>
    private async Task<List<Waiting>> Gather()
    {
        var batch = new List<Waiting>(crowd);
        var gathered = default(AppendWeight);
        var fruitless = 0;
        for (var gathering = 0; gathering < options.MaxGatherings; gathering++)
        {
            while (batch.Count < options.MaxBatch && queue.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }

            var before = gathered.Commands;
            gathered = batch.Aggregate(default(AppendWeight), static (sum, waiting) => sum + waiting.Weight);
            fruitless = gathered.Commands == before ? fruitless + 1 : 0;
            var patience = gathered.Commands < crowd ? options.Patience : 0;
            var isAlone = gathered.Commands <= 1 && crowd <= 1;
            if (gathered.IsAwaited && (fruitless > patience || isAlone || gathered.Commands >= options.EnoughCompany))
            {
                break;
            }

            await options.StepBack(crowd);
        }

        crowd = Math.Max(Math.Min(gathered.Commands, CrowdInMind), crowd - 1);
        return batch;
    }

    /// <summary>The batch's appends, less those that cannot be made.</summary>
    private static List<Waiting> Sealed(List<Waiting> batch)
    {
        batch.RemoveAll(waiting => !waiting.TrySeal());

        // In stream order, lest the batches of two silos lock each other's rows crosswise.
        batch.Sort(static (left, right) => left.Append.Stream.CompareTo(right.Append.Stream) is not 0 and var byStream
            ? byStream : left.Append.Version.CompareTo(right.Append.Version));
        return batch;
    }

    private async Task Write(List<Waiting> batch)
    {
        var appends = batch.ConvertAll(waiting => waiting.Append);
        IReadOnlyList<AppendOutcome> outcomes;
        Batches++;
        try
        {
            outcomes = await store.Append(appends);
        }
        catch (Exception)
        {
            await WriteOneByOne(batch);
            return;
        }

        var landed = new List<Append>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Outcome.SetResult(outcomes[i]);
            if (outcomes[i] == AppendOutcome.Landed)
            {
                landed.Add(appends[i]);
            }
        }

        Announce(landed);
    }

    /// <summary>The batch failed, perhaps after it had landed: each row finds its own way.</summary>
    private async Task WriteOneByOne(List<Waiting> batch)
    {
        foreach (var waiting in batch)
        {
            try
            {
                var outcome = await LookUp(waiting.Append) ?? await WriteOne(waiting.Append);
                waiting.Outcome.SetResult(outcome);
                if (outcome == AppendOutcome.Landed)
                {
                    Announce([waiting.Append]);
                }
            }
            catch (Exception unknown)
            {
                waiting.Outcome.SetException(unknown);
            }
        }
    }

    private async Task<AppendOutcome> WriteOne(Append append)
    {
        Batches++;
        AppendOutcome outcome;
        try
        {
            outcome = (await store.Append([append]))[0];
        }
        catch (Exception)
        {
            if (await LookUp(append) is { } found)
            {
                return found;
            }

            throw;
        }

        // What had seemed lost may have landed between the look and the write: then the row there is this very one.
        return outcome == AppendOutcome.Conflict ? await LookUp(append) ?? outcome : outcome;
    }

    /// <summary>Ours stands there, another one does, or (null) none.</summary>
    private async Task<AppendOutcome?> LookUp(Append append)
    {
        var rows = await store.ReadStream(append.Stream, append.Version - 1, 1);
        return rows is not [var row] || row.Version != append.Version ? null
            : row.Body.Span.SequenceEqual(append.Body.Span) ? AppendOutcome.Landed
            : AppendOutcome.Conflict;
    }

    private void Announce(List<Append> landed)
    {
        if (landed.Count > 0)
        {
            Committed?.Invoke(landed);
        }
    }

    private sealed class Waiting(Func<Append> seal, Func<AppendWeight> weigh)
    {
        private Append? append;

        public AppendWeight Weight => weigh();

        public Append Append => append ?? throw new InvalidOperationException("not sealed yet");

        public TaskCompletionSource<AppendOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool TrySeal()
        {
            try
            {
                append = seal();
                return true;
            }
            catch (Exception impossible)
            {
                Outcome.SetException(impossible);
                return false;
            }
        }
    }
}
