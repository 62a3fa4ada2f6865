using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// Lets many devices share a few wildcard subscriptions of one link: a message is handed to the one handler of its exact
/// topic by a look-up, so a thousand devices cost the broker no more than one. Each device speaks through a part of its
/// own (<see cref="ForDevice"/>), which is taken back as a whole when the device is removed.
/// </summary>
public sealed class TopicExchange
{
    private readonly Table _table;
    private readonly Lock _gate = new();
    private readonly List<string> _topics = [];
    private readonly List<string> _filters = [];
    private readonly List<Action<LinkState>> _watching = [];

    /// <summary>An exchange over a link.</summary>
    /// <param name="link">The link that is shared.</param>
    public TopicExchange(IMqttLink link) : this(new Table(link)) { }

    private TopicExchange(Table table) => _table = table;

    /// <summary>The link itself: to publish, and to see its state.</summary>
    public IMqttLink Link => _table.Link;

    /// <summary>How many messages came for topics that nobody listens to.</summary>
    public long Unclaimed => Interlocked.Read(ref _table.Unclaimed);

    /// <summary>A part of it for one device.</summary>
    public TopicExchange ForDevice() => new(_table);

    /// <summary>Takes messages of exactly <paramref name="topic"/> to <paramref name="handler"/>, by the wildcard subscription <paramref name="via"/> that it shares with others. One handler a topic.</summary>
    public async Task Listen(string topic, string via, MqttQos qos, Func<MqttMessage, Task> handler)
    {
        if (!TopicFilter.IsTopic(topic) || !TopicFilter.Matches(via, topic))
        {
            throw new ArgumentException($"topic '{topic}' is not one of '{via}'", nameof(topic));
        }

        if (!_table.Handlers.TryAdd(topic, handler))
        {
            throw new InvalidOperationException($"topic '{topic}' has a handler already: two devices cannot share it");
        }

        lock (_gate)
        {
            _topics.Add(topic);
        }

        var late = await Via(via, qos);
        if (late && Link.State == LinkState.Up && via != topic)
        {
            // The shared subscription's retained messages came before anybody listened here: this topic's are asked for
            // again, and come before the broker's answer to the second request.
            await Link.Subscribe(topic, qos, static _ => Task.CompletedTask);
            await Link.Unsubscribe(topic);
        }
    }

    /// <summary>
    /// Takes messages of all topics of <paramref name="filter"/> to <paramref name="handler"/>, beside whoever else does:
    /// for devices whose topics are not known one by one, or that share a topic.
    /// </summary>
    public Task ListenAll(string filter, string via, MqttQos qos, Func<MqttMessage, Task> handler)
    {
        if (!TopicFilter.IsFilter(filter) || !TopicFilter.IsFilter(via))
        {
            throw new ArgumentException($"'{filter}' or '{via}' is not a topic filter", nameof(filter));
        }

        _table.Add((this, filter, handler));
        return Via(via, qos);
    }

    /// <summary>Has <paramref name="changed"/> told of each change of the link's state, as long as this part lives.</summary>
    public void WatchLink(Action<LinkState> changed)
    {
        lock (_gate)
        {
            _watching.Add(changed);
        }

        Link.StateChanged += changed;
    }

    /// <summary>Nothing that this part listened to is heard any more; subscriptions that nobody else shares end at the broker.</summary>
    public async Task Forget()
    {
        string[] filters;
        lock (_gate)
        {
            foreach (var topic in _topics)
            {
                _table.Handlers.TryRemove(topic, out _);
            }

            _topics.Clear();
            foreach (var changed in _watching)
            {
                Link.StateChanged -= changed;
            }

            _watching.Clear();
            filters = [.. _filters];
            _filters.Clear();
        }

        _table.Remove(this);
        foreach (var filter in filters)
        {
            await _table.Leave(filter);
        }
    }

    private Task<bool> Via(string filter, MqttQos qos)
    {
        lock (_gate)
        {
            _filters.Add(filter);
        }

        return _table.Via(filter, qos);
    }

    private sealed class Table(IMqttLink link)
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, (int Sharing, Task Asked)> _filters = new(StringComparer.Ordinal);
        private ImmutableArray<(TopicExchange Part, string Filter, Func<MqttMessage, Task> Handler)> _patterns = [];

        public long Unclaimed;

        public IMqttLink Link => link;

        public ConcurrentDictionary<string, Func<MqttMessage, Task>> Handlers { get; } = new(StringComparer.Ordinal);

        /// <summary>Shares a subscription, and asks for it when it is the first; true when others had it before.</summary>
        public async Task<bool> Via(string filter, MqttQos qos)
        {
            Task asked;
            bool late;
            lock (_gate)
            {
                late = _filters.TryGetValue(filter, out var known);
                asked = late ? known.Asked : link.Subscribe(filter, qos, Dispatch);
                _filters[filter] = (known.Sharing + 1, asked);
            }

            await asked;
            return late;
        }

        /// <summary>Shares it no more; the last one ends it.</summary>
        public Task Leave(string filter)
        {
            lock (_gate)
            {
                var (sharing, asked) = _filters[filter];
                if (sharing > 1)
                {
                    _filters[filter] = (sharing - 1, asked);
                    return Task.CompletedTask;
                }

                _filters.Remove(filter);
                return link.Unsubscribe(filter);
            }
        }

        public void Add((TopicExchange Part, string Filter, Func<MqttMessage, Task> Handler) pattern)
        {
            lock (_gate)
            {
                _patterns = _patterns.Add(pattern);
            }
        }

        public void Remove(TopicExchange part)
        {
            lock (_gate)
            {
                _patterns = _patterns.RemoveAll(pattern => pattern.Part == part);
            }
        }

        private Task Dispatch(MqttMessage message)
        {
            var exact = Handlers.TryGetValue(message.Topic, out var handler) ? handler(message) : null;
            var patterns = _patterns;
            if (!patterns.IsEmpty)
            {
                return DispatchAll(message, exact, patterns);
            }

            if (exact is null)
            {
                Interlocked.Increment(ref Unclaimed);
            }

            return exact ?? Task.CompletedTask;
        }

        private async Task DispatchAll(
            MqttMessage message, Task? exact, ImmutableArray<(TopicExchange Part, string Filter, Func<MqttMessage, Task> Handler)> patterns)
        {
            Task[] all = [.. patterns.Where(pattern => TopicFilter.Matches(pattern.Filter, message.Topic)).Select(pattern => pattern.Handler(message))];
            if (exact is null && all.Length == 0)
            {
                Interlocked.Increment(ref Unclaimed);
            }

            await (exact ?? Task.CompletedTask);
            foreach (var one in all)
            {
                await one;
            }
        }
    }
}
