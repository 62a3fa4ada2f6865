using System.Collections.Immutable;
using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Types;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>One machine at its server, over one client: what its paths mean there, and the one subscription of all that is watched.</summary>
internal sealed class RemoteMachine
{
    private static readonly NodeId s_state = new(2259);

    private readonly OpcUaLinkOptions _options;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _objects = new(StringComparer.Ordinal);
    private string[] _namespaces = [];
    private RemoteEvents? _events;
    private Task _watching = Task.CompletedTask;

    private RemoteMachine(OpcUaLinkOptions options, OpcUaClient client) => (_options, Client, Nodes) = (options, client, new(client, options.Machine, []));

    public OpcUaClient Client { get; }

    public RemoteNodes Nodes { get; private set; }

    public ClientSubscription? Subscription { get; private set; }

    /// <summary>Its session cannot be gone on with: what is watched there is not known.</summary>
    public bool MustBeLeft { get; set; }

    /// <summary>Connects, learns the server's types, and watches what is to be watched.</summary>
    public static async Task<RemoteMachine> Connect(
        OpcUaLinkOptions options, OpcUaApplication application, Watches watches, TimeProvider clock, Action lost, CancellationToken cancellation)
    {
        var machine = new RemoteMachine(options, await OpcUaClient.Connect(options.ToClient(application), clock, cancellation));
        machine.Client.Broken += _ => lost();
        try
        {
            await machine.Client.KeepLimits(cancellation);
            await machine.Client.LoadTypes(cancellation);
            machine._namespaces = await machine.Client.NamespaceArray(cancellation);
            machine.Nodes = new(machine.Client, options.Machine, machine._namespaces);
            watches.Refused = 0;
            await machine.WatchNew(watches, cancellation);
            return machine;
        }
        catch
        {
            await machine.Client.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Goes on after a cut: what was missed is told first. False when the server is another one by now, whose nodes have
    /// other numbers.
    /// </summary>
    public async Task<bool> GoOn(Watches watches, CancellationToken cancellation)
    {
        var session = Client.SessionId;
        await Client.Reconnect(cancellation);
        if (Client.SessionId == session)
        {
            return true;
        }

        if (!(await Client.NamespaceArray(cancellation)).SequenceEqual(_namespaces, StringComparer.Ordinal))
        {
            return false;
        }

        await Refresh(watches, cancellation);
        return true;
    }

    /// <summary>Watches what is to be watched and is not yet; after what was begun before.</summary>
    public Task WatchNew(Watches watches, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _watching = WatchNew(_watching, watches, cancellation);
        }
    }

    private async Task WatchNew(Task before, Watches watches, CancellationToken cancellation)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        var variables = watches.Missing(_variables, _objects, out var objects);
        if (variables.IsEmpty && objects.IsEmpty)
        {
            return;
        }

        var lifetime = (uint)Math.Clamp(_options.SessionTimeout.TotalMilliseconds / _options.PublishingMilliseconds, 60, 1_000_000);
        Subscription ??= await Client.CreateSubscription(
            new SubscriptionOptions { PublishingIntervalMilliseconds = _options.PublishingMilliseconds, LifetimeCount = lifetime }, cancellation);
        await Add(variables, _variables, watches.Variable, watches, cancellation);
        if (!objects.IsEmpty)
        {
            _events ??= await RemoteEvents.Load(Client, cancellation);
            await Add(objects, _objects, (path, node) => watches.Object(path, node, _events), watches, cancellation);
            await Refresh(watches, cancellation);
        }
    }

    /// <summary>Whether the server still answers.</summary>
    public async Task<bool> Answers(CancellationToken cancellation)
    {
        try
        {
            return !(await Client.Read(s_state, cancellation)).StatusCode.IsBad;
        }
        catch (Exception silent) when (silent is OpcUaException or OperationCanceledException)
        {
            return false;
        }
    }

    public async Task<NodeId?[]> Find(ImmutableArray<string> paths, CancellationToken cancellation)
    {
        var nodes = new NodeId?[paths.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = await Nodes.Find(paths[i], cancellation);
        }

        return nodes;
    }

    private async Task Add(
        ImmutableArray<string> paths, HashSet<string> watched, Func<string, NodeId, MonitoredNode> make, Watches watches, CancellationToken cancellation)
    {
        var nodes = await Find(paths, cancellation);
        List<MonitoredNode> items = [.. paths.Zip(nodes).Where(pair => pair.Second is not null).Select(pair => make(pair.First, pair.Second!.Value))];
        var results = items.Count == 0 ? [] : await Client.Monitor(Subscription!, items, cancellation);
        watches.Refused += paths.Length - items.Count + results.Count(result => result.IsBad);
        watched.UnionWith(paths);
    }

    /// <summary>Conditions that are of interest are told again; a server without any says so.</summary>
    private async Task Refresh(Watches watches, CancellationToken cancellation)
    {
        if (watches.Events && Subscription is { } subscription)
        {
            await Client.ConditionRefresh(subscription, cancellation);
        }
    }
}
