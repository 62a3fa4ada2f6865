namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// What came over a link and waits for its turn, in order of arrival. Telemetry (QoS 0) is bounded: of too much, the
/// oldest is dropped, since the next says more. Facts (QoS 1) are never dropped; the broker sends no more of them
/// unacknowledged than it was told to.
/// </summary>
/// <typeparam name="T">What is carried.</typeparam>
/// <param name="telemetry">Most QoS 0 messages that wait.</param>
/// <param name="clock">The real clock, for the lag.</param>
internal sealed class Intake<T>(int telemetry, TimeProvider clock)
{
    private sealed class Entry(T item, bool isTelemetry, long came)
    {
        public T Item { get; } = item;

        public bool IsTelemetry { get; } = isTelemetry;

        public long Came { get; } = came;

        public bool IsShed { get; set; }
    }

    private readonly Lock _gate = new();
    private readonly Queue<Entry> _waiting = new();
    private readonly Queue<Entry> _telemetry = new();
    private TaskCompletionSource<bool>? _asleep;
    private int _count;
    private int _telemetryCount;
    private bool _closed;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>How many were dropped.</summary>
    public long Shed { get; private set; }

    /// <summary>How long the oldest has waited.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (_gate)
            {
                DropShed();
                return _waiting.TryPeek(out var oldest) ? clock.GetElapsedTime(oldest.Came) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Adds one; never waits.</summary>
    public void Add(T item, bool isTelemetry)
    {
        TaskCompletionSource<bool>? asleep;
        lock (_gate)
        {
            var entry = new Entry(item, isTelemetry, clock.GetTimestamp());
            _waiting.Enqueue(entry);
            _count++;
            if (isTelemetry)
            {
                _telemetry.Enqueue(entry);
                if (++_telemetryCount > telemetry)
                {
                    _telemetry.Dequeue().IsShed = true;
                    _telemetryCount--;
                    _count--;
                    Shed++;
                    DropShed();
                }
            }

            (asleep, _asleep) = (_asleep, null);
        }

        asleep?.SetResult(true);
    }

    /// <summary>Nothing more comes; what waits is forgotten.</summary>
    public void Close()
    {
        TaskCompletionSource<bool>? asleep;
        lock (_gate)
        {
            _closed = true;
            _waiting.Clear();
            _telemetry.Clear();
            (_count, _telemetryCount) = (0, 0);
            (asleep, _asleep) = (_asleep, null);
        }

        asleep?.SetResult(false);
    }

    /// <summary>Takes the next, if one waits.</summary>
    public bool TryTake(out T item)
    {
        lock (_gate)
        {
            DropShed();
            if (!_waiting.TryDequeue(out var entry))
            {
                item = default!;
                return false;
            }

            _count--;
            if (entry.IsTelemetry)
            {
                _telemetry.Dequeue();
                _telemetryCount--;
            }

            item = entry.Item;
            return true;
        }
    }

    /// <summary>Ends when one may wait (true) or nothing more comes (false). One caller at a time.</summary>
    public Task<bool> Some()
    {
        lock (_gate)
        {
            if (_closed || _count > 0)
            {
                return Task.FromResult(!_closed);
            }

            _asleep = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _asleep.Task;
        }
    }

    private void DropShed()
    {
        while (_waiting.TryPeek(out var oldest) && oldest.IsShed)
        {
            _waiting.Dequeue();
        }
    }
}
