namespace Warehouse.Devices.Sessions;

/// <summary>
/// Waiting that ends by an event or by a clock, whichever is first, leaves no timer behind and never throws. Made of
/// plain awaits: <c>WaitAsync</c> over a task that completes its continuations asynchronously goes through the thread
/// pool, and so would leave a deterministic scheduler.
/// </summary>
public static class Pause
{
    private const ConfigureAwaitOptions Quietly =
        ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing;

    /// <summary>Ends when <paramref name="task"/> does, after <paramref name="longest"/>, or when cancelled.</summary>
    public static async Task Until(Task task, TimeSpan longest, TimeProvider clock, CancellationToken cancellation)
    {
        if (task.IsCompleted || cancellation.IsCancellationRequested)
        {
            return;
        }

        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = clock.CreateTimer(End, over, longest, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellation.Register(End, over);
        _ = Follow(task, over);
        await over.Task;
    }

    /// <summary>Ends when <paramref name="task"/> does, or when cancelled.</summary>
    public static Task Until(Task task, TimeProvider clock, CancellationToken cancellation) =>
        Until(task, Timeout.InfiniteTimeSpan, clock, cancellation);

    /// <summary>Ends after <paramref name="time"/> or when cancelled.</summary>
    public static async Task For(TimeSpan time, TimeProvider clock, CancellationToken cancellation) =>
        await Task.Delay(time, clock, cancellation).ConfigureAwait(Quietly);

    private static async Task Follow(Task task, TaskCompletionSource over)
    {
        await task.ConfigureAwait(Quietly);
        over.TrySetResult();
    }

    private static void End(object? over) => ((TaskCompletionSource)over!).TrySetResult();
}
