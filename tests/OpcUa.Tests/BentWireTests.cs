using System.Collections.Concurrent;
using OpcUa.Tests.Staging;
using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace OpcUa.Tests;

/// <summary>The whole stack, both sides, over a wire that bends what passes. Whatever comes, each side refuses or goes on, and the next client is served.</summary>
public sealed class BentWireTests
{
    /// <summary>In CI; <c>BENT_CONVERSATIONS=1000</c> looks longer.</summary>
    private static readonly int Conversations = int.Parse(
        Environment.GetEnvironmentVariable("BENT_CONVERSATIONS") ?? "8", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly TimeSpan LongestTalk = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, true, false)]
    [InlineData(3, false, true)]
    [InlineData(4, true, true)]
    public async Task Bent_messages_are_refused_and_both_sides_go_on(int seed, bool bendsAnswers, bool encrypted)
    {
        var unobserved = new ConcurrentQueue<Exception>();
        void Count(object? sender, UnobservedTaskExceptionEventArgs failure)
        {
            foreach (var odd in failure.Exception.InnerExceptions.Where(inner => inner is not (OpcUaException or IOException or OperationCanceledException)))
            {
                unobserved.Enqueue(odd);
            }
        }

        TaskScheduler.UnobservedTaskException += Count;
        await using var pair = new Pair();
        await using var proxy = new BendingProxy(pair.Server.EndpointUrl, seed, bendsAnswers);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var run = 0; run < Conversations; run++)
        {
            await Talk(pair, proxy, encrypted).WaitAsync(Patience);
        }

        Assert.True(proxy.Bent > Conversations / 4, $"only {proxy.Bent} pieces were bent");
        await using var whole = await pair.Connect();
        Assert.Equal(7, (await whole.Read(pair.Number)).Value.Value);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= Count;
        Assert.Empty(unobserved);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64 << 20);
    }

    private static async Task Talk(Pair pair, BendingProxy proxy, bool encrypted)
    {
        var options = pair.Options with { RequestTimeout = TimeSpan.FromMilliseconds(200) };
        options = options with
        {
            EndpointUrl = proxy.Url,
            Policy = encrypted ? SecurityPolicy.Basic256Sha256 : SecurityPolicy.None,
            Mode = encrypted ? MessageSecurityMode.SignAndEncrypt : MessageSecurityMode.None,
        };
        try
        {
            await using var client = await OpcUaClient.Connect(options, TimeProvider.System);
            using var cut = new Timer(_ => client.Cut(), null, LongestTalk, Timeout.InfiniteTimeSpan);
            await client.LoadTypes();
            await client.Browse(Ids.ObjectsFolder);
            var subscription = await client.CreateSubscription(new SubscriptionOptions { PublishingIntervalMilliseconds = 10 });
            await client.Monitor(subscription, [new MonitoredNode(ReadValueId.ValueOf(pair.Number), 0, 10), new MonitoredNode(
                new ReadValueId(pair.Machine.NodeId, AttributeId.EventNotifier, null, default), 0, 10,
                new EventFilter([SimpleAttributeOperand.Field("Message")], ContentFilter.None))]);
            await client.Call([new(pair.Machine.NodeId, new NodeId(1, "Double"), [new Variant(21)])]);
            await client.Read(pair.Number);
            client.Cut();
        }
        catch (Exception refused) when (refused is OpcUaException or IOException or OperationCanceledException)
        {
            // By either side, in words or by closing.
        }
    }
}
