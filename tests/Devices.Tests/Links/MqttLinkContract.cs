using System.Text;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Devices.Tests.Links;

/// <summary>What every MQTT link and broker must do, real or in memory. Waits are barriers; their time-outs only bound a failure.</summary>
public abstract class MqttLinkContract : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<IMqttLink> _links = [];
    private IMqttBroker? _broker;

    protected IMqttBroker Broker => _broker!;

    public async Task InitializeAsync()
    {
        _broker = NewBroker();
        await _broker.Start();
    }

    public async Task DisposeAsync()
    {
        foreach (var link in _links)
        {
            await link.DisposeAsync();
        }

        await Broker.DisposeAsync();
    }

    [Fact]
    public async Task A_message_reaches_whoever_subscribed_by_wildcard()
    {
        var (sender, receiver) = (await Up("sender"), await Up("receiver"));
        var heard = new Inbox();
        await receiver.Subscribe("ptl/v1/+/+/evt", MqttQos.AtLeastOnce, heard.Take);
        await sender.Publish(Message("ptl/v1/MAIN/S1-03/cmd", "no"));
        await sender.Publish(Message("ptl/v1/MAIN/S1-03/evt", "yes"));
        Assert.Equal("ptl/v1/MAIN/S1-03/evt=yes", await heard.Next());
    }

    [Fact]
    public async Task Messages_of_one_sender_come_in_order()
    {
        var (sender, receiver) = (await Up("sender"), await Up("receiver"));
        var heard = new Inbox();
        await receiver.Subscribe("n", MqttQos.AtLeastOnce, heard.Take);
        for (var i = 0; i < 200; i++)
        {
            await sender.Publish(Message("n", $"{i}"));
        }

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal($"n={i}", await heard.Next());
        }
    }

    [Fact]
    public async Task The_last_retained_message_is_given_to_a_late_subscriber_until_it_is_emptied()
    {
        var sender = await Up("sender");
        await sender.Publish(Message("state", "first", retain: true));
        await sender.Publish(Message("state", "second", retain: true));
        await sender.Publish(Message("other", "gone", retain: true));
        await sender.Publish(Message("other", "", retain: true));

        var heard = new Inbox();
        var receiver = await Up("receiver");
        await receiver.Subscribe("#", MqttQos.AtLeastOnce, heard.Take);
        Assert.Equal("state=second (retained)", await heard.Next());
        await sender.Publish(Message("end", "x"));
        Assert.Equal("end=x", await heard.Next());
    }

    [Fact]
    public async Task A_cut_link_comes_back_with_its_subscriptions()
    {
        var (sender, receiver) = (await Up("sender"), await Up("receiver"));
        var heard = new Inbox();
        await receiver.Subscribe("a", MqttQos.AtLeastOnce, heard.Take);
        var back = Becomes(receiver, LinkState.Up);
        await Broker.Cut("receiver");
        await back.WaitAsync(Patience);
        await sender.Publish(Message("a", "again"));
        Assert.Equal("a=again", await heard.Next());
    }

    [Fact]
    public async Task What_is_unsubscribed_does_not_come_any_more_and_may_be_asked_for_again()
    {
        var (sender, receiver) = (await Up("sender"), await Up("receiver"));
        var heard = new Inbox();
        await receiver.Subscribe("a", MqttQos.AtLeastOnce, heard.Take);
        await receiver.Subscribe("b", MqttQos.AtLeastOnce, heard.Take);
        await receiver.Unsubscribe("a");
        await receiver.Unsubscribe("never/asked/for");
        await sender.Publish(Message("a", "no"));
        await sender.Publish(Message("b", "yes"));
        Assert.Equal("b=yes", await heard.Next());
        Assert.Equal(1, receiver.Health.Heard);

        await receiver.Subscribe("a", MqttQos.AtLeastOnce, heard.Take);
        await sender.Publish(Message("a", "again"));
        Assert.Equal("a=again", await heard.Next());
    }

    [Fact]
    public async Task What_is_unsubscribed_while_down_is_gone_from_the_brokers_session_too()
    {
        var (sender, receiver) = (await Up("sender"), await Up("receiver"));
        var heard = new Inbox();
        await receiver.Subscribe("a", MqttQos.AtLeastOnce, heard.Take);
        await receiver.Subscribe("b", MqttQos.AtLeastOnce, heard.Take);
        receiver.StateChanged += state => _ = state == LinkState.Down ? receiver.Unsubscribe("a") : Task.CompletedTask;
        var back = Becomes(receiver, LinkState.Up);
        await Broker.Cut("receiver");
        await back.WaitAsync(Patience);
        await sender.Publish(Message("a", "no"));
        await sender.Publish(Message("b", "yes"));
        Assert.Equal("b=yes", await heard.Next());
        Assert.Equal((1L, 1L), (receiver.Health.Resumed, receiver.Health.Heard));
    }

    [Fact]
    public async Task A_message_whose_handler_failed_comes_again_after_a_reconnect()
    {
        var (sender, receiver) = (await Up("sender"), await Up("receiver"));
        var heard = new Inbox();
        var fail = true;
        await receiver.Subscribe("a", MqttQos.AtLeastOnce, async message =>
        {
            await heard.Take(message);
            if (fail)
            {
                fail = false;
                throw new InvalidOperationException("the desk is away");
            }
        });
        await sender.Publish(Message("a", "fact"));
        Assert.Equal("a=fact", await heard.Next());
        await Broker.Cut("receiver");
        Assert.Equal("a=fact", await heard.Next());
    }

    [Fact]
    public async Task A_message_is_not_acknowledged_before_its_handler_ends()
    {
        var (sender, receiver) = (await Up("sender"), await Up("receiver"));
        var heard = new Inbox();
        var durable = new TaskCompletionSource();
        await receiver.Subscribe("a", MqttQos.AtLeastOnce, Holding(heard, durable.Task));
        await sender.Publish(Message("a", "fact"));
        Assert.Equal("a=fact", await heard.Next());
        await Broker.Cut("receiver");
        Assert.Equal("a=fact", await heard.Next());
        durable.SetResult();
    }

    [Fact]
    public async Task A_message_that_was_taken_does_not_come_again()
    {
        var (sender, receiver) = (await Up("sender"), await Up("receiver"));
        var heard = new Inbox();
        await receiver.Subscribe("a", MqttQos.AtLeastOnce, heard.Take);
        await sender.Publish(Message("a", "one"));
        Assert.Equal("a=one", await heard.Next());

        // Acknowledgements go out in order: when the second is heard, the first one's is on its way for sure, its own is not.
        await sender.Publish(Message("a", "two"));
        Assert.Equal("a=two", await heard.Next());
        await Acknowledged(receiver);
        var back = Becomes(receiver, LinkState.Up);
        await Broker.Cut("receiver");
        await back.WaitAsync(Patience);
        await sender.Publish(Message("a", "three"));
        var next = await heard.Next();
        Assert.Equal("a=three", next == "a=two" ? await heard.Next() : next);
    }

    [Fact]
    public async Task A_will_is_published_when_the_connection_breaks_and_not_after_a_good_bye()
    {
        var watcher = await Up("watcher");
        var heard = new Inbox();
        await watcher.Subscribe("#", MqttQos.AtLeastOnce, heard.Take);
        var polite = await Up("polite", will: Message("polite", "broken", retain: true));
        await polite.Stop();
        await Up("cut", will: Message("cut", "broken", retain: true));
        await Broker.Cut("cut");
        Assert.Equal("cut=broken", await heard.Next());
    }

    [Fact]
    public async Task A_link_says_that_it_is_there_at_each_connection_and_away_when_it_breaks_or_leaves()
    {
        var watcher = await Up("watcher");
        var heard = new Inbox();
        await watcher.Subscribe("spBv1.0/STATE/+", MqttQos.AtLeastOnce, heard.Take);
        var host = NewLink("host", null, MqttPresence.OfSparkplugHost("wms"));
        _links.Add(host);
        host.Start();
        var first = Said(await heard.Next(), online: true);
        await Broker.Cut("host");
        Assert.Equal(first, Said(await heard.Next(), online: false));
        var second = Said(await heard.Next(), online: true);
        Assert.True(second >= first, $"{second} after {first}");
        await host.Stop();
        Assert.Equal(second, Said(await heard.Next(), online: false));
    }

    [Fact]
    public async Task A_will_that_comes_late_does_not_make_a_link_that_is_there_seem_away()
    {
        var watcher = await Up("watcher");
        var heard = new Inbox();
        await watcher.Subscribe("spBv1.0/STATE/+", MqttQos.AtLeastOnce, heard.Take);
        var host = NewLink("host", null, MqttPresence.OfSparkplugHost("wms"));
        _links.Add(host);
        host.Start();
        var since = Said(await heard.Next(), online: true);
        await watcher.Publish(Message("spBv1.0/STATE/wms", """{"online":false,"timestamp":1}""", retain: true));
        Assert.Equal(1, Said(await heard.Next(), online: false));
        Assert.Equal(since, Said(await heard.Next(), online: true));
    }

    [Fact]
    public async Task Publishing_without_a_connection_fails_at_once()
    {
        var link = NewLink("lonely", null);
        _links.Add(link);
        await Assert.ThrowsAsync<LinkDownException>(() => link.Publish(Message("a", "b")));
    }

    [Fact]
    public async Task A_link_comes_up_when_the_broker_starts_after_it()
    {
        await Broker.Stop();
        var link = NewLink("early", null);
        _links.Add(link);
        var up = Becomes(link, LinkState.Up);
        link.Start();
        await Broker.Start();
        await up.WaitAsync(Patience);
    }

    /// <summary>A handler that does not end before its fact is durable.</summary>
    private static Func<MqttMessage, Task> Holding(Inbox heard, Task durable) => async message =>
    {
        await heard.Take(message);
        await durable;
    };

    [Fact]
    public async Task A_link_says_how_it_is()
    {
        var (sender, receiver) = (await Up("sender"), await Up("receiver"));
        var durable = new TaskCompletionSource();
        var heard = new Inbox();
        await receiver.Subscribe("a", MqttQos.AtLeastOnce, Holding(heard, durable.Task));
        await sender.Publish(Message("a", "fact"));
        await heard.Next();
        Assert.Equal((LinkState.Up, 1L, 1L, 0), (sender.Health.State, sender.Health.Connects, sender.Health.Published, sender.Health.Out));
        Assert.Equal((1L, 1), (receiver.Health.Heard, receiver.Health.Held));
        durable.SetResult();

        var back = Becomes(receiver, LinkState.Up);
        await Broker.Cut("receiver");
        await back.WaitAsync(Patience);
        Assert.Equal((2L, 1L), (receiver.Health.Connects, receiver.Health.Resumed));
        Assert.Equal(2, Broker.Health.Clients);
    }

    [Theory]
    [InlineData("a/+")]
    [InlineData("")]
    public async Task What_is_no_topic_is_not_published(string topic)
    {
        var link = await Up("sender");
        await Assert.ThrowsAsync<ArgumentException>(() => link.Publish(Message(topic, "x")));
    }

    protected abstract IMqttBroker NewBroker();

    protected abstract IMqttLink NewLink(string clientId, MqttMessage? will, MqttPresence? presence = null);

    /// <summary>The time in what a host says of itself.</summary>
    private static long Said(string heard, bool online)
    {
        var match = System.Text.RegularExpressions.Regex.Match(heard, $$"""^spBv1.0/STATE/wms={"online":{{(online ? "true" : "false")}},"timestamp":(\d+)}""");
        Assert.True(match.Success, $"heard {heard}, and online is {online}");
        return long.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Ends when what the client has acknowledged so far has reached the broker: a round trip after it.</summary>
    private static async Task Acknowledged(IMqttLink link) => await link.Publish(Message("round/trip", "x"));

    protected async Task<IMqttLink> Up(string clientId, MqttMessage? will = null)
    {
        var link = NewLink(clientId, will);
        _links.Add(link);
        var up = Becomes(link, LinkState.Up);
        link.Start();
        await up.WaitAsync(Patience);
        return link;
    }

    private static Task Becomes(IMqttLink link, LinkState wanted)
    {
        var became = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.StateChanged += state =>
        {
            if (state == wanted)
            {
                became.TrySetResult();
            }
        };
        return became.Task;
    }

    private static MqttMessage Message(string topic, string text, bool retain = false) =>
        new(topic, Encoding.UTF8.GetBytes(text), MqttQos.AtLeastOnce, retain);

    private sealed class Inbox
    {
        private readonly System.Threading.Channels.Channel<string> _heard = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public Task Take(MqttMessage message)
        {
            _heard.Writer.TryWrite($"{message.Topic}={Encoding.UTF8.GetString(message.Payload.Span)}{(message.Retain ? " (retained)" : "")}");
            return Task.CompletedTask;
        }

        public async Task<string> Next()
        {
            using var patience = new CancellationTokenSource(Patience);
            return await _heard.Reader.ReadAsync(patience.Token);
        }
    }
}
