using System.Net;
using System.Net.WebSockets;
using Interop.Tests.Staging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Tests.Staging;

namespace Interop.Tests.Mqtt;

/// <summary>Clients of others against the embedded broker: over TCP, TLS and WebSocket, allowed and refused.</summary>
public sealed class EmbeddedBrokerTests : IAsyncLifetime
{
    private const string Event = "ptl/v1/MAIN/S1-03/evt";
    private const string Command = "ptl/v1/MAIN/S1-03/cmd";
    private static readonly string[] Silo = ["silo", "of-the-silo"];
    private static readonly string[] Plant = ["plant", "of-the-plant"];

    private readonly string _folder = Directory.CreateTempSubdirectory("embedded-").FullName;
    private Certificates _certificates = null!;
    private MqttNetBroker _broker = null!;
    private MqttNetLink _link = null!;
    private Inbox _heard = null!;

    public async Task InitializeAsync()
    {
        _certificates = Certified(_folder);
        var (certificate, key) = _certificates.Sign("server");
        var users = Path.Combine(Peers.Folder, "..", "..", "..", "docker", "mosquitto", "users.json");
        _broker = await Started(new MqttBrokerOptions
        {
            Port = 0, Tls = new() { Port = 0, CertificateFile = certificate, KeyFile = key },
            Users = MqttUsers.Read(users, name => name == "MQTT_SILO_PASSWORD" ? Silo[1] : Plant[1]),
        });
        _link = await Links.Up(new MqttLinkOptions { ClientId = "house", Port = _broker.Port, User = Silo[0], Password = Silo[1] });
        _heard = new Inbox();
        await _link.Subscribe("ptl/v1/+/+/evt", MqttQos.AtLeastOnce, _heard.Take);
    }

    public async Task DisposeAsync()
    {
        await _link.DisposeAsync();
        await _broker.DisposeAsync();
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [PeerTheory("mosquitto_pub")]
    [InlineData("5", false)]
    [InlineData("5", true)]
    [InlineData("311", false)]
    [InlineData("311", true)]
    public async Task What_mosquitto_pub_says_is_heard(string version, bool tls)
    {
        await using var publisher = PeerProcess.Start("mosquitto_pub", [.. At(version, tls, Plant), "-q", "1", "-t", Event, "-m", "pressed"]);
        Assert.Equal($"{Event}=pressed", await _heard.Next());
        Assert.Equal(0, await publisher.Exits());
    }

    [PeerTheory("mosquitto_sub")]
    [InlineData("5", false)]
    [InlineData("5", true)]
    [InlineData("311", false)]
    public async Task What_we_say_mosquitto_sub_hears(string version, bool tls)
    {
        // Retained, since mosquitto_sub does not say when it has subscribed.
        await _link.Publish(Links.Message(Command, "light", retain: true));
        await using var subscriber = PeerProcess.Start("mosquitto_sub", [.. At(version, tls, Plant), "-q", "1", "-C", "1", "-v", "-t", "ptl/v1/+/+/cmd"]);
        await subscriber.Says($"^{Command} light$");
        Assert.Equal(0, await subscriber.Exits());
    }

    [PeerFact("mosquitto_pub")]
    public async Task Mosquitto_pub_is_refused_what_its_user_may_not()
    {
        await using var stranger = PeerProcess.Start("mosquitto_pub", [.. At("5", false, ["plant", "wrong-password"]), "-q", "1", "-t", Event, "-m", "x"]);
        Assert.NotEqual(0, await stranger.Exits());
        await using var liar = PeerProcess.Start("mosquitto_pub", [.. At("5", false, Silo), "-q", "1", "-t", Event, "-m", "x"]);
        await liar.Says("(?i)not authorized");
        await liar.Exits();
        Assert.Equal((1L, 1L), (_broker.Health.RefusedConnections, _broker.Health.Denied));
    }

    [PeerTheory("npm:mqtt")]
    [InlineData("mqtt")]
    [InlineData("mqtts")]
    [InlineData("ws")]
    public async Task What_npm_mqtt_says_is_heard_and_what_we_say_it_hears(string scheme)
    {
        await using var web = await WebDoor();
        var url = Url(scheme, web);
        await using var publisher = PeerProcess.Node(
            "mqtt-client.mjs", [url, "tag", "pub", Event, "pressed", "--user", Plant[0], "--password", Plant[1], "--ca", _certificates.Ca]);
        Assert.Equal($"{Event}=pressed", await _heard.Next());
        await publisher.Says("PUBLISHED");

        await using var subscriber = PeerProcess.Node(
            "mqtt-client.mjs", [url, "tag2", "sub", "ptl/v1/+/+/cmd", "--user", Plant[0], "--password", Plant[1], "--ca", _certificates.Ca, "--v311"]);
        await subscriber.Says("^READY$");
        await _link.Publish(Links.Message(Command, "light"));
        await subscriber.Says($"^{Command} light$");
    }

    [PeerTheory("npm:mqtt")]
    [InlineData("mqtt")]
    [InlineData("ws")]
    public async Task Npm_mqtt_is_refused_what_its_user_may_not(string scheme)
    {
        await using var web = await WebDoor();
        var url = Url(scheme, web);
        foreach (var words in new[]
        {
            new[] { "pub", Event, "x", "--user", "plant", "--password", "wrong-password" },
            ["pub", Event, "x", "--user", Silo[0], "--password", Silo[1]],
            ["sub", "#", "--user", Plant[0], "--password", Plant[1]],
            ["pub", Event, "x"],
        })
        {
            await using var refused = PeerProcess.Node("mqtt-client.mjs", [url, "stranger", .. words]);
            await refused.Says("^REFUSED");
            Assert.Equal(3, await refused.Exits());
        }
    }

    private static Certificates Certified(string folder) => new(folder);

    private static async Task<MqttNetBroker> Started(MqttBrokerOptions options)
    {
        var broker = new MqttNetBroker(options);
        await broker.Start();
        return broker;
    }

    private string Url(string scheme, WebApplication web) => scheme switch
    {
        "mqtt" => $"mqtt://localhost:{_broker.Port}",
        "mqtts" => $"mqtts://localhost:{_broker.TlsPort}",
        _ => web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("http", "ws", StringComparison.Ordinal) + "/mqtt",
    };

    /// <summary>What the house does with its HTTP server: a WebSocket is handed to the broker as a stream.</summary>
    private async Task<WebApplication> WebDoor()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseWebSockets();
        app.Map("/mqtt", async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync("mqtt");
            await _broker.Serve(WebSocketStream.Create(socket, WebSocketMessageType.Binary, TimeSpan.FromSeconds(5)), new IPEndPoint(IPAddress.Loopback, 0));
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>MQTT 3.1.1 clients have to name themselves.</summary>
    private string[] At(string version, bool tls, string[] user) =>
    [
        "-V", version == "5" ? "5" : "311", "-h", "localhost", "-p", $"{(tls ? _broker.TlsPort : _broker.Port)}", "-u", user[0], "-P", user[1],
        .. version == "5" ? Array.Empty<string>() : ["-i", "peer"], .. tls ? ["--cafile", _certificates.Ca] : Array.Empty<string>(),
    ];
}
