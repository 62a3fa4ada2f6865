using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Tests.Staging;

namespace Warehouse.Devices.Tests.Links;

/// <summary>What the embedded broker refuses, bounds and keeps, seen from clients' side.</summary>
public sealed class BrokerTests : IAsyncLifetime
{
    private const string Users = """
        { "users": [
          { "name": "silo", "passwordFrom": "SILO", "write": ["ptl/v1/+/+/cmd"], "read": ["ptl/v1/+/+/evt"] },
          { "name": "plant", "passwordFrom": "PLANT", "write": ["ptl/v1/+/+/evt"], "read": ["ptl/v1/+/+/cmd"] } ] }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("broker-").FullName;
    private MqttNetBroker _broker = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_broker_beyond_loopback_without_users_is_not_even_made() =>
        Assert.Throws<ArgumentException>(() => new MqttNetBroker(new MqttBrokerOptions { Address = IPAddress.Any }));

    [Theory]
    [InlineData("silo", "of-the-silo", MqttClientConnectResultCode.Success)]
    [InlineData("silo", "of-the-plant", MqttClientConnectResultCode.BadUserNameOrPassword)]
    [InlineData("nobody", "of-the-silo", MqttClientConnectResultCode.BadUserNameOrPassword)]
    [InlineData(null, null, MqttClientConnectResultCode.BadUserNameOrPassword)]
    public async Task Only_a_user_with_the_right_password_comes_in(string? user, string? password, MqttClientConnectResultCode expected)
    {
        await Start(new MqttBrokerOptions { Users = TwoUsers() });
        using var client = new MqttClientFactory().CreateMqttClient();
        Assert.Equal(expected, (await client.ConnectAsync(Options("c1", user, password))).ResultCode);
        Assert.Equal(expected == MqttClientConnectResultCode.Success ? 0 : 1, _broker.Health.RefusedConnections);
    }

    [Fact]
    public async Task A_user_says_and_hears_what_it_may_and_nothing_else()
    {
        await Start(new MqttBrokerOptions { Users = TwoUsers() });
        using var silo = new MqttClientFactory().CreateMqttClient();
        await silo.ConnectAsync(Options("silo", "silo", "of-the-silo"));
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await Publish(silo, "ptl/v1/MAIN/S1-03/evt"));
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, await Publish(silo, "ptl/v1/MAIN/S1-03/cmd"));
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await Subscribe(silo, "ptl/v1/MAIN/+/evt"));
        Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, await Subscribe(silo, "ptl/v1/MAIN/+/cmd"));
        Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, await Subscribe(silo, "#"));
        Assert.Equal(3, _broker.Health.Denied);
    }

    [Fact]
    public async Task Nobody_takes_over_the_session_of_another_user()
    {
        await Start(new MqttBrokerOptions { Users = TwoUsers() });
        using var silo = new MqttClientFactory().CreateMqttClient();
        using var thief = new MqttClientFactory().CreateMqttClient();
        await silo.ConnectAsync(Options("warehouse-silo", "silo", "of-the-silo"));
        Assert.Equal(
            MqttClientConnectResultCode.ClientIdentifierNotValid,
            (await thief.ConnectAsync(Options("warehouse-silo", "plant", "of-the-plant"))).ResultCode);
        Assert.True(silo.IsConnected);
    }

    [Fact]
    public async Task Retained_messages_survive_a_restart_and_a_damaged_file_is_set_aside()
    {
        var options = new MqttBrokerOptions { RetainedFile = Path.Combine(_folder, "retained.json") };
        await Start(options);
        await using (var sender = await Up(new MqttLinkOptions { ClientId = "sender", Port = _broker.Port }))
        {
            await sender.Publish(new MqttMessage("state", "lit"u8.ToArray(), MqttQos.AtLeastOnce, Retain: true));
            await sender.Publish(new MqttMessage("gone", "x"u8.ToArray(), MqttQos.AtLeastOnce, Retain: true));
            await sender.Publish(new MqttMessage("gone", Array.Empty<byte>(), MqttQos.AtLeastOnce, Retain: true));
        }

        await _broker.DisposeAsync();
        await Start(options);
        Assert.Equal(1, _broker.Health.Retained);
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await Up(new MqttLinkOptions { ClientId = "receiver", Port = _broker.Port });
        await receiver.Subscribe("#", MqttQos.AtLeastOnce, message =>
        {
            heard.TrySetResult($"{message.Topic}={Encoding.UTF8.GetString(message.Payload.Span)} {message.Retain}");
            return Task.CompletedTask;
        });
        Assert.Equal("state=lit True", await heard.Task.WaitAsync(Patience));

        await _broker.DisposeAsync();
        await File.WriteAllTextAsync(options.RetainedFile, "{ half a fi");
        await Start(options);
        Assert.Equal(0, _broker.Health.Retained);
        Assert.True(File.Exists(options.RetainedFile + ".damaged"));
    }

    [Fact]
    public async Task Clients_that_say_nothing_keep_nobody_out()
    {
        await Start(new MqttBrokerOptions { MaxSilent = 20, MaxConnections = 30 });
        var silent = new List<TcpClient>();
        for (var i = 0; i < 200; i++)
        {
            silent.Add(new TcpClient());
            await silent[^1].ConnectAsync(IPAddress.Loopback, _broker.Port);
        }

        await using var working = await Up(new MqttLinkOptions { ClientId = "working", Port = _broker.Port });
        await working.Publish(new MqttMessage("a", "b"u8.ToArray(), MqttQos.AtLeastOnce));
        Assert.True(_broker.Health.SilentShed >= 150, $"{_broker.Health}");
        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_packet_over_the_bound_is_refused_by_its_length_alone()
    {
        await Start(new MqttBrokerOptions());
        using var hostile = new TcpClient();
        await hostile.ConnectAsync(IPAddress.Loopback, _broker.Port);
        await hostile.GetStream().WriteAsync(new byte[] { 0x10, 0xff, 0xff, 0xff, 0x7f });
        using var patience = new CancellationTokenSource(Patience);
        Assert.Equal(0, await ReadOrReset(hostile.GetStream(), patience.Token));
        Assert.Equal(1, _broker.Health.Oversized);
    }

    [Fact]
    public async Task A_subscriber_that_acknowledges_nothing_is_cut()
    {
        await Start(new MqttBrokerOptions { QueuePerClient = 50 });
        await using var sender = await Up(new MqttLinkOptions { ClientId = "sender", Port = _broker.Port });
        await using var lazy = await Up(new MqttLinkOptions { ClientId = "lazy", Port = _broker.Port, InFlight = 1_000 });
        var down = Becomes(lazy, LinkState.Down);
        await lazy.Subscribe("a", MqttQos.AtLeastOnce, _ => new TaskCompletionSource().Task);
        for (var i = 0; i < 60; i++)
        {
            await sender.Publish(new MqttMessage("a", "b"u8.ToArray(), MqttQos.AtLeastOnce));
        }

        await down;
        Assert.True(_broker.Health.SlowCut >= 1);
    }

    /// <summary>A subscriber that leaves its socket unread, so that what is for it queues at the broker.</summary>
    [Theory]
    [InlineData(SlowSubscriber.DropOldest)]
    [InlineData(SlowSubscriber.Disconnect)]
    public async Task A_subscriber_that_does_not_read_is_shed_by_the_policy(SlowSubscriber policy)
    {
        await Start(new MqttBrokerOptions { QueuePerClient = 10, SlowSubscriber = policy });
        await using var sender = await Up(new MqttLinkOptions { ClientId = "sender", Port = _broker.Port });
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, _broker.Port);
        var wire = slow.GetStream();
        byte[] connect = [0x10, 16, 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, 4, .. "slow"u8];
        byte[] subscribe = [0x82, 6, 0, 1, 0, 1, .. "a"u8, 0];
        await wire.WriteAsync((byte[])[.. connect, .. subscribe]);
        using var patience = new CancellationTokenSource(Patience);
        await wire.ReadExactlyAsync(new byte[4 + 5], patience.Token);

        var large = new MqttMessage("a", new byte[200_000], MqttQos.AtLeastOnce);
        for (var i = 0; _broker.Health.QueueShed == 0 && i < 1_000; i++)
        {
            await sender.Publish(large, patience.Token);
        }

        Assert.InRange(_broker.Health.QueueShed, 1, 1_000);
        if (policy == SlowSubscriber.DropOldest)
        {
            Assert.Equal((0L, 2), (_broker.Health.SlowCut, _broker.Health.Clients));
            return;
        }

        while (await ReadOrReset(wire, patience.Token) > 0)
        {
        }

        Assert.Equal(1, _broker.Health.SlowCut);
        await sender.Publish(large, patience.Token);
    }

    [Fact]
    public async Task TLS_is_spoken_with_whom_both_sides_trust_and_nobody_else()
    {
        using var certificates = new Certificates(_folder);
        var (server, client) = (certificates.Sign("server"), certificates.Sign("client"));
        await Start(new MqttBrokerOptions
        {
            Tls = new() { Port = 0, CertificateFile = server.Certificate, KeyFile = server.Key, ClientCaFile = certificates.Ca },
        });
        var tls = new MqttTls { CaFile = certificates.Ca, CertificateFile = client.Certificate, KeyFile = client.Key };
        var options = new MqttLinkOptions { ClientId = "secured", Host = "localhost", Port = _broker.TlsPort, Tls = tls };
        await using var link = await Up(options);
        await link.Publish(new MqttMessage("a", "b"u8.ToArray(), MqttQos.AtLeastOnce));

        foreach (var stranger in new[] { tls with { CaFile = "" }, tls with { CertificateFile = "" }, tls with { ServerName = "another" } })
        {
            using var raw = new MqttClientFactory().CreateMqttClient();
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                // With TLS 1.3 the client learns of a refused certificate only when it reads.
                await raw.ConnectAsync(MqttNetClientOptions.Of(options with { ClientId = "stranger", Tls = stranger }, null));
            });
        }
    }

    private async Task Start(MqttBrokerOptions options) => _broker = await Started(options with { Port = 0 });

    private static async Task<MqttNetBroker> Started(MqttBrokerOptions options)
    {
        var broker = new MqttNetBroker(options);
        await broker.Start();
        return broker;
    }

    private MqttUsers TwoUsers()
    {
        var file = Path.Combine(_folder, "users.json");
        File.WriteAllText(file, Users);
        return MqttUsers.Read(file, name => name switch { "SILO" => "of-the-silo", "PLANT" => "of-the-plant", _ => null });
    }

    private MqttClientOptions Options(string id, string? user, string? password)
    {
        var builder = new MqttClientOptionsBuilder().WithClientId(id).WithTcpServer("127.0.0.1", _broker.Port).WithProtocolVersion(MqttProtocolVersion.V500);
        return (user is null ? builder : builder.WithCredentials(user, password)).Build();
    }

    private static async Task<MqttClientPublishReasonCode> Publish(IMqttClient client, string topic) =>
        (await client.PublishStringAsync(topic, "x", MqttQualityOfServiceLevel.AtLeastOnce)).ReasonCode;

    private static async Task<MqttClientSubscribeResultCode> Subscribe(IMqttClient client, string filter) =>
        (await client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce)).Items.Single().ResultCode;

    private static async Task<MqttNetLink> Up(MqttLinkOptions options)
    {
        var link = new MqttNetLink(options, TimeProvider.System, new Random(1));
        var up = Becomes(link, LinkState.Up);
        link.Start();
        await up;
        return link;
    }

    private static Task Becomes(MqttNetLink link, LinkState wanted)
    {
        var became = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.StateChanged += state =>
        {
            if (state == wanted)
            {
                became.TrySetResult();
            }
        };
        return became.Task.WaitAsync(Patience);
    }

    private static async Task<int> ReadOrReset(NetworkStream stream, CancellationToken patience)
    {
        try
        {
            return await stream.ReadAsync(new byte[16], patience);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
