using System.Text.Json;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Tests.Vda5050;

public sealed class DriveMappingTests
{
    private static readonly DriveStyle Style = new("MAIN", "fork");
    private static readonly VdaHeader Header = new(7, new Moment(1_772_431_200_123), new VdaTopics("virtual", "MAIN-V07"));

    [Fact]
    public void Legs_become_one_released_order_with_even_nodes_and_odd_edges()
    {
        var order = DriveMapping.ToOrder(Drives.Fetch, Style, Header);

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
        var order = DriveMapping.ToOrder(Drives.Fetch, Style, Header);

        Assert.Equal([0, 0, 1, 0], order.Nodes.Select(node => node.Actions.Length));
        var pick = order.Nodes[2].Actions[0];
        Assert.Equal(("pick", "MAIN/M000042-0", VdaBlocking.Hard), (pick.ActionType, pick.ActionId, pick.BlockingType));
        Assert.Equal(
            [new("lhd", "fork"), new("stationType", "out"), new("stationName", "MAIN/A01/out1"), new("loadType", "tote"), new("loadId", "T000123")],
            pick.ActionParameters.AsEnumerable());
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
        var order = DriveMapping.ToOrder(stay, Style, Header);

        Assert.Empty(order.Edges);
        Assert.Equal(["pick", "drop"], Assert.Single(order.Nodes).Actions.Select(action => action.ActionType));
        Assert.Equal([new LegEnd(0, "MAIN/M000042-0"), new LegEnd(0, "MAIN/M000042-1")], DriveMapping.LegEnds(stay).AsEnumerable());
    }

    [Theory]
    [InlineData("order.schema", "order")]
    [InlineData("connection.schema", "connection")]
    [InlineData("state.schema", "state")]
    public void Every_required_field_of_the_published_schema_is_written_and_none_that_it_does_not_know(string schema, string message)
    {
        var body = message switch
        {
            "order" => JsonSerializer.SerializeToElement(DriveMapping.ToOrder(Drives.Fetch, Style, Header), VdaJson.Default.VdaOrder),
            "state" => JsonSerializer.SerializeToElement(
                Drives.At(2, VdaActionStatus.Waiting) with { Errors = [new VdaError("orderError", VdaErrorLevel.Warning, [new("orderId", "x")], "why")] },
                VdaJson.Default.VdaState),
            _ => JsonSerializer.SerializeToElement(
                new VdaConnection(1, Header.Timestamp, "2.1.0", "virtual", "MAIN-V07", VdaConnectionState.ConnectionBroken), VdaJson.Default.VdaConnection),
        };
        using var published = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vda5050", "schema-2.1.0", schema)));
        Assert.Empty(SchemaRules.Broken(published.RootElement, body));
    }

    [Fact]
    public void The_schema_rules_find_a_missing_field_a_strange_one_and_a_wrong_word()
    {
        using var published = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vda5050", "schema-2.1.0", "connection.schema")));
        using var wrong = JsonDocument.Parse("""{"headerId":"1","timestamp":"t","version":"2.1.0","manufacturer":"m","connectionState":"GONE","mood":1}""");
        Assert.Equal(
            [
                "$: serialNumber is missing", "$.headerId: String is no integer", "$.connectionState: GONE is none of its words",
                "$.mood: the schema does not know it",
            ],
            SchemaRules.Broken(published.RootElement, wrong.RootElement));
    }
}
