namespace Warehouse.Devices.Links.Mqtt;

/// <summary>How a link connects. Times are of the real clock.</summary>
public sealed record MqttLinkOptions
{
    /// <summary>The client id: the broker knows the session by it, so it must be the same after a restart and unique among clients.</summary>
    public required string ClientId { get; init; }

    /// <summary>The broker's host.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The broker's TCP port.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>The protocol's version.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    /// <summary>How the connection is secured; null leaves it plain.</summary>
    public MqttTls? Tls { get; init; }

    /// <summary>User at the broker; empty connects without one.</summary>
    public string User { get; init; } = "";

    /// <summary>The user's password.</summary>
    public string Password { get; init; } = "";

    /// <summary>What the broker publishes when the connection breaks without a good-bye; null is nothing.</summary>
    public MqttMessage? Will { get; init; }

    /// <summary>What the link says of itself, in place of a will; null is nothing.</summary>
    public MqttPresence? Presence { get; init; }

    /// <summary>Most QoS 1 messages that may be unacknowledged, each way: of ours further ones wait, and the broker keeps back its own (under MQTT 3.1.1 by its own bound).</summary>
    public int InFlight { get; init; } = 256;

    /// <summary>Most QoS 0 messages that wait here for their handlers; of more, the oldest is dropped.</summary>
    public int TelemetryWaiting { get; init; } = 10_000;

    /// <summary>Longest time without a packet.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time for an answer from the broker.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the broker shall keep the session of a lost connection.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Waiting times between attempts to connect.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(15));

    /// <summary>Who connects where; the password stays out of logs.</summary>
    public override string ToString() => $"{ClientId} at {Host}:{Port}";
}
