using System.Collections.Immutable;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Links.Memory;

/// <summary>A client of <see cref="MemoryMqttBroker"/>: the same contract as the real link, on the broker's clock.</summary>
public sealed class MemoryMqttLink : IMqttLink
{
    private readonly Lock _gate = new();
    private readonly MemoryMqttBroker _broker;
    private readonly MqttLinkOptions _options;
    private readonly Random _chance;
    private readonly HashSet<TaskCompletionSource> _unconfirmed = [];
    private readonly Subscriptions _subscriptions = new();
    private readonly LinkCounts _counts = new();
    private ITimer? _retry;
    private int _failures;
    private Moment _since;

    /// <summary>A client that is not started yet.</summary>
    public MemoryMqttLink(MemoryMqttBroker broker, MqttLinkOptions options, Random chance)
    {
        _broker = broker;
        _options = options;
        _chance = chance;
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
    public MqttLinkHealth Health => _counts.Health(State) with { Out = _unconfirmed.Count };

    /// <summary>The last handler's failure; the message it failed on was not acknowledged.</summary>
    public Exception? LastFailure { get; private set; }

    internal string ClientId => _options.ClientId;

    internal MqttMessage? Will => _options.Presence?.Say(online: false, _since) ?? _options.Will;

    /// <inheritdoc/>
    public void Start()
    {
        if (State == LinkState.Stopped)
        {
            Change(LinkState.Down);
            TryConnect();
        }
    }

    /// <inheritdoc/>
    public async Task Stop()
    {
        if (State == LinkState.Stopped)
        {
            return;
        }

        if (_retry is { } retry)
        {
            _retry = null;
            await retry.DisposeAsync();
        }

        _broker.Leave(this, _options.Presence?.Say(online: false, _since));
        Change(LinkState.Stopped);
        FailUnconfirmed();
    }

    /// <inheritdoc/>
    public Task Publish(MqttMessage message, CancellationToken cancellation = default)
    {
        if (!TopicFilter.IsTopic(message.Topic))
        {
            throw new ArgumentException($"'{message.Topic}' is not a topic", nameof(message));
        }

        if (State != LinkState.Up)
        {
            return Task.FromException(new LinkDownException($"{ClientId} is {State}: {message.Topic} was not published"));
        }

        if (message.Qos == MqttQos.AtMostOnce)
        {
            _broker.Publish(this, message, null);
            _counts.Published();
            return Task.CompletedTask;
        }

        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _unconfirmed.Add(confirmed);
        }

        _broker.Publish(this, message, () =>
        {
            lock (_gate)
            {
                _unconfirmed.Remove(confirmed);
            }

            if (confirmed.TrySetResult())
            {
                _counts.Published();
            }
        });
        return Confirmed(confirmed, cancellation);
    }

    /// <inheritdoc/>
    public Task Subscribe(string filter, MqttQos qos, Func<MqttMessage, Task> handler)
    {
        if (!TopicFilter.IsFilter(filter))
        {
            throw new ArgumentException($"'{filter}' is not a topic filter", nameof(filter));
        }

        _subscriptions.Add(new Subscription(filter, qos, handler));
        if (State == LinkState.Up)
        {
            _broker.Subscribe(this, filter, qos);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Unsubscribe(string filter)
    {
        if (_subscriptions.Remove(filter) && State == LinkState.Up)
        {
            UnsubscribeAtBroker();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Stop();

    /// <summary>Hands a message to its handlers; true when all of them took it.</summary>
    internal async Task<bool> Hear(MqttMessage message)
    {
        _counts.Heard(message.Qos);
        try
        {
            foreach (var subscription in _subscriptions.Wanted)
            {
                if (TopicFilter.Matches(subscription.Filter, message.Topic))
                {
                    await subscription.Handler(message);
                }
            }

            return true;
        }
#pragma warning disable CA1031 // A handler's failure is data here: the message stays unacknowledged.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LastFailure = failure;
            _counts.NotTaken();
            return false;
        }
        finally
        {
            _counts.Handled(message.Qos);
        }
    }

    /// <summary>The broker has dropped the connection.</summary>
    internal void Lost()
    {
        if (State != LinkState.Up)
        {
            return;
        }

        Change(LinkState.Down);
        FailUnconfirmed();
        RetryLater();
    }

    private void TryConnect()
    {
        if (State != LinkState.Down)
        {
            return;
        }

        _since = Moment.Of(_broker.Clock.GetUtcNow());
        if (!_broker.Connect(this))
        {
            RetryLater();
            return;
        }

        _failures = 0;
        _counts.Connected(_broker.Resume(this));
        foreach (var subscription in _subscriptions.Wanted)
        {
            _broker.Subscribe(this, subscription.Filter, subscription.Qos);
        }

        UnsubscribeAtBroker();
        SayPresence(online: true);
        Change(LinkState.Up);
    }

    private void SayPresence(bool online)
    {
        if (_options.Presence is { } presence)
        {
            _broker.Publish(this, presence.Say(online, _since), null);
        }
    }

    private Task OnPresence(MqttMessage message)
    {
        if (State != LinkState.Stopped && _options.Presence!.SaysAway(message))
        {
            SayPresence(online: true);
        }

        return Task.CompletedTask;
    }

    private void UnsubscribeAtBroker()
    {
        foreach (var filter in _subscriptions.Unwanted)
        {
            _broker.Unsubscribe(this, filter);
            _subscriptions.Told(filter);
        }
    }

    private void RetryLater()
    {
        _retry?.Dispose();
        _retry = _broker.Clock.CreateTimer(
            _ => TryConnect(), null, _options.Backoff.After(++_failures, _chance), Timeout.InfiniteTimeSpan);
    }

    private static async Task Confirmed(TaskCompletionSource confirmed, CancellationToken cancellation)
    {
        await using var cancelled = cancellation.Register(() => confirmed.TrySetCanceled(cancellation));
        await confirmed.Task;
    }

    private void FailUnconfirmed()
    {
        ImmutableArray<TaskCompletionSource> lost;
        lock (_gate)
        {
            lost = [.. _unconfirmed];
            _unconfirmed.Clear();
        }

        foreach (var confirmed in lost)
        {
            _counts.PublishFailed();
            confirmed.TrySetException(new LinkDownException($"{ClientId} lost its connection before the broker confirmed"));
        }
    }

    private void Change(LinkState state)
    {
        State = state;
        StateChanged?.Invoke(state);
    }
}
