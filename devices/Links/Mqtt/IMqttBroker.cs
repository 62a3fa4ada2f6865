namespace Warehouse.Devices.Links.Mqtt;

/// <summary>The embedded broker. It serves loopback without a password; anything wider is another broker's business.</summary>
public interface IMqttBroker : IAsyncDisposable
{
    /// <summary>The TCP port it listens on; 0 before it was started.</summary>
    int Port { get; }

    /// <summary>Begins to listen, on the asked port or the next free one.</summary>
    Task Start();

    /// <summary>Closes every connection and forgets sessions.</summary>
    Task Stop();

    /// <summary>Cuts a client's connection without a good-bye, so that its will is published.</summary>
    Task Cut(string clientId);
}

/// <summary>Bounds of the embedded broker.</summary>
public sealed record MqttBrokerOptions
{
    /// <summary>The port to try first; the next free one within <see cref="PortsToTry"/> is taken.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>How many ports are tried from <see cref="Port"/> on.</summary>
    public int PortsToTry { get; init; } = 100;

    /// <summary>Most messages that wait for one client; the oldest is dropped beyond it.</summary>
    public int QueuePerClient { get; init; } = 20_000;

    /// <summary>Largest payload in bytes; the sender of a larger one is told so and disconnected.</summary>
    public int MaxPayloadBytes { get; init; } = 262_144;

    /// <summary>Longest time for a client's answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
