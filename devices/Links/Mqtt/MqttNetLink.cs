using System.Buffers;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// A link on MQTTnet. One loop connects, subscribes again, waits for the loss and backs off; a second one hands what
/// came to its handlers, in order; publishing goes on beside them. An acknowledgement is only sent on the connection on
/// which its message came: after a reconnect the broker sends what is open again, under numbers of its own.
/// </summary>
public sealed partial class MqttNetLink : IMqttLink
{
    private readonly Lock _gate = new();
    private readonly MqttLinkOptions _options;
    private readonly TimeProvider _clock;
    private readonly Random _chance;
    private readonly ILogger _log;
    private readonly IMqttClient _client;
    private readonly InFlight _inFlight;
    private readonly Intake<Heard> _intake;
    private readonly LinkCounts _counts = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Subscriptions _subscriptions = new();
    private readonly SemaphoreSlim _telling = new(1, 1);
    private readonly HashSet<Subscription> _told = [];
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _connection;
    private Moment _since;
    private Task _loops = Task.CompletedTask;

    /// <summary>A link that is not started yet.</summary>
    /// <param name="options">Where and how to connect.</param>
    /// <param name="clock">The real clock: back-off, lag.</param>
    /// <param name="chance">Draws the jitter of the back-off.</param>
    /// <param name="log">Told of connections and losses.</param>
    public MqttNetLink(MqttLinkOptions options, TimeProvider clock, Random chance, ILogger? log = null)
    {
        _options = options;
        _clock = clock;
        _chance = chance;
        _log = log ?? NullLogger.Instance;
        _inFlight = new InFlight(options.InFlight);
        _intake = new Intake<Heard>(options.TelemetryWaiting, clock);
        _client = new MqttClientFactory().CreateMqttClient();
        _client.DisconnectedAsync += OnLost;
        _client.ApplicationMessageReceivedAsync += OnMessage;
        if (options.Presence is { } presence)
        {
            _subscriptions.Add(new Subscription(presence.Topic, MqttQos.AtMostOnce, OnPresence));
        }
    }

    /// <inheritdoc/>
    public event Action<LinkState>? StateChanged;

    /// <inheritdoc/>
    public LinkState State { get; private set; }

    /// <inheritdoc/>
    public MqttLinkHealth Health => _counts.Health(State) with
    {
        Out = _inFlight.Out, WaitingOut = _inFlight.Waiting, WaitingIn = _intake.Count, Shed = _intake.Shed, Lag = _intake.Lag,
    };

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
        _loops = Task.WhenAll(StayConnected(), HandOut());
    }

    /// <inheritdoc/>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        _intake.Close();
        await _loops;
        try
        {
            if (_client.IsConnected)
            {
                await SayPresence(online: false);
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None);
            }
        }
        catch (MqttCommunicationException)
        {
            // The broker has gone first, unnoticed so far: there is nobody left to say goodbye to.
        }

        Change(LinkState.Stopped);
    }

    /// <inheritdoc/>
    public async Task Publish(MqttMessage message, CancellationToken cancellation = default)
    {
        if (!TopicFilter.IsTopic(message.Topic))
        {
            throw new ArgumentException($"'{message.Topic}' is not a topic", nameof(message));
        }

        var bounded = message.Qos == MqttQos.AtLeastOnce;
        if (bounded)
        {
            await _inFlight.Take();
        }

        try
        {
            ThrowUnlessUp(message.Topic);
            var result = await _client.PublishAsync(MqttNetClientOptions.Of(message), cancellation);
            if (!result.IsSuccess)
            {
                throw new LinkDownException($"the broker refused {message.Topic}: {result.ReasonCode} {result.ReasonString}");
            }

            _counts.Published();
        }
        catch (LinkDownException)
        {
            _counts.PublishFailed();
            throw;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ArgumentException))
        {
            _counts.PublishFailed();
            throw new LinkDownException($"{message.Topic} was not confirmed: {failure.Message}", failure);
        }
        finally
        {
            if (bounded)
            {
                _inFlight.Give();
            }
        }
    }

    /// <inheritdoc/>
    public async Task Subscribe(string filter, MqttQos qos, Func<MqttMessage, Task> handler)
    {
        if (!TopicFilter.IsFilter(filter))
        {
            throw new ArgumentException($"'{filter}' is not a topic filter", nameof(filter));
        }

        _subscriptions.Add(new Subscription(filter, qos, handler));
        await TellWhileUp();
    }

    /// <inheritdoc/>
    public async Task Unsubscribe(string filter)
    {
        if (_subscriptions.Remove(filter))
        {
            await TellWhileUp();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop();
        _client.Dispose();
        _stopping.Dispose();
        _telling.Dispose();
    }

    private async Task StayConnected()
    {
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            var lost = await TryConnect();
            if (lost is null)
            {
                failures++;
            }
            else
            {
                failures = 1;
                Change(LinkState.Up);
                LogUp(_options.ClientId, _options.Host, _options.Port);
                await TellWhileUp();
                await lost.WaitAsync(_stopping.Token).ConfigureAwait(Quietly);
                if (_stopping.IsCancellationRequested)
                {
                    return;
                }

                Change(LinkState.Down);
                LogDown(_options.ClientId);
            }

            await Task.Delay(_options.Backoff.After(failures, _chance), _clock, _stopping.Token).ConfigureAwait(Quietly);
        }
    }

    private const ConfigureAwaitOptions Quietly =
        ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing;

    /// <summary>Connects and subscribes; gives the task that ends with the connection, or null.</summary>
    private async Task<Task?> TryConnect()
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref _connection);
        _lost = lost;
        _since = Moment.Of(_clock.GetUtcNow());
        try
        {
            var will = _options.Presence?.Say(online: false, _since) ?? _options.Will;
            var result = await _client.ConnectAsync(MqttNetClientOptions.Of(_options, will), _stopping.Token);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                _counts.Refused($"{result.ResultCode} {result.ReasonString}");
                LogRefused(_options.ClientId, result.ResultCode, result.ReasonString);
                return null;
            }

            await TellBroker(anew: true);
            await SayPresence(online: true);
            _counts.Connected(result.IsSessionPresent);
            return lost.Task;
        }
