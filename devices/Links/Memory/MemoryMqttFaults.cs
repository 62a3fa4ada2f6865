using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Devices.Links.Memory;

/// <summary>One hop of a message between a client and the in-memory broker.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="ToBroker">True on the way in, false on the way out.</param>
/// <param name="Message">The message.</param>
public readonly record struct MqttHop(string ClientId, bool ToBroker, MqttMessage Message);

/// <summary>What happens to a hop.</summary>
/// <param name="Copies">How often it arrives: 0 is lost. A lost QoS 1 hop is tried again after the broker's repeat time.</param>
/// <param name="Delay">How much later than usual; later messages of the same client may overtake.</param>
public readonly record struct MqttFault(int Copies, TimeSpan Delay)
{
    /// <summary>Arrives once, in time.</summary>
    public static MqttFault None { get; } = new(1, TimeSpan.Zero);

    /// <summary>Is lost.</summary>
    public static MqttFault Drop { get; } = new(0, TimeSpan.Zero);

    /// <summary>Arrives twice.</summary>
    public static MqttFault Duplicate { get; } = new(2, TimeSpan.Zero);

    /// <summary>Arrives late.</summary>
    public static MqttFault Late(TimeSpan delay) => new(1, delay);
}

/// <summary>How the in-memory broker behaves.</summary>
public sealed record MemoryMqttOptions
{
    /// <summary>Time of one hop.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>After how long a lost QoS 1 hop is tried again.</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most messages that wait for one client; the oldest is dropped beyond it.</summary>
    public int QueuePerClient { get; init; } = 20_000;
}
