using System.Collections.Immutable;
using Warehouse.Devices.Links.OpcUa;

namespace Warehouse.Devices.Links.Memory;

/// <summary>What happens to a call on the in-memory session.</summary>
public enum OpcUaFault
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The call never reaches the machine; the session is cut.</summary>
    LoseCall,
    /// <summary>The machine does it, and the reply is lost; the session is cut.</summary>
    LoseReply,
}

/// <summary>
/// Both sides of an OPC UA session in memory: calls and notifications run on the clock's timers, one at a time.
/// <see cref="Fault"/> loses calls and replies, <see cref="Cut"/> ends the session; the client comes back by itself.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="latency">Time of one way; default one millisecond.</param>
/// <param name="reconnectAfter">Time from a cut to the next session; default two seconds.</param>
public sealed class MemoryOpcUa(TimeProvider clock, TimeSpan? latency = null, TimeSpan? reconnectAfter = null) : IOpcUaLink, IOpcUaServer
{
    private readonly MemoryWire _wire = new(clock);
    private readonly long _latency = (latency ?? TimeSpan.FromMilliseconds(1)).Ticks;
    private readonly long _reconnectAfter = (reconnectAfter ?? TimeSpan.FromSeconds(2)).Ticks;
    private readonly List<TaskCompletionSource<object>> _open = [];
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, NodeValue> _written = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _watched = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, NodeEvent> _retained = new(StringComparer.Ordinal);
    private IOpcUaMachine? _machine;
    private bool _watchesEvents;
    private long _session;

    /// <inheritdoc/>
    public event Action<LinkState>? StateChanged;

    /// <inheritdoc/>
    public event Action<NodeValue>? ValueChanged;

    /// <inheritdoc/>
    public event Action<NodeEvent>? EventRaised;

    /// <summary>What happens to a call, by its method's name (of a read or a write: the first variable's); asked once a call. Null is nothing.</summary>
    public Func<string, OpcUaFault>? Fault { get; set; }

    /// <inheritdoc/>
    public LinkState State { get; private set; }

    /// <inheritdoc/>
    public void Start()
    {
        if (State == LinkState.Stopped)
        {
            Change(LinkState.Down);
            _wire.Post(_wire.NowTicks, TryConnect);
        }
    }

