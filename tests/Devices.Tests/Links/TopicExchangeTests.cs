using Warehouse.Devices.Links.Memory;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Tests.Staging;

namespace Warehouse.Devices.Tests.Links;

public sealed class TopicExchangeTests
{
    [Fact]
    public void Devices_share_a_wildcard_and_each_hears_its_own_topic()
    {
        var stage = new Stage();
        var broker = new MemoryMqttBroker(stage.Clock);
        var link = new MemoryMqttLink(broker, new MqttLinkOptions { ClientId = "host" }, new Random(1));
        var exchange = new TopicExchange(link);
        var heard = new List<string>();
        stage.Finish(async () =>
        {
            await broker.Start();
            foreach (var device in new[] { "a", "b" })
            {
                await exchange.Listen($"x/{device}", "x/+", MqttQos.AtLeastOnce, _ =>
                {
                    heard.Add(device);
                    return Task.CompletedTask;
                });
            }

            link.Start();
            await link.Publish(new MqttMessage("x/b", new byte[1], MqttQos.AtLeastOnce));
            await link.Publish(new MqttMessage("x/c", new byte[1], MqttQos.AtLeastOnce));
            await link.Publish(new MqttMessage("x/a", new byte[1], MqttQos.AtLeastOnce));
        });
        stage.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(["b", "a"], heard);
        Assert.Equal(1, exchange.Unclaimed);
    }

    [Fact]
    public void A_shared_subscription_ends_with_the_last_device_that_shares_it()
    {
        var stage = new Stage();
        var broker = new MemoryMqttBroker(stage.Clock);
        var link = new MemoryMqttLink(broker, new MqttLinkOptions { ClientId = "host" }, new Random(1));
        var exchange = new TopicExchange(link);
        var heard = new List<string>();
        var parts = new[] { "a", "b" }.Select(device => (Device: device, Part: exchange.ForDevice())).ToArray();
        stage.Finish(async () =>
        {
            await broker.Start();
            link.Start();
            foreach (var (device, part) in parts)
            {
                await part.Listen($"x/{device}", "x/+", MqttQos.AtLeastOnce, _ =>
                {
                    heard.Add(device);
                    return Task.CompletedTask;
                });
            }
        });
        foreach (var (_, part) in parts)
        {
            Say("x/a");
            Say("x/b");
            stage.Finish(part.Forget);
        }

        Say("x/a");
        Say("x/b");
        Assert.Equal(["a", "b", "b"], heard);
        Assert.Equal(4, link.Health.Heard);

        void Say(string topic)
        {
            stage.Finish(() => link.Publish(new MqttMessage(topic, new byte[1], MqttQos.AtLeastOnce)));
            stage.Pass(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Two_devices_cannot_share_a_topic_and_none_listens_outside_its_wildcard()
    {
        var stage = new Stage();
        var exchange = new TopicExchange(new MemoryMqttLink(new MemoryMqttBroker(stage.Clock), new MqttLinkOptions { ClientId = "host" }, new Random(1)));
        await exchange.Listen("x/a", "x/+", MqttQos.AtLeastOnce, _ => Task.CompletedTask);
        await Assert.ThrowsAsync<InvalidOperationException>(() => exchange.Listen("x/a", "x/+", MqttQos.AtLeastOnce, _ => Task.CompletedTask));
        await Assert.ThrowsAsync<ArgumentException>(() => exchange.Listen("y/a", "x/+", MqttQos.AtLeastOnce, _ => Task.CompletedTask));
    }
}
