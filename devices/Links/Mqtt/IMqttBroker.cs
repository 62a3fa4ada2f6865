namespace Warehouse.Devices.Links.Mqtt;

/// <summary>The embedded broker: on loopback without passwords, on any other address only with users.</summary>
public interface IMqttBroker : IAsyncDisposable
{
    /// <summary>The TCP port it listens on; 0 before it was started.</summary>
    int Port { get; }

    /// <summary>How it is: who is connected, what it holds, what it refused and shed.</summary>
    MqttBrokerHealth Health { get; }

    /// <summary>Begins to listen, on the asked port or the next free one.</summary>
    Task Start();

    /// <summary>Closes every connection and forgets sessions.</summary>
    Task Stop();

    /// <summary>Cuts a client's connection without a good-bye, so that its will is published.</summary>
    Task Cut(string clientId);
}

/// <summary>How a broker is. Counts are since it was started.</summary>
/// <param name="Port">The plain TCP port.</param>
/// <param name="TlsPort">The TLS port; 0 for none.</param>
/// <param name="Clients">Connected clients.</param>
/// <param name="Silent">Connections that have not said CONNECT yet.</param>
/// <param name="Retained">Retained messages.</param>
/// <param name="Published">Messages that came from clients and were taken.</param>
/// <param name="RefusedConnections">Connections that were refused: user, password, client id, or too many.</param>
/// <param name="Denied">Messages and subscriptions that the user may not.</param>
/// <param name="SilentShed">Connections closed because they said nothing while too many others did not either.</param>
/// <param name="Oversized">Messages or packets over the bound; each cost its sender the connection.</param>
/// <param name="QueueShed">Messages dropped because their subscriber was too slow.</param>
/// <param name="SlowCut">Subscribers disconnected because they were too slow.</param>
public sealed record MqttBrokerHealth(
    int Port, int TlsPort = 0, int Clients = 0, int Silent = 0, int Retained = 0, long Published = 0, long RefusedConnections = 0,
    long Denied = 0, long SilentShed = 0, long Oversized = 0, long QueueShed = 0, long SlowCut = 0);
