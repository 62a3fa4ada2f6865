namespace Warehouse.Devices.Conformance;

/// <summary>The adapter did something that no check can go on after; the message says what.</summary>
public sealed class ConformanceException(string message) : Exception(message);

/// <summary>
/// One thread and one clock on which the adapter, its host and its machine run, so that a grading is the same each time
/// and hours of the floor take seconds. A continuation that leaves it is a fault of the adapter.
/// </summary>
internal class KitStage : SynchronizationContext
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

    /// <summary>Starts something and lets time pass, no more than it takes, until it has ended; at most ten minutes.</summary>
    public T Finish<T>(string what, Func<Task<T>> start)
    {
        Task<T>? task = null;
        Do(() => task = start());
        var end = Clock.GetTimestamp() + TimeSpan.FromMinutes(10).Ticks;
        for (var going = true; !task!.IsCompleted && going;)
        {
            Do(() => going = Clock.RingNext(end));
        }

        return task.IsCompleted ? task.GetAwaiter().GetResult() : throw new ConformanceException($"{what} does not end within ten minutes");
    }

    /// <inheritdoc cref="Finish{T}"/>
    public void Finish(string what, Func<Task> start) => Finish(what, async () =>
    {
        await start();
        return true;
    });

    /// <summary>Lets time pass, from one timer to the next.</summary>
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

    /// <summary>Does something on the stage, and everything that follows from it at this time.</summary>
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
