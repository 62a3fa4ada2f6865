using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Devices.Links.Memory;

/// <summary>What the in-memory broker knows of one client; it outlives the connection. Guarded by the broker's lock.</summary>
internal sealed class MemorySession(string clientId)
{
    private long _lastInbound;
    private long _lastOutbound;

    /// <summary>The client.</summary>
    public string ClientId => clientId;

    /// <summary>Its connection; null while it is away.</summary>
    public MemoryMqttLink? Link { get; set; }

    /// <summary>Number of the connection: what is on the way on an older one is lost.</summary>
    public long Connection { get; set; }

    /// <summary>Number of the next delivery.</summary>
    public long NextNumber { get; set; }

    /// <summary>What it subscribed.</summary>
    public SortedDictionary<string, MqttQos> Filters { get; } = new(StringComparer.Ordinal);

    /// <summary>QoS 1 deliveries that it has not acknowledged, oldest first.</summary>
    public SortedDictionary<long, MqttMessage> Unacknowledged { get; } = [];

    /// <summary>The best quality that its subscriptions give a topic; null when none matches.</summary>
    public MqttQos? QosOf(string topic)
    {
        MqttQos? best = null;
        foreach (var (filter, qos) in Filters)
        {
            if ((best is null || qos > best) && TopicFilter.Matches(filter, topic))
            {
                best = qos;
            }
        }

        return best;
    }

    /// <summary>When a hop to the broker arrives: never before an earlier one, unless a fault made that one late.</summary>
    public long DueInbound(long now, TimeSpan latency, TimeSpan extra) => Due(ref _lastInbound, now, latency, extra);

    /// <summary>When a hop to the client arrives.</summary>
    public long DueOutbound(long now, TimeSpan latency, TimeSpan extra) => Due(ref _lastOutbound, now, latency, extra);

    private static long Due(ref long last, long now, TimeSpan latency, TimeSpan extra)
    {
        last = Math.Max(last, now + latency.Ticks);
        return last + extra.Ticks;
    }
}