#pragma warning disable CA1031 // Whatever the library or the network says, the answer is to try again later.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _counts.Failed(failure.Message);
            LogFailed(_options.ClientId, failure.Message);
            return null;
        }
    }

    /// <summary>A broker that does not let us say it leaves the link as it is.</summary>
    private async Task SayPresence(bool online)
    {
        if (_options.Presence?.Say(online, _since) is { } said
            && await _client.PublishAsync(MqttNetClientOptions.Of(said), CancellationToken.None) is { IsSuccess: false } refused)
        {
            _counts.Refused($"{said.Topic}: {refused.ReasonCode} {refused.ReasonString}");
            LogPresence(_options.ClientId, said.Topic, refused.ReasonCode);
        }
    }

    /// <summary>The will of a connection that was thought lost may come after the next one has said that it is there.</summary>
    private Task OnPresence(MqttMessage message) =>
        !_stopping.IsCancellationRequested && _options.Presence!.SaysAway(message) ? SayPresence(online: true) : Task.CompletedTask;

    /// <summary>Tells the broker while there is one; when it is lost meanwhile, the next connection does.</summary>
    private async Task TellWhileUp()
    {
        if (State != LinkState.Up)
        {
            return;
        }

        try
        {
            await TellBroker(anew: false);
        }
        catch (Exception lost) when (lost is MqttCommunicationException or OperationCanceledException)
        {
            LogFailed(_options.ClientId, lost.Message);
        }
    }

    /// <summary>
    /// Brings the broker up to date with what is wanted, of which a new connection knows nothing. One after another: a
    /// subscription that its own end overtakes would stay.
    /// </summary>
    private async Task TellBroker(bool anew)
    {
        await _telling.WaitAsync();
        try
        {
            if (anew)
            {
                _told.Clear();
            }

            ImmutableArray<Subscription> wanted = _subscriptions.Wanted;
            await SubscribeOnWire([.. wanted.Where(one => !_told.Contains(one))]);
            _told.Clear();
            _told.UnionWith(wanted);
            foreach (var filter in _subscriptions.Unwanted)
            {
                await _client.UnsubscribeAsync(filter, CancellationToken.None);
                _subscriptions.Told(filter);
            }
        }
        finally
        {
            _telling.Release();
        }
    }

    private async Task SubscribeOnWire(ImmutableArray<Subscription> subscriptions)
    {
        if (subscriptions.IsEmpty)
        {
            return;
        }

        var options = new MqttClientSubscribeOptions();
        foreach (var subscription in subscriptions)
        {
            options.TopicFilters.Add(new() { Topic = subscription.Filter, QualityOfServiceLevel = (MqttQualityOfServiceLevel)subscription.Qos });
        }

        var result = await _client.SubscribeAsync(options, CancellationToken.None);
        foreach (var refused in result.Items.Where(item => (int)item.ResultCode >= 0x80))
        {
            _counts.Refused($"subscription to {refused.TopicFilter.Topic}: {refused.ResultCode}");
            LogNotSubscribed(_options.ClientId, refused.TopicFilter.Topic, refused.ResultCode);
        }
    }

    private Task OnLost(MqttClientDisconnectedEventArgs lost)
    {
        _lost.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Called by the library for one message after another: only takes it in, so that reading goes on.</summary>
    private Task OnMessage(MqttApplicationMessageReceivedEventArgs received)
    {
        received.AutoAcknowledge = false;
        var wire = received.ApplicationMessage;
        var message = new MqttMessage(wire.Topic, wire.Payload.ToArray(), (MqttQos)Math.Min(1, (int)wire.QualityOfServiceLevel), wire.Retain);
        _counts.Heard(message.Qos);
        _intake.Add(new Heard(received, message, Interlocked.Read(ref _connection)), message.Qos == MqttQos.AtMostOnce);
        return Task.CompletedTask;
    }

    /// <summary>Begins one handling after another; none waits for the end of an earlier one.</summary>
    private async Task HandOut()
    {
        while (await _intake.Some())
        {
            while (_intake.TryTake(out var heard))
            {
                _ = Handle(heard);
            }
        }
    }

    private async Task Handle(Heard heard)
    {
        var (received, message, connection) = heard;
        try
        {
            foreach (var subscription in _subscriptions.Wanted)
            {
                if (TopicFilter.Matches(subscription.Filter, message.Topic))
                {
                    await subscription.Handler(message);
                }
            }

            if (message.Qos == MqttQos.AtLeastOnce && Interlocked.Read(ref _connection) == connection)
            {
                await received.AcknowledgeAsync(_stopping.Token);
            }
        }
#pragma warning disable CA1031 // The one seam behind all handlers: a failed one leaves its message unacknowledged.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _counts.NotTaken();
            LogNotTaken(failure, message.Topic);
        }
        finally
        {
            _counts.Handled(message.Qos);
        }
    }

    private void ThrowUnlessUp(string topic)
    {
        if (State != LinkState.Up)
        {
            throw new LinkDownException($"{_options.ClientId} is {State}: {topic} was not published");
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

    private sealed record Heard(MqttApplicationMessageReceivedEventArgs Received, MqttMessage Message, long Connection);
}
