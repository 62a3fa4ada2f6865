namespace Warehouse.Simulation.Scheduling;

/// <summary>
/// One owner's queue of turns: a stream, a committer, a machine. Turns of one lane run in the order in which they were
/// posted; which lane goes next is drawn from the seed. Code that runs on a lane finds it as its
/// <see cref="SynchronizationContext"/>, so everything it awaits comes back to it.
/// </summary>
public sealed class Lane : SynchronizationContext
{
    private readonly DeterministicScheduler scheduler;
    private readonly Queue<(SendOrPostCallback Callback, object? State)> turns = new();

    internal Lane(DeterministicScheduler scheduler, string name, SimulatedProcess? process)
    {
        this.scheduler = scheduler;
        Name = name;
        Process = process;
        Tasks = new LaneTasks(this);
    }

    /// <summary>Who owns the turns, for people.</summary>
    public string Name { get; }

    /// <summary>The process that it belongs to and dies with; null for the outside world.</summary>
    public SimulatedProcess? Process { get; }

    /// <summary>The same queue for code that asks for a <see cref="TaskScheduler"/>.</summary>
    public TaskScheduler Tasks { get; }

    /// <summary>True until its process was killed.</summary>
    public bool Alive => Process is null || Process.Alive;

    /// <summary>Whether the scheduler has it among the lanes to choose from; during its last turn it still does.</summary>
    internal bool IsReady { get; set; }

    internal bool IsEmpty => turns.Count == 0;

    /// <summary>Queue a turn. On a dead lane nothing happens, as in a killed process.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        scheduler.DemandOwnThread(this);
        if (!Alive)
        {
            return;
        }

        turns.Enqueue((d, state));
        if (!IsReady)
        {
            IsReady = true;
            scheduler.BecameReady(this);
        }
    }

    /// <summary>Queue a turn.</summary>
    public void Post(Action turn) => Post(static action => ((Action)action!)(), turn);

    /// <summary>Start something asynchronous on this lane; the returned task can be awaited from any lane.</summary>
    public Task Start(Func<Task> work) => Start(async () =>
    {
        await work();
        return true;
    });

    /// <summary>Start something asynchronous on this lane; the returned task can be awaited from any lane.</summary>
    public Task<T> Start<T>(Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => Run(work, done));
        return done.Task;
    }

    /// <summary>A lane is one object however often it is copied.</summary>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Waiting for another turn would stop the only thread.</summary>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException($"{Name}: a turn that waits for another turn would wait for ever");

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal void RunNext()
    {
        var (callback, state) = turns.Dequeue();
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    internal void Drop() => turns.Clear();

    private static async void Run<T>(Func<Task<T>> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(await work());
        }
        catch (OperationCanceledException)
        {
            done.SetCanceled();
        }
#pragma warning disable CA1031 // whatever it is, it belongs to whoever awaits the task
        catch (Exception failure)
#pragma warning restore CA1031
        {
            done.SetException(failure);
        }
    }

    private sealed class LaneTasks(Lane lane) : TaskScheduler
    {
        protected override void QueueTask(Task task) => lane.Post(() => TryExecuteTask(task));

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
            Current == lane && !taskWasPreviouslyQueued && TryExecuteTask(task);

        protected override IEnumerable<Task>? GetScheduledTasks() => null;

        private static new SynchronizationContext? Current => SynchronizationContext.Current;
    }
}
