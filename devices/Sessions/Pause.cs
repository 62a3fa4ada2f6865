namespace Warehouse.Devices.Sessions;

/// <summary>Waiting that ends by an event or by a clock, whichever is first, leaves no timer behind and never throws.</summary>
internal static class Pause
{
    private const ConfigureAwaitOptions Quietly =
        ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing;

    /// <summary>Ends when <paramref name="task"/> does, after <paramref name="longest"/>, or when cancelled.</summary>
    public static async Task Until(Task task, TimeSpan longest, TimeProvider clock, CancellationToken cancellation) =>
        await task.WaitAsync(longest, clock, cancellation).ConfigureAwait(Quietly);

    /// <summary>Ends after <paramref name="time"/> or when cancelled.</summary>
    public static async Task For(TimeSpan time, TimeProvider clock, CancellationToken cancellation) =>
        await Task.Delay(time, clock, cancellation).ConfigureAwait(Quietly);
}
