using Interop.Tests.Staging;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;

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
}
