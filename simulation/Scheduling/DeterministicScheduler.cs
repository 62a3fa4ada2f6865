using System.Globalization;
using System.Text;

namespace Warehouse.Simulation.Scheduling;

/// <summary>
/// Runs asynchronous code on one thread, one turn after another, in an order that only the seed decides. Time is
/// virtual: it jumps to the next timer when nothing is ready. A continuation queued from another thread fails the run,
/// and so does a watched task that can never end because nothing is ready and no timer is set.
/// </summary>
public sealed class DeterministicScheduler
{
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly Chance order;
    private readonly List<Lane> ready = [];
    private readonly List<(string Who, Task Task)> watched = [];
    private InvalidOperationException? poison;

    /// <summary>A run of this seed whose clock starts then.</summary>
    public DeterministicScheduler(ulong seed, DateTimeOffset start)
    {
        Seed = seed;
        Chance = new Chance(seed);
        order = Chance.For("order of turns");
        Outside = new Lane(this, "outside", process: null);
        Clock = new VirtualClock(start, () => SynchronizationContext.Current as Lane ?? Outside);
    }

    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>The root of all chance in the run; take <see cref="Chance.For"/> of it.</summary>
    public Chance Chance { get; }

    /// <summary>The run's time.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The lane of whoever sets up and watches the run.</summary>
    public Lane Outside { get; }

    /// <summary>Turns run so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Called between any two turns, on no lane: where faults strike and checkers look.</summary>
    public Action<long>? BetweenSteps { get; set; }

    /// <summary>A further lane of the outside world, which no kill touches.</summary>
    public Lane NewLane(string name) => NewLane(name, process: null);

    /// <summary>A process that can be killed.</summary>
    public SimulatedProcess NewProcess(string name) => new(this, name);

    /// <summary>Name a task that must end; it is printed when the run stalls, and its failure fails the run.</summary>
    public void Watch(string who, Task task) => watched.Add((who, task));

    /// <summary>Run until the task has ended, and give its result or its exception.</summary>
    public T Run<T>(Func<Task<T>> work, TimeSpan? limit = null)
    {
        var task = Outside.Start(work);
        RunUntil("the run itself", task, limit ?? TimeSpan.FromDays(30));
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Run until the task has ended, and give its exception if it failed.</summary>
    public void Run(Func<Task> work, TimeSpan? limit = null) => Run(async () =>
    {
        await work();
        return true;
    }, limit);

    /// <summary>Run until the condition holds between two turns; false when the virtual time ends before.</summary>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        while (!condition())
        {
            if (!Step(limit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Run everything that is due up to this virtual time, and let the clock stand there.</summary>
    public void RunTo(TimeSpan elapsed)
    {
        while (Step(elapsed))
        {
        }

        Clock.JumpTo(elapsed);
    }

    /// <summary>One turn, or one jump of the clock; false when neither is possible within the limit.</summary>
    public bool Step(TimeSpan limit)
    {
        ThrowIfPoisoned();
        if (ready.Count == 0)
        {
            return Clock.Advance(limit);
        }

        var at = ready.Count == 1 ? 0 : order.Below(ready.Count);
        var lane = ready[at];
        lane.RunNext();
        Steps++;
        if (lane.IsReady && lane.IsEmpty)
        {
            Forget(lane, at);
        }

        ThrowIfPoisoned();
        BetweenSteps?.Invoke(Steps);
        return true;
    }

    internal Lane NewLane(string name, SimulatedProcess? process) => new(this, name, process);

    internal void BecameReady(Lane lane) => ready.Add(lane);

    internal void Forget(Lane lane)
    {
        lane.Drop();
        if (lane.IsReady)
        {
            Forget(lane, ready.IndexOf(lane));
        }
    }

    internal void DemandOwnThread(Lane lane)
    {
        if (Environment.CurrentManagedThreadId == thread)
        {
            return;
        }

        var broken = new InvalidOperationException(
            $"{lane.Name}: a continuation was queued from another thread; something left the scheduler\n{Environment.StackTrace}");
        Volatile.Write(ref poison, broken);
        throw broken;
    }

    private void RunUntil(string who, Task task, TimeSpan limit)
    {
        watched.Add((who, task));
        while (!task.IsCompleted)
        {
            if (!Step(limit))
            {
                throw new StalledException(WhoWaits(limit));
            }
        }

        watched.RemoveAll(one => one.Task.IsCompletedSuccessfully || one.Task == task);
    }

    private string WhoWaits(TimeSpan limit)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"seed {Seed}: nothing is ready and no timer is due before {limit}, after {Steps} turns at {Clock.GetUtcNow():O}. Waiting:");
        foreach (var (waiter, task) in watched)
        {
            if (!task.IsCompletedSuccessfully)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  {waiter} ({task.Status}) {task.Exception?.GetBaseException().Message}");
            }
        }

        return text.ToString();
    }

    private void Forget(Lane lane, int at)
    {
        lane.IsReady = false;
        ready[at] = ready[^1];
        ready.RemoveAt(ready.Count - 1);
    }

    private void ThrowIfPoisoned()
    {
        if (Volatile.Read(ref poison) is { } broken)
        {
            throw broken;
        }
    }
}

/// <summary>A run stands still although somebody waits; the message says who.</summary>
public sealed class StalledException(string message) : InvalidOperationException(message);