    /// <inheritdoc/>
    Task IOpcUaServer.Start(IOpcUaMachine machine)
    {
        _machine = machine;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Stop()
    {
        lock (_gate)
        {
            _watched.Clear();
            _watchesEvents = false;
        }

        End(LinkState.Stopped);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    Task IOpcUaServer.Stop()
    {
        _machine = null;
        Cut();
        return Task.CompletedTask;
    }

    /// <summary>Ends the session; open calls fail, notifications on their way are lost.</summary>
    public void Cut()
    {
        if (State == LinkState.Up)
        {
            End(LinkState.Down);
            _wire.Post(_wire.NowTicks + _reconnectAfter, TryConnect);
        }
    }

    /// <inheritdoc/>
    public void Watch(params ImmutableArray<WatchedNode> nodes)
    {
        foreach (var node in nodes)
        {
            lock (_gate)
            {
                _watched.Add(node.Path);
            }

            TellPresent(node.Path);
        }
    }

    /// <inheritdoc/>
    public void WatchEvents(string path, params ImmutableArray<string> fields)
    {
        _watchesEvents = true;
        if (State == LinkState.Up)
        {
            TellRetained();
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<NodeValue>> Read(ImmutableArray<string> paths, CancellationToken cancellation = default) =>
        Call(Name(paths[0]), machine => ImmutableArray.CreateRange(paths, path => Present(machine, path)), cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<OpcUaStatus>> Write(ImmutableArray<NodeValue> values, CancellationToken cancellation = default) =>
        Call(Name(values[0].Path), machine => ImmutableArray.CreateRange(values, machine.Write), cancellation);

    /// <inheritdoc/>
    public Task<CallOutput> Call(string path, string method, ImmutableArray<object?> inputs, CancellationToken cancellation = default) =>
        Call(method, machine => machine.Call(path, method, inputs), cancellation);

    /// <inheritdoc/>
    public Task<OpcUaStatus> Acknowledge(NodeEvent condition, string comment, CancellationToken cancellation = default) =>
        Answer(nameof(Acknowledge), condition, comment, confirm: false, cancellation);

    /// <inheritdoc/>
    public Task<OpcUaStatus> Confirm(NodeEvent condition, string comment, CancellationToken cancellation = default) =>
        Answer(nameof(Confirm), condition, comment, confirm: true, cancellation);

    /// <inheritdoc/>
    void IOpcUaServer.Write(NodeValue value)
    {
        lock (_gate)
        {
            _written[value.Path] = value;
        }

        Tell(() =>
        {
            if (Watches(value.Path))
            {
                ValueChanged?.Invoke(value);
            }
        });
    }

    /// <inheritdoc/>
    public void Raise(NodeEvent occurrence)
    {
        if (occurrence.Condition is { } condition)
        {
            lock (_gate)
            {
                _retained.Remove(condition.ConditionId);
                if (condition.Retain)
                {
                    _retained[condition.ConditionId] = occurrence;
                }
            }
        }

        TellEvent(occurrence);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Stop();

    private async Task<T> Call<T>(string method, Func<IOpcUaMachine, T> run, CancellationToken cancellation)
        where T : notnull
    {
        if (State != LinkState.Up)
        {
            throw new LinkDownException($"{method}: there is no session");
        }

        var reply = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = _session;
        var fault = Fault?.Invoke(method) ?? OpcUaFault.None;
        lock (_gate)
        {
            _open.Add(reply);
        }

        _wire.Post(_wire.NowTicks + _latency, () =>
        {
            if (session != _session)
            {
                return;
            }

            if (fault == OpcUaFault.LoseCall || _machine is not { } machine)
            {
                Cut();
                return;
            }

            var result = run(machine);
            _wire.Post(_wire.NowTicks + _latency, () => Reply(session, reply, result, fault));
        });
        await using var cancelled = cancellation.Register(() => reply.TrySetCanceled(cancellation));
        return (T)await reply.Task;
    }

    private void Reply(long session, TaskCompletionSource<object> reply, object result, OpcUaFault fault)
    {
        if (session != _session)
        {
            return;
        }

        if (fault == OpcUaFault.LoseReply)
        {
            Cut();
            return;
        }

        lock (_gate)
        {
            _open.Remove(reply);
        }

        reply.TrySetResult(result);
    }

    private void Tell(Action tell)
    {
        var session = _session;
        _wire.Post(_wire.NowTicks + _latency, () =>
        {
            if (session == _session && State == LinkState.Up)
            {
                tell();
            }
        });
    }

    private void TryConnect()
    {
        if (State != LinkState.Down)
        {
            return;
        }

        if (_machine is null)
        {
            _wire.Post(_wire.NowTicks + _reconnectAfter, TryConnect);
            return;
        }

        ImmutableArray<string> watched;
        lock (_gate)
        {
            watched = [.. _watched];
        }

        Change(LinkState.Up);
        foreach (var path in watched)
        {
            TellPresent(path);
        }

        TellRetained();
    }

    /// <summary>A new session is told of the conditions that are of interest still.</summary>
    private void TellRetained()
    {
        ImmutableArray<NodeEvent> retained;
        lock (_gate)
        {
            retained = [.. _retained.Values];
        }

        foreach (var occurrence in retained)
        {
            TellEvent(occurrence);
        }
    }

    private void TellEvent(NodeEvent occurrence) => Tell(() =>
    {
        if (_watchesEvents)
        {
            EventRaised?.Invoke(occurrence);
        }
    });

    private Task<OpcUaStatus> Answer(string method, NodeEvent condition, string comment, bool confirm, CancellationToken cancellation) =>
        Call(method, machine => machine.Acknowledge(condition.Condition?.ConditionId ?? string.Empty, condition.EventId, comment, confirm), cancellation);

    private void TellPresent(string path) => Tell(() =>
    {
        if (_machine is { } machine && Watches(path) && Present(machine, path) is { Status: OpcUaStatus.Good } value)
        {
            ValueChanged?.Invoke(value);
        }
    });

    private bool Watches(string path)
    {
        lock (_gate)
        {
            return _watched.Contains(path);
        }
    }

    private NodeValue Present(IOpcUaMachine machine, string path)
    {
        if (machine.Read(path) is { } read)
        {
            return read;
        }

        lock (_gate)
        {
            return _written.TryGetValue(path, out var written) ? written : new NodeValue(path, null, OpcUaStatus.BadNodeIdUnknown);
        }
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private void End(LinkState state)
    {
        ImmutableArray<TaskCompletionSource<object>> lost;
        lock (_gate)
        {
            _session++;
            lost = [.. _open];
            _open.Clear();
        }

        if (State != state)
        {
            Change(state);
        }

        foreach (var reply in lost)
        {
            reply.TrySetException(new LinkDownException("the session was cut before the reply came"));
        }
    }

    private void Change(LinkState state)
    {
        State = state;
        StateChanged?.Invoke(state);
    }
}
