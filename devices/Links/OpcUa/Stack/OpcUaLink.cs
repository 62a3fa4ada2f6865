using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Warehouse.OpcUa.Types;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>
/// A link on the stack in <c>opcua/</c>. One loop connects, has what was missed told again, looks from time to time whether
/// the server still answers, and backs off; requests and notifications go on beside it.
/// </summary>
public sealed partial class OpcUaLink : IOpcUaLink
{
    private const ConfigureAwaitOptions Quietly =
        ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing;

    private readonly Lock _gate = new();
    private readonly OpcUaLinkOptions _options;
    private readonly OpcUaApplication _application;
    private readonly TimeProvider _clock;
    private readonly Random _chance;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Watches _watches;
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RemoteMachine? _machine;
    private OpcUaLinkHealth _health = new(LinkState.Stopped, 0, 0, 0, string.Empty, 0, 0, 0, 0);
    private Task _loop = Task.CompletedTask;

    /// <summary>A link that is not started yet.</summary>
    /// <param name="options">Where and how to connect.</param>
    /// <param name="application">Who we are, and whom we trust.</param>
    /// <param name="clock">The real clock.</param>
    /// <param name="chance">Draws the jitter of the back-off.</param>
    /// <param name="log">Told of connections and losses.</param>
    public OpcUaLink(OpcUaLinkOptions options, OpcUaApplication application, TimeProvider clock, Random chance, ILogger? log = null)
    {
        (_options, _application, _clock, _chance, _log) = (options, application, clock, chance, log ?? NullLogger.Instance);
        _watches = new Watches(options, value => ValueChanged?.Invoke(value), occurrence => EventRaised?.Invoke(occurrence));
    }

    /// <inheritdoc/>
    public event Action<LinkState>? StateChanged;

    /// <inheritdoc/>
    public event Action<NodeValue>? ValueChanged;

    /// <inheritdoc/>
    public event Action<NodeEvent>? EventRaised;

    /// <inheritdoc/>
    public LinkState State { get; private set; }

    /// <summary>How it fares.</summary>
    public OpcUaLinkHealth Health
    {
        get
        {
            var subscription = _machine?.Subscription;
            lock (_gate)
            {
                return _health with
                {
                    State = State, Watched = _watches.Count, NotWatched = _watches.Refused,
                    Republished = subscription?.Republished ?? 0, Lost = subscription?.Lost ?? 0,
                };
            }
        }
    }

    /// <inheritdoc/>
    public void Start()
    {
        lock (_gate)
        {
            if (State != LinkState.Stopped || _stopping.IsCancellationRequested)
            {
                return;
            }

            State = LinkState.Down;
        }

        StateChanged?.Invoke(LinkState.Down);
        _loop = StayConnected();
    }

    /// <inheritdoc/>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await _loop;
        _watches.Clear();
        Change(LinkState.Stopped);
    }

    /// <summary>Breaks the connection without a word, as a pulled cable does; the link comes back by itself.</summary>
    public void Cut() => _machine?.Client.Cut();

    /// <inheritdoc/>
    public void Watch(params ImmutableArray<WatchedNode> nodes)
    {
        _watches.Add(nodes);
        WatchNow();
    }

    /// <inheritdoc/>
    public void WatchEvents(string path, params ImmutableArray<string> fields)
    {
        _watches.Add(path, fields);
        WatchNow();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop();
        _stopping.Dispose();
    }

    private async Task StayConnected()
    {
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (await TryConnect())
            {
                failures = 0;
                Change(LinkState.Up);
                LogUp(_options.EndpointUrl, _options.Machine);
                WatchNow();
                await LookAfter(_lost.Task);
                if (_stopping.IsCancellationRequested)
                {
                    break;
                }

                Change(LinkState.Down);
                LogDown(_options.EndpointUrl);
            }

            await Task.Delay(_options.Backoff.After(++failures, _chance), _clock, _stopping.Token).ConfigureAwait(Quietly);
        }

        if (_machine is { } last)
        {
            await last.Client.DisposeAsync();
        }
    }

    /// <summary>Goes on with the session that is there, or begins one.</summary>
    private async Task<bool> TryConnect()
    {
        try
        {
            if (_machine is { MustBeLeft: false } known && await known.GoOn(_watches, _stopping.Token))
            {
                Count(health => health with { Reconnects = health.Reconnects + 1 });
                return true;
            }

            if (_machine is { } old)
            {
                _machine = null;
                await old.Client.DisposeAsync();
            }

            _machine = await RemoteMachine.Connect(_options, _application, _watches, _clock, () => _lost.TrySetResult(), _stopping.Token);
            Count(health => health with { Sessions = health.Sessions + 1 });
            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // Whatever the server, its certificate or the network says, the answer is to try again later.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Count(health => health with { Failures = health.Failures + 1, LastFailure = failure.Message });
            LogFailed(_options.EndpointUrl, failure.Message);
            return false;
        }
    }

    /// <summary>Until the connection is lost, asks now and then whether the server still answers.</summary>
    private async Task LookAfter(Task lost)
    {
        while (!lost.IsCompleted && !_stopping.IsCancellationRequested)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            var pause = Task.Delay(_options.KeepAlive, _clock, either.Token);
            await Task.WhenAny(lost, pause);
            await either.CancelAsync();
            await pause.ConfigureAwait(Quietly);
            if (!lost.IsCompleted && !_stopping.IsCancellationRequested && !await _machine!.Answers(_stopping.Token))
            {
                Cut();
                return;
            }
        }
    }

    /// <summary>Watches what came since; when that fails the session is begun anew, with all of it.</summary>
    private async void WatchNow()
    {
        if (State != LinkState.Up || _machine is not { } machine)
        {
            return;
        }

        try
        {
            await machine.WatchNew(_watches, _stopping.Token);
        }
        catch (Exception failure) when (failure is OpcUaException or OperationCanceledException)
        {
            machine.MustBeLeft = true;
            machine.Client.Cut();
        }
    }

    private void Count(Func<OpcUaLinkHealth, OpcUaLinkHealth> count)
    {
        lock (_gate)
        {
            _health = count(_health);
        }
    }

    private void Change(LinkState state)
    {
        lock (_gate)
        {
            if (State == state)
            {
                return;
            }

            State = state;
        }

        StateChanged?.Invoke(state);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Endpoint}: up, {Machine}")]
    private partial void LogUp(string endpoint, string machine);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Endpoint}: lost")]
    private partial void LogDown(string endpoint);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Endpoint}: not connected: {Reason}")]
    private partial void LogFailed(string endpoint, string reason);
}
