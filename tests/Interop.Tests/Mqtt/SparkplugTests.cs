using System.Globalization;
using System.Threading.Channels;
using Interop.Tests.Staging;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Rfid;
using Warehouse.Devices.Sensors;
using Warehouse.Devices.Sensors.Sparkplug;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;

namespace Interop.Tests.Mqtt;

/// <summary>The sensors' session against an edge node on npm's sparkplug-client: birth, data, a lost number, rebirth, death; and our STATE.</summary>
public sealed class SparkplugTests
{
    private static readonly DeviceManifest Manifest = DeviceManifest.Of(new("MAIN/sensor-edge1"), new("sparkplugNode"))
        .With(ReaderAdapter.Area, "cold").With(SparkplugAdapter.Group, "WH1").With(SparkplugAdapter.Node, "Edge1")
        .With(SparkplugAdapter.RebirthMilliseconds, "200").With(SparkplugAdapter.ReorderMilliseconds, "100")
        .With(Measure.Setting, """[{"name":"temperature","from":"Cold01/Temperature","unit":"m°C","high":-15000,"hysteresis":500}]""");

    [PeerTheory("npm:sparkplug-client", "mosquitto")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_edge_node_is_born_measured_born_again_after_a_loss_and_dies(bool mosquitto)
    {
        await using var other = mosquitto ? await Mosquitto.Start() : null;
        await using var ours = new MqttNetBroker(new MqttBrokerOptions { Port = 0 });
        await ours.Start();
        var port = other?.Port ?? ours.Port;
        await using var link = await Links.Up(new MqttLinkOptions { ClientId = "house", Port = port });
        var facts = new Facts();
        var session = new SparkplugAdapter().SessionOf(Manifest, new AdapterPorts(
            new TopicExchange(link), () => throw new InvalidOperationException("no OPC UA here"), new Nowhere(),
            new DeviceClocks(TimeProvider.System, TimeProvider.System), new WireFaults()));
        await session.Attach(facts);

        await using var node = PeerProcess.Node("sparkplug-node.mjs", $"mqtt://127.0.0.1:{port}", "WH1", "Edge1", "Cold01");
        await node.Says("^READY$");
        Assert.Equal(["online True", "temperature -18250 Within"], new[] { await facts.Next(), await facts.Next() }.Order(StringComparer.Ordinal));

        await node.Tell("-14.5");
        Assert.Equal("temperature -14500 High", await facts.Next());

        var births = node.Lines.Count(line => line == "BORN AGAIN");
        await node.Tell("skip");
        await node.Tell("-17.75");
        Assert.Equal("temperature -17750 Within", await facts.Next());
        Assert.True(node.Lines.Count(line => line == "BORN AGAIN") > births, "what came after a lost message counts only after a rebirth");

        await node.Kill();
        Assert.Equal("online False", await facts.Next());
        session.Detach();
    }

    [PeerFact("mosquitto", "mosquitto_sub")]
    public async Task Mosquitto_keeps_what_a_host_application_says_of_itself()
    {
        await using var broker = await Mosquitto.Start();
        await using var watcher = PeerProcess.Start("mosquitto_sub", ["-p", $"{broker.Port}", "-q", "1", "-v", "-t", "spBv1.0/STATE/+"]);
        await using (await Links.Up(new MqttLinkOptions { ClientId = "house", Port = broker.Port, Presence = MqttPresence.OfSparkplugHost("wms") }))
        {
            await watcher.Says("""^spBv1.0/STATE/wms \{"online":true,"timestamp":\d{13}\}$""");
            await using var late = PeerProcess.Start("mosquitto_sub", ["-p", $"{broker.Port}", "-q", "1", "-C", "1", "-v", "-t", "spBv1.0/STATE/wms"]);
            await late.Says("""^spBv1.0/STATE/wms \{"online":true""");
        }

        await watcher.Says("""^spBv1.0/STATE/wms \{"online":false,"timestamp":\d{13}\}$""");
    }

    /// <summary>Facts as they are told, all of them taken.</summary>
    private sealed class Facts : IFactSink
    {
        private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

        public Task<bool> Report(DeviceSignal signal, string? of = null)
        {
            _told.Writer.TryWrite(signal switch
            {
                DeviceSignal.Measured measured => string.Create(CultureInfo.InvariantCulture, $"{measured.Measure} {measured.Value} {measured.Level}"),
                DeviceSignal.LinkChanged link => $"online {link.Online}",
                _ => signal.GetType().Name,
            });
            return Task.FromResult(true);
        }

        public async Task<string> Next() => await _told.Reader.ReadAsync().AsTask().WaitAsync(PeerProcess.Patience);

        public void LinkCameBack()
        {
        }
    }
}
