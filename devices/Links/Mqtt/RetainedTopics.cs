using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>The retained messages as they are to be kept: a copy of the broker's own, with a bound and a mark that something changed.</summary>
/// <param name="most">Most topics.</param>
internal sealed class RetainedTopics(int most)
{
    private readonly ConcurrentDictionary<string, MqttMessage> _messages = new(StringComparer.Ordinal);
    private int _changed;

    public int Count => _messages.Count;

    /// <summary>True when the topic has a message or there is room for one more.</summary>
    public bool HasRoomFor(string topic) => _messages.ContainsKey(topic) || _messages.Count < most;

    /// <summary>Keeps a topic's message, or forgets it when it is empty.</summary>
    public void Set(MqttMessage message)
    {
        if (message.Payload.IsEmpty)
        {
            _messages.TryRemove(message.Topic, out _);
        }
        else
        {
            _messages[message.Topic] = message;
        }

        Interlocked.Exchange(ref _changed, 1);
    }

    /// <summary>All of them, by topic, if something changed since this was last asked; else null.</summary>
    public ImmutableArray<MqttMessage>? TakeChanged() => Interlocked.Exchange(ref _changed, 0) == 1 ? All() : null;

    /// <summary>Has them written again: the last time failed.</summary>
    public void NotKept() => Interlocked.Exchange(ref _changed, 1);

    public ImmutableArray<MqttMessage> All() => [.. _messages.Values.OrderBy(message => message.Topic, StringComparer.Ordinal)];
}
