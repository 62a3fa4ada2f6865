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
    private IJobReceiver? _receiver;
    private long _session;

    /// <inheritdoc/>
    public event Action<LinkState>? StateChanged;

    /// <inheritdoc/>
    public event Action<JobOrderAndState>? JobChanged;

    /// <inheritdoc/>
    public event Action<NodeValue>? ValueChanged;

    /// <summary>What happens to a call, by its method's name; asked once a call. Null is nothing.</summary>
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
    Task IOpcUaServer.Start(IJobReceiver receiver)
    {
        _receiver = receiver;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Stop()
    {
        End(LinkState.Stopped);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    Task IOpcUaServer.Stop()
    {
        _receiver = null;
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
    public Task<JobCallStatus> StoreAndStart(JobOrder order, CancellationToken cancellation = default) =>
        Call(nameof(StoreAndStart), receiver => receiver.StoreAndStart(order), cancellation);

    /// <inheritdoc/>
    public Task<JobCallStatus> Abort(string jobOrderId, CancellationToken cancellation = default) =>
        Call(nameof(Abort), receiver => receiver.Abort(jobOrderId), cancellation);

    /// <inheritdoc/>
    public Task<JobCallStatus> Cancel(string jobOrderId, CancellationToken cancellation = default) =>
        Call(nameof(Cancel), receiver => receiver.Cancel(jobOrderId), cancellation);

    /// <inheritdoc/>
    public Task<JobCallStatus> Clear(string jobOrderId, CancellationToken cancellation = default) =>
        Call(nameof(Clear), receiver => receiver.Clear(jobOrderId), cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<JobOrderAndState>> JobOrderList(CancellationToken cancellation = default) =>
        Call(nameof(JobOrderList), receiver => receiver.JobOrderList, cancellation);

    /// <inheritdoc/>
    public void Notify(JobOrderAndState job) => Tell(() => JobChanged?.Invoke(job));

    /// <inheritdoc/>
    public void Write(NodeValue value) => Tell(() => ValueChanged?.Invoke(value));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Stop();

    private async Task<T> Call<T>(string method, Func<IJobReceiver, T> run, CancellationToken cancellation)
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

            if (fault == OpcUaFault.LoseCall || _receiver is not { } receiver)
            {
                Cut();
                return;
            }

            var result = run(receiver);
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

        if (_receiver is null)
        {
            _wire.Post(_wire.NowTicks + _reconnectAfter, TryConnect);
            return;
        }

        Change(LinkState.Up);
    }

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
