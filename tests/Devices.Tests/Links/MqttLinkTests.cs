using System.Text;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Memory;
using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Devices.Tests.Links;

public sealed class MemoryMqttLinkTests : MqttLinkContract
{
    protected override IMqttBroker NewBroker() => new MemoryMqttBroker(TimeProvider.System);

    protected override IMqttLink NewLink(string clientId, MqttMessage? will, MqttPresence? presence = null) => new MemoryMqttLink(
        (MemoryMqttBroker)Broker,
        new MqttLinkOptions { ClientId = clientId, Will = will, Presence = presence, Backoff = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)) },
        new Random(1));
}

public sealed class Mqtt311LinkTests : MqttLinkContract
{
    protected override IMqttBroker NewBroker() => new MqttNetBroker(new MqttBrokerOptions { Port = 23_883 });

    protected override IMqttLink NewLink(string clientId, MqttMessage? will, MqttPresence? presence = null) => new MqttNetLink(
        new MqttLinkOptions
        {
            ClientId = clientId, Port = Broker.Port, Will = will, Presence = presence, Version = MqttVersion.V311,
            Backoff = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)),
        },
        TimeProvider.System, new Random(1));
}

public sealed class MqttNetLinkTests : MqttLinkContract
{
    protected override IMqttBroker NewBroker() => new MqttNetBroker(new MqttBrokerOptions { Port = 21_883 });

    protected override IMqttLink NewLink(string clientId, MqttMessage? will, MqttPresence? presence = null) => new MqttNetLink(
        new MqttLinkOptions
        {
            ClientId = clientId, Port = Broker.Port, Will = will, Presence = presence,
            Backoff = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)),
        },
        TimeProvider.System, new Random(1));

    [Fact]
    public async Task A_second_broker_takes_the_next_free_port()
    {
        await using var second = new MqttNetBroker(new MqttBrokerOptions { Port = Broker.Port });
        await second.Start();
        Assert.InRange(second.Port, Broker.Port + 1, Broker.Port + 99);
    }

    [Fact]
    public async Task A_payload_beyond_the_bound_costs_its_sender_the_connection()
    {
        var sender = await Up("sender");
        var down = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sender.StateChanged += state =>
        {
            if (state == LinkState.Down)
            {
                down.TrySetResult();
            }
        };
        await Assert.ThrowsAnyAsync<LinkDownException>(() => sender.Publish(new MqttMessage("a", new byte[300_000], MqttQos.AtLeastOnce)));
        await down.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task No_more_than_the_bound_is_in_flight_and_nothing_is_lost()
    {
        var (sender, receiver) = (await Up("sender"), await Up("receiver"));
        var heard = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await receiver.Subscribe("load", MqttQos.AtLeastOnce, _ =>
        {
            if (Interlocked.Increment(ref heard) == 5_000)
            {
                all.TrySetResult();
            }

            return Task.CompletedTask;
        });
        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i => sender.Publish(new MqttMessage("load", Encoding.UTF8.GetBytes($"{i}"), MqttQos.AtLeastOnce))));
        await all.Task.WaitAsync(Patience);
        Assert.Equal(5_000, heard);
    }
}
