using System.Collections.Concurrent;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// Lets many devices share a few wildcard subscriptions of one link: a message is handed to the one handler of its exact
/// topic by a look-up, so a thousand devices cost the broker no more than one.
/// </summary>
/// <param name="link">The link that is shared.</param>
public sealed class TopicExchange(IMqttLink link)
{
    private readonly ConcurrentDictionary<string, Func<MqttMessage, Task>> _handlers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _filters = new(StringComparer.Ordinal);
    private long _unclaimed;

    /// <summary>The link itself: to publish, and to see its state.</summary>
    public IMqttLink Link => link;

    /// <summary>How many messages came for topics that nobody listens to.</summary>
    public long Unclaimed => Interlocked.Read(ref _unclaimed);

    /// <summary>Takes messages of exactly <paramref name="topic"/> to <paramref name="handler"/>, by the wildcard subscription <paramref name="via"/> that it shares with others. One handler a topic.</summary>
    public Task Listen(string topic, string via, MqttQos qos, Func<MqttMessage, Task> handler)
    {
        if (!TopicFilter.IsTopic(topic) || !TopicFilter.Matches(via, topic))
        {
            throw new ArgumentException($"topic '{topic}' is not one of '{via}'", nameof(topic));
        }

        if (!_handlers.TryAdd(topic, handler))
        {
            throw new InvalidOperationException($"topic '{topic}' has a handler already: two devices cannot share it");
        }

        return _filters.GetOrAdd(via, static (filter, at) => at.Link.Subscribe(filter, at.Qos, at.Self.Dispatch), (Link: link, Qos: qos, Self: this));
    }

    private Task Dispatch(MqttMessage message)
    {
        if (_handlers.TryGetValue(message.Topic, out var handler))
        {
            return handler(message);
        }

        Interlocked.Increment(ref _unclaimed);
        return Task.CompletedTask;
    }
}
