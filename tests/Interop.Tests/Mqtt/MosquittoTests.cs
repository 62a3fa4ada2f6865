using System.Text.Json;
using Interop.Tests.Staging;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.Sessions;
using Warehouse.Devices.Tests.Staging;
using Warehouse.Domain.Devices;

namespace Interop.Tests.Mqtt;

/// <summary>Our link against Mosquitto.</summary>
public sealed class MosquittoTests
{
    [PeerFact("mosquitto", "mosquitto_pub")]
    public async Task What_mosquitto_pub_says_is_heard_and_what_we_say_mosquitto_sub_hears()
    {
        await using var broker = await Mosquitto.Start();
        await using var link = await Links.Up(new MqttLinkOptions { ClientId = "house", Port = broker.Port });
        var heard = new Inbox();
        await link.Subscribe("ptl/v1/+/+/evt", MqttQos.AtLeastOnce, heard.Take);

        await using var publisher = PeerProcess.Start(
            "mosquitto_pub", ["-V", "5", "-p", $"{broker.Port}", "-q", "1", "-t", "ptl/v1/MAIN/S1-03/evt", "-m", "pressed"]);
        Assert.Equal("ptl/v1/MAIN/S1-03/evt=pressed", await heard.Next());
        Assert.Equal(0, await publisher.Exits());

        await link.Publish(Links.Message("ptl/v1/MAIN/S1-03/state", "lit", retain: true));
        await using var subscriber = PeerProcess.Start("mosquitto_sub", ["-p", $"{broker.Port}", "-q", "1", "-C", "1", "-t", "ptl/v1/+/+/state", "-v"]);
        await subscriber.Says("^ptl/v1/MAIN/S1-03/state lit$");
        Assert.Equal(0, await subscriber.Exits());
    }

    [PeerFact("mosquitto")]
    public async Task A_link_outlives_a_killed_broker_and_hears_again()
    {
        await using var broker = await Mosquitto.Start();
        await using var sender = await Links.Up(new MqttLinkOptions { ClientId = "sender", Port = broker.Port });
        await using var receiver = await Links.Up(new MqttLinkOptions { ClientId = "receiver", Port = broker.Port });
        var heard = new Inbox();
        await receiver.Subscribe("a", MqttQos.AtLeastOnce, heard.Take);
        for (var round = 0; round < 3; round++)
        {
            var back = Task.WhenAll(Links.Becomes(sender, LinkState.Up), Links.Becomes(receiver, LinkState.Up));
            await broker.Kill();
            await broker.StartAgain();
            await back;
            await sender.Publish(Links.Message("a", $"{round}"));
            Assert.Equal($"a={round}", await heard.Next());
        }
    }

    [PeerTheory("mosquitto")]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task Users_rights_and_TLS_of_Mosquitto_are_met(MqttVersion version)
    {
        var folder = Directory.CreateTempSubdirectory("certificates-").FullName;
        using var certificates = new Certificates(folder);
        var ((certificate, key), own) = (certificates.Sign("server"), certificates.Sign("silo"));
        await using var broker = await Mosquitto.Start(
            $"cafile {certificates.Ca}\ncertfile {certificate}\nkeyfile {key}\nrequire_certificate true\nuse_identity_as_username true\nacl_file acl",
            ("acl", "user silo\ntopic write a\ntopic read b\n"));
        var options = new MqttLinkOptions
        {
            ClientId = "house", Host = "localhost", Port = broker.Port, Version = version,
            Tls = new MqttTls { CaFile = certificates.Ca, CertificateFile = own.Certificate, KeyFile = own.Key },
        };
        await using var link = await Links.Up(options);
        var heard = new Inbox();
        await link.Subscribe("#", MqttQos.AtLeastOnce, heard.Take);
        await link.Publish(Links.Message("a", "allowed"));
        if (version == MqttVersion.V5)
        {
            // MQTT 3.1.1 has no word for it: the broker acknowledges and drops.
            var refused = await Assert.ThrowsAsync<LinkDownException>(() => link.Publish(Links.Message("b", "not allowed")));
            Assert.Contains("NotAuthorized", refused.Message, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Vehicles talk all at once. What is not read at the pace at which it comes waits in Mosquitto, and is dropped there in the end.</summary>
    [PeerFact("mosquitto")]
    public async Task A_burst_of_telemetry_is_read_as_fast_as_it_comes()
    {
        const int Burst = 20_000;
        await using var broker = await Mosquitto.Start("allow_anonymous true\nmax_queued_messages 0");
        await using var house = await Links.Up(new MqttLinkOptions { ClientId = "house", Port = broker.Port, TelemetryWaiting = Burst });
        await using var machines = await Links.Up(new MqttLinkOptions { ClientId = "machines", Port = broker.Port });
        var (heard, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await house.Subscribe("state", MqttQos.AtMostOnce, _ =>
        {
            if (Interlocked.Increment(ref heard) == Burst)
            {
                all.TrySetResult();
            }

            return Task.CompletedTask;
        });
        var state = new MqttMessage("state", new byte[600]);
        for (var i = 0; i < Burst; i++)
        {
            await machines.Publish(state);
        }

        await all.Task.WaitAsync(PeerProcess.Patience);
    }

    /// <summary>
    /// A tag repeats a press until it is confirmed. While the desk is slow, its repeats must not use up what Mosquitto
    /// may send unacknowledged: what others say would queue behind them, and in the end be dropped.
    /// </summary>
    [PeerFact("mosquitto")]
    public async Task Repeats_of_a_press_that_waits_for_its_commit_hold_up_nobody_else()
    {
        await using var broker = await Mosquitto.Start("allow_anonymous true\nmax_inflight_messages 256\nmax_queued_messages 1000");
        await using var house = await Links.Up(new MqttLinkOptions { ClientId = "house", Port = broker.Port });
        await using var machines = await Links.Up(new MqttLinkOptions { ClientId = "machines", Port = broker.Port });
        var exchange = new TopicExchange(house);
        var clocks = new DeviceClocks(TimeProvider.System, TimeProvider.System);
        var (slow, other) = (new Facts(), new Facts());
        await Tag("MAIN/ptl-S1-01").Attach(slow);
        await Tag("MAIN/ptl-S1-02").Attach(other);

        await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => machines.Publish(Press("S1-01"))));
        await machines.Publish(Press("S1-02"));
        await other.Reported.WaitAsync(PeerProcess.Patience);
        Assert.Equal((1, 1), (slow.Count, house.Health.Held - other.Count));

        PickTagSession Tag(string device) => new(DeviceManifest.Of(new DeviceId(device), DeviceKind.PickTag), exchange, new Nowhere(), clocks, new WireFaults());
    }

    private static MqttMessage Press(string tag) => new(
        $"ptl/v1/MAIN/{tag}/evt",
        JsonSerializer.SerializeToUtf8Bytes(
            new PickTagEvent("MAIN/S1/000017", PickTagEventKind.Confirm, 2, 1, 1, "2026-03-02T06:00:00.000Z"), PickTagJson.Default.PickTagEvent),
        MqttQos.AtLeastOnce);

    /// <summary>A desk that never answers.</summary>
    private sealed class Facts : IFactSink
    {
        private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task Reported => _reported.Task;

        public Task<bool> Report(DeviceSignal signal, string? of = null)
        {
            Interlocked.Increment(ref _count);
            _reported.TrySetResult();
            return new TaskCompletionSource<bool>().Task;
        }

        public void LinkCameBack()
        {
        }
    }
}
