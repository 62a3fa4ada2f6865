namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// A connection to a broker for one side of the house; many devices share it. Its life: subscribe what is wanted,
/// start, and from then on it connects, subscribes again after every loss, and reports each change of state. The
/// broker keeps the session of a lost client for a while, so QoS 1 messages wait there.
/// </summary>
public interface IMqttLink : IAsyncDisposable
{
    /// <summary>Whether it can be used now.</summary>
    LinkState State { get; }

    /// <summary>How it is: counts, what is out and what waits.</summary>
    MqttLinkHealth Health { get; }

    /// <summary>Told after each change of state, in order, never twice the same.</summary>
    event Action<LinkState>? StateChanged;

    /// <summary>Begins to connect and goes on trying until stopped. Does not wait for the connection.</summary>
    void Start();

    /// <summary>Disconnects in good order (the will is not sent) and stops trying.</summary>
    Task Stop();

    /// <summary>
    /// Publishes. Ends when the message is written (QoS 0) or acknowledged (QoS 1); waits while the bounded number of
    /// unacknowledged messages is out. Throws <see cref="LinkDownException"/> at once when there is no connection:
    /// repeating is up to the session, who knows whether the message is still wanted.
    /// </summary>
    Task Publish(MqttMessage message, CancellationToken cancellation = default);

    /// <summary>
    /// Takes what matches <paramref name="filter"/> (wildcards + and #) to <paramref name="handler"/>, also after each
    /// reconnect. The broker's acknowledgement of a QoS 1 message follows the handler's task, and is not given when
    /// that fails: the message comes again after a reconnect. Handlers are called in order of arrival and one after
    /// another up to their first await. Ends when the broker has answered the subscription, at once while down; a refused
    /// one is logged and stands in <see cref="Health"/>.
    /// </summary>
    Task Subscribe(string filter, MqttQos qos, Func<MqttMessage, Task> handler);

    /// <summary>
    /// Takes nothing more of exactly <paramref name="filter"/>: all its handlers are dropped at once, and the broker is
    /// told, at the next connection while down. What was handed out before may still be under way. Ends when the broker has
    /// answered, at once while down. A filter that was not subscribed is left alone.
    /// </summary>
    Task Unsubscribe(string filter);
}
