using System.Security.Cryptography;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>What the Server object says of this server (Part 5, 6.3 and 8.3.2), and the refresh of conditions (Part 9, 5.5.7 and 5.5.8).</summary>
internal static class ServerObject
{
    public static void Bind(OpcUaServer server, DateTime started, TimeProvider clock)
    {
        var space = server.Space;
        var options = server.Options;
        var build = new BuildInfo("urn:WarehouseOrleans", "WarehouseOrleans", options.ApplicationName, Version, "1", DateTime.MinValue);
        string[] profiles = ["http://opcfoundation.org/UA-Profile/Server/StandardUA2017"], locales = ["en"];
        DataValue Now(object? value) => space.Now(new Variant(value));
        Value(2254, () => Now(new[] { options.ApplicationUri }));
        Value(2255, () => Now(space.Namespaces.ToArray()));
        Value(2256, () => Now(ExtensionObject.Of(new ServerStatusDataType(started, clock.GetUtcNow().UtcDateTime, ServerState.Running, build, 0, default))));
        Value(2257, () => Now(started));
        Value(2258, () => Now(clock.GetUtcNow().UtcDateTime));
        Value(2259, () => Now((int)ServerState.Running));
        Value(2260, () => Now(ExtensionObject.Of(build)));
        Value(2992, () => Now(0u));
        Value(2993, () => Now(default(LocalizedText)));
        Value(2267, () => Now((byte)255));
        Value(2994, () => Now(false));
        Value(2268 + 1, () => Now(profiles));
        Value(2271, () => Now(locales));
        Value(2272, () => Now(0.0));
        Value(2735, () => Now((ushort)options.MaxContinuationPoints));
        Value(11702, () => Now((uint)options.Limits.Decoding.MaxArrayLength));
        Value(11703, () => Now((uint)options.Limits.Decoding.MaxStringLength));
        foreach (var id in new uint[] { 11705, 11707, 11709, 11710, 11711, 11712, 11713, 11714 })
        {
            Value(id, () => Now((uint)options.MaxOperations));
        }

        space.Get(Ids.Server).EventNotifier = 1;
        foreach (var method in new[] { Ids.ConditionRefresh, Ids.ConditionRefresh2 })
        {
            if (space.Find(method) is not null)
            {
                space.Bind(method, call => Refresh(server, call, clock));
            }
        }

        void Value(uint id, Func<DataValue> read)
        {
            if (space.Find(new NodeId(id)) is { } node)
            {
                node.OnRead = read;
            }
        }
    }

    private static string Version => typeof(ServerObject).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static CallMethodResult Refresh(OpcUaServer server, MethodCall call, TimeProvider clock)
    {
        var space = server.Space;
        if (call.Inputs.Length == 0 || call.Inputs[0].Value is not uint id || server.Sessions.Subscription(id) is not { } subscription || subscription.Session != call.Session)
        {
            return CallMethodResult.Refused(StatusCodes.BadSubscriptionIdInvalid);
        }

        lock (space.Gate)
        {
            foreach (var item in subscription.EventItems())
            {
                item.Offer(Mark(Ids.RefreshStartEventType));
                foreach (var condition in space.Conditions.Where(condition => condition.Retain))
                {
                    item.Offer(condition.Event());
                }

                item.Offer(Mark(Ids.RefreshEndEventType));
            }
        }

        return CallMethodResult.Done();

        ServerEvent Mark(NodeId type) => new(type, Ids.Server, "Server", "refresh", 100, RandomNumberGenerator.GetBytes(16), clock.GetUtcNow().UtcDateTime);
    }
}
