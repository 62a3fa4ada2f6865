using System.Collections.Immutable;
using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Devices.Links.Memory;

/// <summary>
/// A broker in memory with the behaviour that our links count on: wildcards, retained messages, sessions that outlive
/// a connection, wills, QoS 1 until acknowledged. Deliveries run on the clock's timers, one at a time. Faults are
/// drawn by <see cref="Fault"/> and <see cref="Cut"/>.
/// </summary>
public sealed class MemoryMqttBroker : IMqttBroker
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MemorySession> _sessions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, MqttMessage> _retained = new(StringComparer.Ordinal);
    private readonly MemoryMqttOptions _options;
    private readonly MemoryWire _wire;
    private bool _running;
    private long _published;

    /// <summary>A broker on a clock; it must be started.</summary>
    public MemoryMqttBroker(TimeProvider clock, MemoryMqttOptions? options = null)
    {
        Clock = clock;
        _options = options ?? new MemoryMqttOptions();
        _wire = new MemoryWire(clock);
    }

    /// <summary>What happens to each hop; asked once a hop, in order. Null is nothing.</summary>
    public Func<MqttHop, MqttFault>? Fault { get; set; }

    /// <inheritdoc/>
    public int Port => 0;

    /// <inheritdoc/>
    public MqttBrokerHealth Health
    {
        get
        {
            lock (_gate)
            {
                return new MqttBrokerHealth(
                    0, Clients: _sessions.Values.Count(session => session.Link is not null), Retained: _retained.Count, Published: _published, QueueShed: Shed);
            }
        }
    }

    /// <summary>How many deliveries were dropped because a client's queue was full.</summary>
    public long Shed { get; private set; }

    internal TimeProvider Clock { get; }

    internal bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <inheritdoc/>
    public Task Start()
    {
        lock (_gate)
        {
            _running = true;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Stop()
    {
        ImmutableArray<MemoryMqttLink> links;
        lock (_gate)
        {
            _running = false;
            links = [.. _sessions.Values.Select(session => session.Link).OfType<MemoryMqttLink>()];
            _sessions.Clear();
            _retained.Clear();
        }

        foreach (var link in links)
        {
            link.Lost();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Cut(string clientId)
    {
        MemoryMqttLink? link;
        lock (_gate)
        {
            link = _sessions.GetValueOrDefault(clientId)?.Link;
        }

        if (link is not null)
        {
            Disconnect(link, graceful: false);
            link.Lost();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Stop();

    /// <summary>Takes a connection over, as a broker does when a client id connects again.</summary>
    internal bool Connect(MemoryMqttLink link)
    {
        MemoryMqttLink? former;
        lock (_gate)
        {
            if (!_running)
            {
                return false;
            }

            var session = SessionOf(link.ClientId);
            former = session.Link == link ? null : session.Link;
            session.Link = link;
            session.Connection++;
        }

        former?.Lost();
        return true;
    }

    /// <summary>Sends again what the client did not acknowledge; called first on a new connection. True when the session was known before.</summary>
    internal bool Resume(MemoryMqttLink link)
    {
        lock (_gate)
        {
            var session = SessionOf(link.ClientId);
            foreach (var (number, message) in session.Unacknowledged)
            {
                Hand(session, number, message);
            }

            return session.Connection > 1;
        }
    }

    internal void Subscribe(MemoryMqttLink link, string filter, MqttQos qos)
    {
        lock (_gate)
        {
            var session = SessionOf(link.ClientId);
            session.Filters[filter] = qos;
            foreach (var message in _retained.Values.Where(message => TopicFilter.Matches(filter, message.Topic)))
            {
                Deliver(session, message with { Retain = true, Qos = Lower(message.Qos, qos) });
            }
        }
    }

    internal void Unsubscribe(MemoryMqttLink link, string filter)
    {
        lock (_gate)
        {
            SessionOf(link.ClientId).Filters.Remove(filter);
        }
    }

    /// <summary>A client publishes; <paramref name="arrived"/> follows once the broker has it.</summary>
    internal void Publish(MemoryMqttLink link, MqttMessage message, Action? arrived)
    {
        lock (_gate)
        {
            Inbound(SessionOf(link.ClientId), message, arrived);
        }
    }

    internal void Disconnect(MemoryMqttLink link, bool graceful)
    {
        lock (_gate)
        {
            if (_sessions.GetValueOrDefault(link.ClientId) is { } session && session.Link == link)
            {
                session.Link = null;
                session.Connection++;
                if (!graceful && link.Will is { } will)
                {
                    _wire.Post(_wire.NowTicks, () => Route(will));
                }
            }
        }
    }

    /// <summary>A client says good-bye, with last words if it has some: the will is not sent.</summary>
    internal void Leave(MemoryMqttLink link, MqttMessage? words)
    {
        Disconnect(link, graceful: true);
        if (words is not null)
        {
            _wire.Post(_wire.NowTicks, () => Route(words));
        }
    }

    private void Inbound(MemorySession session, MqttMessage message, Action? arrived)
    {
        var connection = session.Connection;
        var fault = Fault?.Invoke(new MqttHop(session.ClientId, true, message)) ?? MqttFault.None;
        for (var copy = 0; copy < fault.Copies; copy++)
        {
            _wire.Post(session.DueInbound(_wire.NowTicks, _options.Latency, fault.Delay), () =>
            {
                if (session.Connection == connection)
                {
                    Route(message);
                    arrived?.Invoke();
                }
            });
        }

        if (fault.Copies == 0 && message.Qos == MqttQos.AtLeastOnce)
        {
            _wire.Post(_wire.NowTicks + _options.RepeatAfter.Ticks, () =>
            {
                lock (_gate)
                {
                    if (session.Connection == connection)
                    {
                        Inbound(session, message, arrived);
                    }
                }
            });
        }
    }

    private void Route(MqttMessage message)
    {
        lock (_gate)
        {
            if (!_running)
            {
                return;
            }

            _published++;
            if (message.Retain && message.Payload.IsEmpty)
            {
                _retained.Remove(message.Topic);
            }
            else if (message.Retain)
            {
                _retained[message.Topic] = message;
            }

            foreach (var session in _sessions.Values)
            {
                if (session.QosOf(message.Topic) is { } qos)
                {
                    Deliver(session, message with { Retain = false, Qos = Lower(message.Qos, qos) });
                }
            }
        }
    }

    private void Deliver(MemorySession session, MqttMessage message)
    {
        var number = session.NextNumber++;
        if (message.Qos == MqttQos.AtLeastOnce)
        {
            if (session.Unacknowledged.Count >= _options.QueuePerClient)
            {
                session.Unacknowledged.Remove(session.Unacknowledged.Keys.First());
                Shed++;
            }

            session.Unacknowledged.Add(number, message);
        }

        Hand(session, number, message);
    }

    private void Hand(MemorySession session, long number, MqttMessage message)
    {
        if (session.Link is not { } link)
        {
            return;
        }

        var connection = session.Connection;
        var fault = Fault?.Invoke(new MqttHop(session.ClientId, false, message)) ?? MqttFault.None;
        for (var copy = 0; copy < fault.Copies; copy++)
        {
            _wire.Post(session.DueOutbound(_wire.NowTicks, _options.Latency, fault.Delay), () =>
            {
                if (session.Connection == connection)
                {
                    _ = Hear(session, connection, link, number, message);
                }
            });
        }

        if (fault.Copies == 0 && message.Qos == MqttQos.AtLeastOnce)
        {
            _wire.Post(_wire.NowTicks + _options.RepeatAfter.Ticks, () =>
            {
                lock (_gate)
                {
                    if (session.Connection == connection && session.Unacknowledged.ContainsKey(number))
                    {
                        Hand(session, number, message);
                    }
                }
            });
        }
    }

    private async Task Hear(MemorySession session, long connection, MemoryMqttLink link, long number, MqttMessage message)
    {
        var heard = await link.Hear(message);
        lock (_gate)
        {
            if (heard && session.Connection == connection)
            {
                session.Unacknowledged.Remove(number);
            }
        }
    }

    private MemorySession SessionOf(string clientId)
    {
        if (!_sessions.TryGetValue(clientId, out var session))
        {
            _sessions.Add(clientId, session = new MemorySession(clientId));
        }

        return session;
    }

    private static MqttQos Lower(MqttQos one, MqttQos other) => one < other ? one : other;
}
