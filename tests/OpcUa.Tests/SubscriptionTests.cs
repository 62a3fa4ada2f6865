using System.Threading.Channels;
using OpcUa.Tests.Staging;
using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace OpcUa.Tests;

public sealed class SubscriptionTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel<int> _values = Channel.CreateUnbounded<int>();

    [Fact]
    public async Task Every_change_is_told_in_order_when_the_queue_has_room()
    {
        await using var pair = new Pair();
        await using var client = await pair.Connect();
        await Watch(client, pair.Number, queueSize: 100);
        Assert.Equal(7, await Next());
        for (var i = 100; i < 150; i++)
        {
            pair.Space.Write(pair.Number, new Variant(i));
        }

        for (var i = 100; i < 150; i++)
        {
            Assert.Equal(i, await Next());
        }
    }

    [Fact]
    public async Task A_full_queue_drops_the_oldest_and_says_so()
    {
        await using var pair = new Pair();
        await using var client = await pair.Connect();
        var told = Channel.CreateUnbounded<DataValue>();
        var subscription = await client.CreateSubscription(new SubscriptionOptions { PublishingIntervalMilliseconds = 200 });
        await client.Monitor(subscription, [new(ReadValueId.ValueOf(pair.Number), 10, 3) { ValueChanged = value => told.Writer.TryWrite(value) }]);
        Assert.Equal(7, (await Next(told)).Value.Value);
        pair.Space.Write([.. Enumerable.Range(1, 10).Select(i => (pair.Number, new Variant(i)))]);
        var first = await Next(told);
        Assert.Equal((8, 0x480u), ((int)first.Value.Value!, first.StatusCode.Code));
        Assert.Equal(9, (await Next(told)).Value.Value);
        Assert.Equal(10, (await Next(told)).Value.Value);
    }

    [Fact]
    public async Task Changes_within_the_deadband_are_not_told()
    {
        await using var pair = new Pair();
        await using var client = await pair.Connect();
        await Watch(client, pair.Number, queueSize: 100, new DataChangeFilter(DataChangeTrigger.StatusValue, (uint)DeadbandType.Absolute, 5));
        Assert.Equal(7, await Next());
        foreach (var value in new[] { 8, 12, 13, 17, 19 })
        {
            pair.Space.Write(pair.Number, new Variant(value));
        }

        Assert.Equal(13, await Next());
        Assert.Equal(19, await Next());
    }

    [Fact]
    public async Task A_cut_connection_loses_no_notification_that_the_server_kept()
    {
        await using var pair = new Pair();
        await using var client = await pair.Connect();
        var broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Broken += _ => broken.TrySetResult();
        var session = client.SessionId;
        await Watch(client, pair.Number, queueSize: 1000);
        Assert.Equal(7, await Next());
        for (var i = 0; i < 300; i++)
        {
            pair.Space.Write(pair.Number, new Variant(1000 + i));
            if (i == 100)
            {
                client.Cut();
            }
        }

        await broken.Task.WaitAsync(s_patience);
        await client.Reconnect();
        Assert.Equal(session, client.SessionId);
        await HearsAll(1000, 300);
    }

    private async Task HearsAll(int first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(first + i, await Next());
        }
    }

    [Fact]
    public async Task A_session_that_was_closed_hands_its_subscription_to_the_next_one()
    {
        await using var pair = new Pair();
        await using var client = await pair.Connect();
        var broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Broken += _ => broken.TrySetResult();
        var session = client.SessionId;
        await Watch(client, pair.Number, queueSize: 1000);
        Assert.Equal(7, await Next());
        client.Cut();
        await broken.Task.WaitAsync(s_patience);
        pair.Server.ForgetSessions();
        for (var i = 0; i < 50; i++)
        {
            pair.Space.Write(pair.Number, new Variant(2000 + i));
        }

        await client.Reconnect();
        Assert.NotEqual(session, client.SessionId);
        await HearsAll(2000, 50);
    }

    [Fact]
    public async Task Events_pass_the_where_clause_and_an_alarm_is_acknowledged_and_confirmed_once()
    {
        await using var pair = new Pair();
        await using var client = await pair.Connect();
        var events = Channel.CreateUnbounded<Variant[]>();
        var filter = new EventFilter(
            [SimpleAttributeOperand.Field("EventId"), SimpleAttributeOperand.Field("Message"), SimpleAttributeOperand.Field("AckedState/Id"), SimpleAttributeOperand.ConditionId],
            new([new(FilterOperator.And, [ExtensionObject.Of(new ElementOperand(1)), ExtensionObject.Of(new ElementOperand(2))]),
                new(FilterOperator.OfType, [ExtensionObject.Of(new LiteralOperand(new(Ids.AlarmConditionType)))]),
                new(FilterOperator.GreaterThan, [ExtensionObject.Of(SimpleAttributeOperand.Field("Severity")), ExtensionObject.Of(new LiteralOperand(new(500)))])]));
        var subscription = await client.CreateSubscription(new());
        Assert.Equal([StatusCodes.Good], await client.Monitor(subscription,
            [new(new(pair.Machine.NodeId, AttributeId.EventNotifier, null, default), 0, 100, filter) { EventRaised = fields => events.Writer.TryWrite(fields) }]));
        pair.Alarm.Raise("a trifle", 100);
        pair.Alarm.Raise("drive fault", 900);
        var told = await Next(events);
        Assert.Equal(("drive fault", false), (told[1].Value!.ToString(), told[2].Value));
        var (id, condition) = ((byte[])told[0].Value!, (NodeId)told[3].Value!);

        Assert.Equal(StatusCodes.BadEventIdUnknown, await client.Acknowledge(condition, [1, 2, 3], "seen"));
        Assert.Equal(StatusCodes.Good, await client.Acknowledge(condition, id, "seen"));
        var acked = await Next(events);
        Assert.Equal(true, acked[2].Value);
        Assert.Equal(StatusCodes.BadConditionBranchAlreadyAcked, await client.Acknowledge(condition, (byte[])acked[0].Value!, "again"));
        Assert.Equal(StatusCodes.Good, await client.Acknowledge(condition, (byte[])acked[0].Value!, "mended", confirm: true));
        Assert.True(pair.Alarm is { Acked: true, Confirmed: true, Active: true });
        await Next(events);
        Assert.Equal(StatusCodes.Good, await client.ConditionRefresh(subscription));
        Assert.Equal("drive fault", (await Next(events))[1].Value!.ToString());
    }

    private async Task Watch(OpcUaClient client, NodeId node, uint queueSize, DataChangeFilter? filter = null)
    {
        var subscription = await client.CreateSubscription(new SubscriptionOptions { PublishingIntervalMilliseconds = 20 });
        await client.Monitor(subscription, [new(ReadValueId.ValueOf(node), 10, queueSize, filter) { ValueChanged = value => _values.Writer.TryWrite((int)value.Value.Value!) }]);
    }

    private Task<int> Next() => Next(_values);

    private static async Task<T> Next<T>(Channel<T> told) => await told.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
}
