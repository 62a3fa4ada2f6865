using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Client;

public sealed partial class OpcUaClient
{
    /// <summary>Nodes in one request at most; more are asked for in turn. The server's OperationLimits lower it (Part 5, 6.3.11).</summary>
    public int NodesPerRequest { get; set; } = 1000;

    /// <summary>Reads attributes, in their order (Read, Part 4, 5.11.2).</summary>
    public Task<DataValue[]> Read(IReadOnlyList<ReadValueId> nodes, CancellationToken cancellation = default) =>
        InParts(nodes, async part => (await Request<ReadResponse>(
            new ReadRequest(_session.Header(), 0, TimestampsToReturn.Both, part), cancellation)).Results);

    /// <summary>Reads a variable's value.</summary>
    public async Task<DataValue> Read(NodeId node, CancellationToken cancellation = default) => (await Read([ReadValueId.ValueOf(node)], cancellation))[0];

    /// <summary>Writes attributes, in their order (Write, Part 4, 5.11.4).</summary>
    public Task<StatusCode[]> Write(IReadOnlyList<WriteValue> nodes, CancellationToken cancellation = default) =>
        InParts(nodes, async part => (await Request<WriteResponse>(new WriteRequest(_session.Header(), part), cancellation)).Results);

    /// <summary>Calls methods one after another (Call, Part 4, 5.12.2).</summary>
    public async Task<CallMethodResult[]> Call(IReadOnlyList<CallMethodRequest> calls, CancellationToken cancellation = default) =>
        Same(calls.Count, (await Request<CallResponse>(new CallRequest(_session.Header(), [.. calls]), cancellation)).Results);

    /// <summary>The references of a node, all of them.</summary>
    public async Task<IReadOnlyList<ReferenceDescription>> Browse(
        NodeId node, NodeId? referenceType = null, BrowseDirection direction = BrowseDirection.Forward, CancellationToken cancellation = default)
    {
        var result = (await BrowseEach([node], referenceType, direction, cancellation))[0];
        return result.StatusCode.IsBad ? throw new OpcUaException(result.StatusCode, node.ToString()) : result.References;
    }

    /// <summary>The references of many nodes, all of them (Browse and BrowseNext, Part 4, 5.9.2 and 5.9.3).</summary>
    public async Task<BrowseResult[]> BrowseEach(
        IReadOnlyList<NodeId> nodes, NodeId? referenceType = null, BrowseDirection direction = BrowseDirection.Forward, CancellationToken cancellation = default)
    {
        var type = referenceType ?? Ids.HierarchicalReferences;
        var results = await InParts(
            [.. nodes.Select(node => new BrowseDescription(node, direction, type, true, 0, (uint)BrowseResultMask.All))],
            async part => (await Request<BrowseResponse>(
                new BrowseRequest(_session.Header(), new ViewDescription(default, DateTime.MinValue, 0), 0, part), cancellation)).Results);
        for (var i = 0; i < results.Length; i++)
        {
            while (results[i] is { StatusCode.IsBad: false, ContinuationPoint: { Length: > 0 } point } told)
            {
                var more = Same(1, (await Request<BrowseNextResponse>(new BrowseNextRequest(_session.Header(), false, [point]), cancellation)).Results)[0];
                results[i] = more with { References = [.. told.References, .. more.References] };
            }
        }

        return results;
    }

    /// <summary>Follows browse paths (TranslateBrowsePathsToNodeIds, Part 4, 5.9.4).</summary>
    public Task<BrowsePathResult[]> Translate(IReadOnlyList<BrowsePath> paths, CancellationToken cancellation = default) =>
        InParts(paths, async part => (await Request<TranslateBrowsePathsToNodeIdsResponse>(
            new TranslateBrowsePathsToNodeIdsRequest(_session.Header(), part), cancellation)).Results);

    /// <summary>The server's namespaces by their indexes.</summary>
    public async Task<string[]> NamespaceArray(CancellationToken cancellation = default) =>
        (await Read(Ids.NamespaceArray, cancellation)).Value.Value as string[] ?? [];

    /// <summary>Learns the server's data types, so that its structures are read and written by their fields.</summary>
    public Task LoadTypes(CancellationToken cancellation = default) => new TypeLoader(this).Load(cancellation);

    /// <summary>Asks how much the server takes in one request, and asks for no more from now on (OperationLimits, Part 5, 6.3.11).</summary>
    public async Task KeepLimits(CancellationToken cancellation = default)
    {
        var limits = await Read([.. s_limits.Select(id => ReadValueId.ValueOf(new NodeId(id)))], cancellation);
        foreach (var limit in limits)
        {
            if (limit.Value.Value is uint and > 0 and var most)
            {
                NodesPerRequest = (int)Math.Min((uint)NodesPerRequest, most);
            }
        }
    }

    /// <summary>MaxNodesPerRead, -Write, -Browse, -TranslateBrowsePathsToNodeIds and MaxMonitoredItemsPerCall.</summary>
    private static readonly uint[] s_limits = [11705, 11707, 11710, 11712, 11714];

    /// <summary>Makes a subscription (CreateSubscription, Part 4, 5.14.2).</summary>
    public async Task<ClientSubscription> CreateSubscription(SubscriptionOptions options, CancellationToken cancellation = default)
    {
        var subscription = new ClientSubscription(options);
        await _publisher.Create(subscription, cancellation);
        _publisher.Add(subscription);
        return subscription;
    }

    /// <summary>Adds monitored items (CreateMonitoredItems, Part 4, 5.13.2); one that the server refuses has a bad status.</summary>
    public async Task<StatusCode[]> Monitor(ClientSubscription subscription, IReadOnlyList<MonitoredNode> nodes, CancellationToken cancellation = default)
    {
        var requests = nodes.Select(node => node.ToRequest(subscription.Add(node))).ToList();
        return [.. (await _publisher.Monitor(subscription, requests, cancellation)).Select(result => result.StatusCode)];
    }

    /// <summary>Has all conditions of interest told again (ConditionRefresh, Part 9, 5.5.7).</summary>
    public async Task<StatusCode> ConditionRefresh(ClientSubscription subscription, CancellationToken cancellation = default) =>
        (await Call([new(Ids.ConditionType, Ids.ConditionRefresh, [new Variant(subscription.SubscriptionId)])], cancellation))[0].StatusCode;

    /// <summary>Says that somebody saw a condition (Part 9, 5.7.3), or with <paramref name="confirm"/> dealt with it (5.7.4).</summary>
    public async Task<StatusCode> Acknowledge(
        NodeId condition, byte[] eventId, string comment, bool confirm = false, CancellationToken cancellation = default) =>
        (await Call([new(condition, confirm ? Ids.Confirm : Ids.Acknowledge, [new Variant(eventId), new Variant(new LocalizedText(comment))])], cancellation))[0]
        .StatusCode;

    internal async Task<TResult[]> InParts<TNode, TResult>(IReadOnlyList<TNode> nodes, Func<TNode[], Task<TResult[]>> ask)
    {
        if (nodes.Count <= NodesPerRequest)
        {
            return Same(nodes.Count, await ask([.. nodes]));
        }

        var all = new List<TResult>(nodes.Count);
        foreach (var part in nodes.Chunk(NodesPerRequest))
        {
            all.AddRange(Same(part.Length, await ask(part)));
        }

        return [.. all];
    }

    private static T[] Same<T>(int asked, T[] results) => results.Length == asked ? results
        : throw new OpcUaException(StatusCodes.BadUnknownResponse, $"{results.Length} results for {asked} questions");
}
