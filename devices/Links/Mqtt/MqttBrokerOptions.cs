using System.Net;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>What becomes of a subscriber whose queue is full.</summary>
public enum SlowSubscriber
{
    /// <summary>Its oldest waiting message is dropped; QoS 1 messages among them come again when it reconnects.</summary>
    DropOldest,
    /// <summary>It is disconnected (0x97, quota exceeded), so that it notices and resumes its session.</summary>
    Disconnect,
}

/// <summary>The embedded broker's doors and bounds. Times are of the real clock.</summary>
public sealed record MqttBrokerOptions
{
    /// <summary>The address to listen on. Anything but loopback needs <see cref="Users"/>.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The plain port to try first; the next free one within <see cref="PortsToTry"/> is taken. 0 takes any free one.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>How many ports are tried from <see cref="Port"/> on.</summary>
    public int PortsToTry { get; init; } = 100;

    /// <summary>A second door, with TLS; null for none.</summary>
    public MqttBrokerTls? Tls { get; init; }

    /// <summary>Who may connect, and what each may say and hear; null lets everybody do everything, on loopback.</summary>
    public MqttUsers? Users { get; init; }

    /// <summary>Most messages that wait for one client, and most that it may leave unacknowledged.</summary>
    public int QueuePerClient { get; init; } = 20_000;

    /// <summary>What becomes of a client whose queue is full.</summary>
    public SlowSubscriber SlowSubscriber { get; init; } = SlowSubscriber.DropOldest;

    /// <summary>Largest payload in bytes; the sender of a larger one is told so and disconnected.</summary>
    public int MaxPayloadBytes { get; init; } = 262_144;

    /// <summary>Largest packet in bytes; the connection of a larger one is closed before it is read.</summary>
    public int MaxPacketBytes => MaxPayloadBytes + (2 * TopicFilter.MaxLength) + 4_096;

    /// <summary>Most connections, silent ones included.</summary>
    public int MaxConnections { get; init; } = 5_000;

    /// <summary>Most connections that have not said CONNECT yet; of more, the oldest is closed.</summary>
    public int MaxSilent { get; init; } = 256;

    /// <summary>Most filters of one client.</summary>
    public int MaxFilters { get; init; } = 256;

    /// <summary>Most retained messages; a further topic is refused.</summary>
    public int MaxRetained { get; init; } = 100_000;

    /// <summary>Longest time to CONNECT, for a TLS handshake, and for a client's answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the session of a lost client is kept at most; a client may ask for less.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The file that keeps retained messages over a restart; empty keeps them in memory only.</summary>
    public string RetainedFile { get; init; } = "";

    /// <summary>How often changed retained messages are written: what a killed process may forget.</summary>
    public TimeSpan RetainedEvery { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>The broker's door with TLS. Files are PEM.</summary>
public sealed record MqttBrokerTls
{
    /// <summary>The port; 0 takes any free one.</summary>
    public int Port { get; init; } = 8883;

    /// <summary>The broker's certificate, with its chain.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>The certificate's private key.</summary>
    public required string KeyFile { get; init; }

    /// <summary>Clients must show a certificate that one of these has signed; empty asks for none.</summary>
    public string ClientCaFile { get; init; } = "";
}
