namespace Warehouse.Devices.Links.Mqtt;

/// <summary>Bounds how many of something are out at once; the others wait in order.</summary>
/// <param name="slots">How many may be out.</param>
internal sealed class InFlight(int slots)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private readonly int _slots = slots;
    private int _free = slots;

    /// <summary>How many are out.</summary>
    public int Out
    {
        get
        {
            lock (_gate)
            {
                return _slots - _free;
            }
        }
    }

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Ends when a slot is taken.</summary>
    public Task Take()
    {
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return turn.Task;
        }
    }

    /// <summary>Gives a slot back, to the longest waiting if any.</summary>
    public void Give()
    {
        TaskCompletionSource? turn;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out turn))
            {
                _free++;
                return;
            }
        }

        turn.SetResult();
    }
}
