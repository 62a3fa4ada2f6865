using System.Text;
using System.Text.Json;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Tests.Vda5050;

public sealed class OrderMappingTests
{
    private static readonly DriveStyle Style = new("MAIN", "fork");
    private static readonly VdaTopics Topics = VdaTopics.OfVirtual(new("MAIN/V07"));
    private static readonly VdaHeader Header = new(7, new Moment(1_772_431_200_123), Topics);

    private static VdaOrder ToOrder(MachineCommand command, int from = 0, uint update = 0) => Header.Head(OrderMapping.ToOrder(
        Course.Of(command)!, new OrderPart(OrderName.First(new("MAIN/M000042")), update, from), Style));

    [Fact]
    public void Legs_become_one_released_order_with_even_nodes_and_odd_edges()
    {
        var order = ToOrder(Drives.Fetch);

        Assert.Equal("MAIN/M000042", order.OrderId);
        Assert.Equal(0u, order.OrderUpdateId);
        Assert.Equal("2026-03-02T06:00:00.123Z", order.Timestamp);
        Assert.Equal(["N1", "N2", "N3", "N4"], order.Nodes.Select(node => node.NodeId));
        Assert.Equal([0u, 2, 4, 6], order.Nodes.Select(node => node.SequenceId));
        Assert.Equal([1u, 3, 5], order.Edges.Select(edge => edge.SequenceId));
        Assert.Equal(["N1-N2", "N2-N3", "N3-N4"], order.Edges.Select(edge => $"{edge.StartNodeId}-{edge.EndNodeId}"));
        Assert.All(order.Nodes, node => Assert.True(node.Released));
        Assert.All(order.Edges, edge => Assert.True(edge.Released));
        Assert.Equal(new VdaNodePosition(1.5m, 0.25m, "MAIN"), order.Nodes[1].NodePosition);
    }

    [Fact]
    public void A_pick_stands_at_the_last_node_of_its_leg_and_blocks_everything()
    {
        var order = ToOrder(Drives.Fetch);

        Assert.Equal([0, 0, 1, 0], order.Nodes.Select(node => node.Actions.Length));
        var pick = order.Nodes[2].Actions[0];
        Assert.Equal(("pick", "MAIN/M000042-0", VdaBlocking.Hard), (pick.ActionType, pick.ActionId, pick.BlockingType));
        Assert.Equal(
            [new("lhd", "fork"), new("stationType", "out"), new("stationName", "MAIN/A01/out1"), new("loadType", "tote"), new("loadId", "T000123")],
            pick.ActionParameters!.Value.AsEnumerable());
    }

    [Fact]
    public void Legs_that_end_on_one_node_act_there_in_order()
    {
        var stay = Drives.Fetch with
        {
            Legs =
            [
                new Leg([Drives.Point("N1", 0)], LegAction.Pick, new("MAIN/A01/out1")),
                new Leg([Drives.Point("N1", 0)], LegAction.Drop, new("MAIN/A01/in1")),
            ],
        };
        var order = ToOrder(stay);

        Assert.Empty(order.Edges);
        Assert.Equal(["pick", "drop"], Assert.Single(order.Nodes).Actions.Select(action => action.ActionType));
        Assert.Equal([0, 0], Course.Of(stay)!.LegEnds.AsEnumerable());
        Assert.Equal(["MAIN/M000042-0", "MAIN/M000042-1"], Course.Of(stay)!.Acts.Select(act => act.ActionId));
    }

    [Fact]
    public void A_way_is_base_and_horizon_and_an_update_begins_with_the_last_node_of_the_base()
    {
        var way = Drives.Way;
        var first = ToOrder(way);
        Assert.Equal([true, true, false, false], first.Nodes.Select(node => node.Released));
        Assert.Equal([true, false, false], first.Edges.Select(edge => edge.Released));

        var joined = way.Join(way.Next([new(Drives.Point("N3", 3000), LegAction.Pick, new("MAIN/A01/out1")), new(Drives.Point("N5", 4500))], 4, ends: true));
        var update = ToOrder(joined, from: 1, update: 1);
        Assert.Equal(["N2 2", "N3 4", "N5 6"], update.Nodes.Select(node => $"{node.NodeId} {node.SequenceId}"));
        Assert.Equal([3u, 5], update.Edges.Select(edge => edge.SequenceId));
        Assert.Equal("MAIN/M000042-2", Assert.Single(update.Nodes[1].Actions).ActionId);
        Assert.Equal(1u, update.OrderUpdateId);
    }

