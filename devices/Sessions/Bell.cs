namespace Warehouse.Devices.Sessions;

/// <summary>
/// Wakes one waiting loop. Callbacks from links, desks and timers only ring, from any thread; the loop looks at its
/// state on its own scheduler. Rings while nobody waits are one ring.
/// </summary>
internal sealed class Bell
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private bool _rung;

    /// <summary>Wakes the loop, or lets its next wait end at once.</summary>
    public void Ring()
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            (waiting, _waiting) = (_waiting, null);
            _rung = waiting is null;
        }

        waiting?.SetResult();
    }

    /// <summary>Ends at the next ring, or at once when it was rung since the last wait. One waiter at a time.</summary>
    public Task Wait()
    {
        lock (_gate)
        {
            if (_rung)
            {
                _rung = false;
                return Task.CompletedTask;
            }

            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task;
        }
    }

    /// <summary>As <see cref="Wait()"/>, and rings by itself after <paramref name="longest"/>.</summary>
    public async Task Wait(TimeSpan longest, TimeProvider clock)
    {
        await using var timer = clock.CreateTimer(static bell => ((Bell)bell!).Ring(), this, longest, Timeout.InfiniteTimeSpan);
        await Wait();
    }
}
