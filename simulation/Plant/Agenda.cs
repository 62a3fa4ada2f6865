namespace Warehouse.Simulation.Plant;

/// <summary>
/// What a plant's machines will do next, by (time, order of planning), on one timer. Each entry runs at its own planned
/// time, however late the timer comes, so a scaled clock loses no speed to coarse timers. One lock guards the whole
/// plant: messages come in from link threads, and a step takes microseconds.
/// </summary>
public sealed class Agenda : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly PriorityQueue<Entry, (long Due, long Order)> entries = new();
    private long planned;
    private long set = long.MaxValue;
    private bool stopped;

    /// <summary>An empty agenda on this clock.</summary>
    public Agenda(TimeProvider clock)
    {
        this.clock = clock;
        timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Now = clock.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>The time of the step that runs, in Unix milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>Run a step now, for something that came from outside.</summary>
    public void Enter(Action step) => Run(step);

    /// <summary>Read something of the plant's state.</summary>
    public T Read<T>(Func<T> reader)
    {
        lock (gate)
        {
            return reader();
        }
    }

    /// <summary>Plan a step so many milliseconds after the one that runs.</summary>
    public Entry In(long milliseconds, Action step)
    {
        var entry = new Entry(step);
        entries.Enqueue(entry, (Now + Math.Max(0, milliseconds), ++planned));
        return entry;
    }

    /// <summary>Nothing planned happens any more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            entries.Clear();
            timer.Dispose();
        }
    }

    /// <summary>A timer of a scaled clock may come a moment early: it has to be set again even for the same time.</summary>
    private void Ring()
    {
        lock (gate)
        {
            set = long.MaxValue;
            Run(null);
        }
    }

    private void Run(Action? step)
    {
        lock (gate)
        {
            if (stopped)
            {
                return;
            }

            var until = clock.GetUtcNow().ToUnixTimeMilliseconds();
            RunPlanned(until);
            Now = Math.Max(Now, until);
            step?.Invoke();
            RunPlanned(until);
            SetTimer();
        }
    }

    private void RunPlanned(long until)
    {
        while (entries.TryPeek(out var entry, out var key) && key.Due <= until)
        {
            entries.Dequeue();
            Now = Math.Max(Now, key.Due);
            entry.Run();
        }
    }

    private void SetTimer()
    {
        var due = entries.TryPeek(out _, out var key) ? key.Due : long.MaxValue;
        if (due != set || due <= Now)
        {
            set = due;
            timer.Change(
                due == long.MaxValue ? Timeout.InfiniteTimeSpan
                : TimeSpan.FromMilliseconds(Math.Max(0, due - clock.GetUtcNow().ToUnixTimeMilliseconds())),
                Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A planned step.</summary>
    public sealed class Entry(Action step)
    {
        private Action? step = step;

        /// <summary>It does not happen.</summary>
        public void Cancel() => step = null;

        internal void Run()
        {
            var once = step;
            step = null;
            once?.Invoke();
        }
    }
}