    [Theory]
    [InlineData("2.1.0")]
    [InlineData("3.0.0")]
    public void Everything_that_either_side_writes_keeps_the_published_schema(string version)
    {
        var topics = VdaTopics.OfVirtual(new("MAIN/V07"), version);
        var header = new VdaHeader(7, new Moment(1_772_431_200_123), topics);
        Keeps(VdaTopic.Order, header.Head(ToOrder(Drives.Fetch)), topics);
        Keeps(VdaTopic.Order, header.Head(OrderMapping.ToOrder(
            Course.Of(Drives.Way)!, new OrderPart(OrderName.First(Drives.Way.Mission), 0, 0), Style with { StartDeviationMillimetres = 300 })), topics);
        Keeps(VdaTopic.State, (topics.Dialect.Major < 3 ? Drives.At(2, VdaActionStatus.Paused) : Drives.At(2, VdaActionStatus.Retriable) with
        {
            InstantActionStates = [], ZoneRequests = [new("r1", RequestType.Access, "z", "set", VdaRequestStatus.Queued)],
            OperatingMode = OperatingMode.Intervened,
        }) with { Version = version, Errors = [new VdaError("orderError", ErrorLevel.Warning, [new("orderId", "x")], "why")] }, topics);
        Keeps(VdaTopic.Connection, new VdaConnection(1, header.Timestamp, version, "virtual", "MAIN-V07", VdaConnectionState.ConnectionBroken), topics);
        Keeps(VdaTopic.InstantActions, new VdaInstantActions(1, header.Timestamp, version, "virtual", "MAIN-V07",
            [new("initPosition", "a", VdaBlocking.None, [new("x", VdaValue.NumberOf("1.5"))])]), topics);
        Keeps(VdaTopic.Visualization, new VdaVisualization(1, header.Timestamp, version, "virtual", "MAIN-V07", new VdaPosition(1, 2, 0, "MAIN", true), 1), topics);
    }

    [Fact]
    public void Zones_and_answers_keep_the_published_schema_of_3_0()
    {
        var topics = VdaTopics.OfVirtual(new("MAIN/V07"), "3.0.0");
        var zones = new ZoneSet("s1", "MAIN",
        [
            .. Enum.GetValues<ZoneType>().Select(type => new Zone($"z{type}", type, [new(0, 0), new(1000, 0), new(0, 1000)], 500, ReleaseLossBehavior.Evacuate)),
        ]);
        Keeps(VdaTopic.ZoneSet, new VdaZoneSetMessage(1, Header.Timestamp, "3.0.0", "virtual", "MAIN-V07", ZoneMapping.ToZoneSet(zones)), topics);
        Keeps(VdaTopic.Responses, new VdaResponses(
            1, Header.Timestamp, "3.0.0", "virtual", "MAIN-V07", [new("r1", GrantType.Granted, Header.Timestamp), new("r2", GrantType.Queued)]), topics);
    }

    [Fact]
    public void Each_version_spells_fields_and_words_its_own_way()
    {
        string Written(string version) => Encoding.UTF8.GetString(VdaDialect.Of(version).Write(Drives.At(2, VdaActionStatus.Running) with { OperatingMode = OperatingMode.TeachIn }));
        Assert.Contains("\"agvPosition\":{\"x\":1.5,\"y\":0.25,\"theta\":1.571,\"mapId\":\"MAIN\",\"positionInitialized\":true}", Written("2.1.0"), StringComparison.Ordinal);
        Assert.Contains("\"operatingMode\":\"TEACHIN\"", Written("2.0.0"), StringComparison.Ordinal);
        Assert.Contains("\"mobileRobotPosition\":{\"x\":1.5,\"y\":0.25,\"theta\":1.571,\"mapId\":\"MAIN\",\"localized\":true}", Written("3.0.0"), StringComparison.Ordinal);
        Assert.Contains("\"operatingMode\":\"TEACH_IN\"", Written("3.0.0"), StringComparison.Ordinal);
        foreach (var version in VdaTopics.Versions)
        {
            var state = Drives.At(2, VdaActionStatus.Running) with { OperatingMode = OperatingMode.SemiAutomatic };
            var read = VdaDialect.Of(version).Read<VdaState>(VdaDialect.Of(version).Write(state));
            Assert.Equal(state.MobileRobotPosition, read.MobileRobotPosition);
            Assert.Equal((state.PowerSupply, state.OperatingMode, state.SafetyState), (read.PowerSupply, read.OperatingMode, read.SafetyState));
        }
    }

    private static void Keeps<T>(VdaTopic topic, T message, VdaTopics topics)
        where T : class
    {
        using var written = JsonDocument.Parse(topics.Dialect.Write(message));
        Assert.Empty(topics.Dialect.Breaches(topic, written.RootElement));
    }
}
