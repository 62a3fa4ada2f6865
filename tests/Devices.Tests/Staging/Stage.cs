using Microsoft.Extensions.Time.Testing;

namespace Warehouse.Devices.Tests.Staging;

/// <summary>One thread and one clock on which everything under test runs, so that a test is the same each time and never waits.</summary>
public sealed class Stage : SynchronizationContext
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private readonly Queue<(SendOrPostCallback Call, object? State)> _turns = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero));

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("a continuation left the stage's thread");
        }

        _turns.Enqueue((d, state));
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
                Assert.True(turns < 100_000, "the stage never comes to rest");
                turn.Call(turn.State);
            }
        }
        finally
        {
            SetSynchronizationContext(former);
        }
    }

    /// <summary>Starts a task on the stage and lets it and the clock run until it is done.</summary>
    public T Finish<T>(Func<Task<T>> start)
    {
        Task<T>? task = null;
        Do(() => task = start());
        for (var steps = 0; !task!.IsCompleted && steps < 20_000; steps++)
        {
            Pass(Step);
        }

        Assert.True(task.IsCompleted, "the task does not end");
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Finish{T}"/>
    public void Finish(Func<Task> start) => Finish(async () =>
    {
        await start();
        return true;
    });

    /// <summary>Lets time pass in small steps.</summary>
    public void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            Do(() => Clock.Advance(Step));
        }
    }
}
