using System.Net;
using System.Net.Sockets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>The embedded broker on MQTTnet's server: loopback only, no passwords, every queue and payload bounded.</summary>
public sealed class MqttNetBroker : IMqttBroker
{
    private readonly MqttBrokerOptions _options;
    private MqttServer? _server;

    /// <summary>A broker that is not started yet.</summary>
    public MqttNetBroker(MqttBrokerOptions options) => _options = options;

    /// <inheritdoc/>
    public int Port { get; private set; }

    /// <inheritdoc/>
    public async Task Start()
    {
        for (var port = _options.Port; ; port++)
        {
            var server = new MqttServerFactory().CreateMqttServer(ServerOptions(port));
            server.InterceptingPublishAsync += Bound;
            try
            {
                await server.StartAsync();
                (_server, Port) = (server, port);
                return;
            }
            catch (SocketException taken) when (
                taken.SocketErrorCode == SocketError.AddressAlreadyInUse && port < _options.Port + _options.PortsToTry - 1)
            {
                server.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public async Task Stop()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.StopAsync(new MqttServerStopOptions());
            server.Dispose();
        }
    }

    /// <inheritdoc/>
    public async Task Cut(string clientId)
    {
        if (_server is { } server)
        {
            await server.DisconnectClientAsync(clientId, new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.UnspecifiedError });
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Stop();

    private Task Bound(InterceptingPublishEventArgs publish)
    {
        if (publish.ApplicationMessage.Payload.Length > _options.MaxPayloadBytes)
        {
            publish.ProcessPublish = false;
            publish.CloseConnection = true;
            publish.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
            publish.Response.ReasonString = $"payload over {_options.MaxPayloadBytes} bytes";
        }

        return Task.CompletedTask;
    }

    private MqttServerOptions ServerOptions(int port) => new MqttServerOptionsBuilder()
        .WithDefaultEndpoint()
        .WithDefaultEndpointPort(port)
        .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
        .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
        .WithPersistentSessions()
        .WithMaxPendingMessagesPerClient(_options.QueuePerClient)
        .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage)
        .WithDefaultCommunicationTimeout(_options.Timeout)
        .Build();
}
