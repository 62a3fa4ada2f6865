namespace Warehouse.Devices.Conformance;

/// <summary>The adapter did something that no check can go on after; the message says what.</summary>
public sealed class ConformanceException(string message) : Exception(message);

/// <summary>
/// One thread and one clock on which the adapter, its host and its machine run, so that a grading is the same each time
/// and hours of the floor take seconds. A continuation that leaves it is a fault of the adapter.
/// </summary>
internal sealed class KitStage : SynchronizationContext
{
    private const int MostTurns = 2_000_000;
    private readonly Queue<(SendOrPostCallback Call, object? State)> _turns = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public KitClock Clock { get; } = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new ConformanceException("a continuation ran on another thread: no Task.Run, ConfigureAwait(false) or timers of one's own");
        }

        _turns.Enqueue((d, state));
    }

    /// <summary>Starts something and lets time pass until it has ended, at most ten minutes.</summary>
    public void Finish(string what, Func<Task> start)
    {
        Task? task = null;
        Do(() => task = start());
        for (var waited = 0; !task!.IsCompleted && waited < 600; waited++)
        {
            Pass(TimeSpan.FromSeconds(1));
        }

        if (!task.IsCompleted)
        {
            throw new ConformanceException($"{what} does not end within ten minutes");
        }

        task.GetAwaiter().GetResult();
    }

    public void Pass(TimeSpan time)
    {
        var end = Clock.GetTimestamp() + time.Ticks;
        var going = true;
        Do(() => { });
        for (var rings = 0; going; rings++)
        {
            if (rings == MostTurns)
            {
                throw new ConformanceException("it never comes to rest: timers ring without end");
            }

            Do(() => going = Clock.RingNext(end));
        }
    }

    public void Do(Action action)
    {
        var former = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
            for (var turns = 0; _turns.TryDequeue(out var turn); turns++)
            {
                if (turns == MostTurns)
                {
                    throw new ConformanceException("it never comes to rest: turns follow each other without end");
                }

                turn.Call(turn.State);
            }
        }
        finally
        {
            SetSynchronizationContext(former);
        }
    }
}
