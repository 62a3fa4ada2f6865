using System.Buffers;
using System.Net;
using System.Net.Sockets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// The embedded broker on MQTTnet's server. Sessions live in memory and end with it; retained messages are kept in a
/// file where one is named. Every queue, packet and connection is bounded.
/// </summary>
public sealed class MqttNetBroker : IMqttBroker
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);
    private readonly MqttBrokerOptions _options;
    private readonly TimeProvider _clock;
    private readonly RetainedFile? _file;
    private Running? _running;

    /// <summary>What belongs to one start.</summary>
    private sealed record Running(
        MqttServer Server, BrokerDoor Door, BrokerVisitors Visitors, BrokerClients Clients, RetainedTopics Retained, BrokerCounts Counts)
    {
        public List<ITimer> Timers { get; } = [];
    }

    /// <summary>A broker that is not started yet. Another address than loopback without users throws.</summary>
    /// <param name="options">Its doors and bounds.</param>
    /// <param name="clock">The real clock; the system's when none is given.</param>
    public MqttNetBroker(MqttBrokerOptions options, TimeProvider? clock = null)
    {
        if (options.Users is null && !IPAddress.IsLoopback(options.Address))
        {
            throw new ArgumentException($"a broker on {options.Address} needs users", nameof(options));
        }

        _options = options;
        _clock = clock ?? TimeProvider.System;
        _file = options.RetainedFile.Length == 0 ? null : new RetainedFile(options.RetainedFile);
    }

    /// <inheritdoc/>
    public int Port { get; private set; }

    /// <summary>The TLS port; 0 for none.</summary>
    public int TlsPort => _running?.Door.TlsPort ?? 0;

    /// <inheritdoc/>
    public MqttBrokerHealth Health => _running is { } now
        ? now.Counts.Health(now.Door.Port, now.Door.TlsPort, now.Visitors, now.Clients.Connected, now.Retained.Count)
        : new MqttBrokerHealth(0);

    /// <inheritdoc/>
    public async Task Start()
    {
        var kept = _file?.Read() ?? [];
        for (var port = _options.Port; ; port++)
        {
            var starting = Prepare(port);
            foreach (var message in kept)
            {
                starting.Retained.Set(message);
            }

            starting.Retained.TakeChanged();

            try
            {
                await starting.Server.StartAsync();
                starting.Timers.Add(_clock.CreateTimer(_ => _ = Sweep(starting.Server), null, SweepEvery, SweepEvery));
                if (_file is not null)
                {
                    starting.Timers.Add(_clock.CreateTimer(_ => Keep(starting), null, _options.RetainedEvery, _options.RetainedEvery));
                }

                (_running, Port) = (starting, starting.Door.Port);
                return;
            }
            catch (SocketException taken) when (
                taken.SocketErrorCode == SocketError.AddressAlreadyInUse && port != 0 && port < _options.Port + _options.PortsToTry - 1)
            {
                starting.Door.Dispose();
                starting.Server.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public async Task Stop()
    {
        if (_running is { } ending)
        {
            _running = null;
            foreach (var timer in ending.Timers)
            {
                await timer.DisposeAsync();
            }

            await ending.Server.StopAsync(new MqttServerStopOptions());
            ending.Server.Dispose();
            Keep(ending);
        }
    }

    /// <inheritdoc/>
    public Task Cut(string clientId) => Disconnect(_running?.Server, clientId, MqttDisconnectReasonCode.UnspecifiedError);

    /// <summary>Serves a connection that somebody else has opened, to its end, under the same bounds as those of the doors.</summary>
    /// <param name="stream">What it reads and writes; closed in the end.</param>
    /// <param name="from">The other side, for logs.</param>
    public Task Serve(Stream stream, EndPoint? from) => _running?.Door.Serve(stream, from) ?? stream.DisposeAsync().AsTask();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Stop();

    private Running Prepare(int port)
    {
        var visitors = new BrokerVisitors(_options.MaxConnections, _options.MaxSilent);
        var (clients, counts, retained) = (new BrokerClients(), new BrokerCounts(), new RetainedTopics(_options.MaxRetained));
        var door = new BrokerDoor(_options, port, visitors, counts, _clock);
        var server = new MqttServerFactory().CreateMqttServer(ServerOptions(), [door]);
        var guard = new BrokerGuard(_options, clients, counts, retained);
        guard.Attach(server);
        guard.TooSlow += clientId =>
        {
            counts.SlowCut();
            _ = Disconnect(server, clientId, MqttDisconnectReasonCode.QuotaExceeded);
        };
        server.LoadingRetainedMessageAsync += loading =>
        {
            loading.LoadedRetainedMessages = [.. retained.All().Select(MqttNetClientOptions.Of)];
            return Task.CompletedTask;
        };
        server.RetainedMessageChangedAsync += changed =>
        {
            var message = changed.ChangedRetainedMessage;
            retained.Set(new MqttMessage(message.Topic, message.Payload.ToArray(), (MqttQos)Math.Min(1, (int)message.QualityOfServiceLevel), Retain: true));
            return Task.CompletedTask;
        };
        return new Running(server, door, visitors, clients, retained, counts);
    }

    private static Task Disconnect(MqttServer? server, string clientId, MqttDisconnectReasonCode why) =>
        server?.DisconnectClientAsync(clientId, new MqttServerClientDisconnectOptions { ReasonCode = why }) ?? Task.CompletedTask;

    /// <summary>Ends the sessions of clients that are gone for longer than they asked for or we allow; the library keeps them for ever.</summary>
    private async Task Sweep(MqttServer server)
    {
        foreach (var session in await server.GetSessionsAsync())
        {
            var kept = session.ExpiryInterval == 0 ? _options.SessionExpiry : TimeSpan.FromSeconds(session.ExpiryInterval);
            if (session.DisconnectedTimestamp is { } gone
                && _clock.GetUtcNow().UtcDateTime - gone > (kept < _options.SessionExpiry ? kept : _options.SessionExpiry))
            {
                await session.DeleteAsync();
            }
        }
    }

    private void Keep(Running running)
    {
        if (_file is null || running.Retained.TakeChanged() is not { } messages)
        {
            return;
        }

        try
        {
            _file.Write(messages);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // Nothing else depends on the file: the next time may have room again.
            running.Retained.NotKept();
        }
    }

    private MqttServerOptions ServerOptions() => new MqttServerOptionsBuilder()
        .WithoutDefaultEndpoint()
        .WithPersistentSessions()
        .WithMaxPendingMessagesPerClient(_options.QueuePerClient)
        .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage)
        .WithDefaultCommunicationTimeout(_options.Timeout)
        .Build();
}
