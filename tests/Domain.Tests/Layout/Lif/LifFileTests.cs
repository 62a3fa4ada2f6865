using System.Collections.Immutable;
using System.Text;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Layout.Lif;

namespace Warehouse.Domain.Tests.Layout.Lif;

public sealed class LifFileTests
{
    private static readonly LayoutNeeds Tote = LayoutNeeds.Of(1200, 800);

    /// <summary>A ring of four nodes, five metres a side, a charger at D, a station at B; the truck may use none of it.</summary>
    private const string Ring = """
        {"metaInformation":{"projectIdentification":"p","creator":"c","exportTimestamp":"2026-01-01T00:00:00.00Z","lifVersion":"1.0.0"},
         "layouts":[{"layoutId":"hall","layoutVersion":"1","nodes":[
          {"nodeId":"A","mapId":"m","nodePosition":{"x":0,"y":0},"vehicleTypeNodeProperties":[{"vehicleTypeId":"tote"}]},
          {"nodeId":"B","mapId":"m","nodePosition":{"x":5.0,"y":0},"vehicleTypeNodeProperties":[{"vehicleTypeId":"tote"}]},
          {"nodeId":"C","mapId":"m","nodePosition":{"x":5.0,"y":5},"vehicleTypeNodeProperties":[{"vehicleTypeId":"tote"}]},
          {"nodeId":"D","mapId":"m","nodePosition":{"x":0,"y":5},"vehicleTypeNodeProperties":[{"vehicleTypeId":"tote","actions":[{"actionType":"startCharging","blockingType":"HARD"}]}]}],
         "edges":[
          {"edgeId":"AB","startNodeId":"A","endNodeId":"B","vehicleTypeEdgeProperties":[{"vehicleTypeId":"tote","maxSpeed":1.2,"rotationAllowed":false}]},
          {"edgeId":"BC","startNodeId":"B","endNodeId":"C","vehicleTypeEdgeProperties":[{"vehicleTypeId":"tote","loadRestriction":{"unloaded":true,"loaded":false}}]},
          {"edgeId":"CD","startNodeId":"C","endNodeId":"D","vehicleTypeEdgeProperties":[{"vehicleTypeId":"tote"}]},
          {"edgeId":"DA","startNodeId":"D","endNodeId":"A","vehicleTypeEdgeProperties":[{"vehicleTypeId":"tote"}]}],
         "stations":[{"stationId":"S1","interactionNodeIds":["B"]}]}]}
        """;

    [Fact]
    public void A_sound_file_is_read_in_whole_millimetres_with_speeds_loads_chargers_and_parking()
    {
        var (layout, findings) = Read(Ring, Tote with { Parking = [new("C")] });

        Assert.Empty(findings);
        Assert.Equal("hall", layout!.Floor);
        Assert.Equal((5000, 5000), (layout.Nodes[2].Point.XMillimetres, layout.Nodes[2].Point.YMillimetres));
        Assert.Equal([NodeUses.None, NodeUses.None, NodeUses.Parking, NodeUses.Charging], layout.Nodes.Select(node => node.Uses));
        Assert.Equal((5000, 1200, true, true), Of(layout.Edges[0]));
        Assert.Equal((5000, null, true, false), Of(layout.Edges[1]));
        Assert.Equal([new NodeId("B")], layout.Stations.Single().Nodes.AsEnumerable());
    }

    [Fact]
    public void The_draft_of_2_0_0_names_vehicle_types_in_arrays()
    {
        var draft = Ring.Replace("\"vehicleTypeId\":\"tote\"", "\"vehicleTypeIds\":[\"other\",\"tote\"]", StringComparison.Ordinal)
            .Replace("\"1.0.0\"", "\"2.0.0\"", StringComparison.Ordinal);

        var (layout, findings) = Read(draft, Tote);

        Assert.Empty(findings);
        Assert.Equal(4, layout!.Edges.Length);
    }

    [Fact]
    public void A_file_without_stations_is_read_as_real_ones_leave_them_out()
    {
        var (layout, findings) = Read(Ring[..Ring.LastIndexOf(",\n \"stations\"", StringComparison.Ordinal)] + "}]}", Tote);

        Assert.Empty(findings);
        Assert.Empty(layout!.Stations);
    }

    [Theory]
    [InlineData("\"x\":5.0,\"y\":0}", "\"x\":\"5\",\"y\":0}", LayoutRule.Malformed, "layouts[0].nodes[1].nodePosition.x")]
    [InlineData("\"x\":5.0,\"y\":0}", "\"x\":1e300,\"y\":0}", LayoutRule.Malformed, "layouts[0].nodes[1].nodePosition.x")]
    [InlineData("\"x\":5.0,\"y\":0}", "\"y\":0}", LayoutRule.Missing, "layouts[0].nodes[1].nodePosition.x")]
    [InlineData("\"nodeId\":\"C\"", "\"nodeId\":\"C#1\"", LayoutRule.IllegalId, "layouts[0].nodes[2].nodeId")]
    [InlineData("\"nodeId\":\"C\"", "\"nodeId\":\"B\"", LayoutRule.UnknownNode, "layouts[0].edges[1].endNodeId")]
    [InlineData("\"lifVersion\":\"1.0.0\"", "\"lifVersion\":\"9.0.0\"", LayoutRule.Malformed, "metaInformation.lifVersion")]
    [InlineData("\"interactionNodeIds\":[\"B\"]", "\"interactionNodeIds\":[\"Z\"]", LayoutRule.UnknownNode, "layouts[0].stations[0].interactionNodeIds")]
    [InlineData("\"interactionNodeIds\":[\"B\"]", "\"interactionNodeIds\":[]", LayoutRule.UnreachableStation, "station S1")]
    [InlineData("\"edgeId\":\"BC\"", "\"edgeId\":\"AB\"", LayoutRule.DuplicateId, "edge AB")]
    [InlineData("\"startNodeId\":\"D\",\"endNodeId\":\"A\"", "\"startNodeId\":\"D\",\"endNodeId\":\"D\"", LayoutRule.EdgeToItself, "edge DA")]
    [InlineData("\"startNodeId\":\"D\",\"endNodeId\":\"A\"", "\"startNodeId\":\"B\",\"endNodeId\":\"A\"", LayoutRule.NoWayOut, "node D")]
    [InlineData("\"x\":0,\"y\":5}", "\"x\":5.0,\"y\":5.9}", LayoutRule.NodesTooClose, "node C")]
    [InlineData("\"x\":0,\"y\":5}", "\"x\":2,\"y\":0.5}", LayoutRule.NodeInTheWay, "edge AB")]
    [InlineData("\"x\":0,\"y\":5}", "\"x\":2,\"y\":-2}", LayoutRule.WaysCross, "edge AB")]
    [InlineData("\"layouts\":[", "\"layouts\":[[", LayoutRule.Malformed, "line 12")]
    public void What_is_wrong_is_told_with_the_place_where(string sound, string broken, LayoutRule rule, string where)
    {
        Assert.Contains(sound, Ring, StringComparison.Ordinal);
        var at = Ring.IndexOf(sound, StringComparison.Ordinal);

        var (_, findings) = Read(Ring[..at] + broken + Ring[(at + sound.Length)..], Tote);

        Assert.Contains(findings, finding => (finding.Rule, finding.Where) == (rule, where));
    }

    [Fact]
    public void A_vehicle_longer_than_an_edge_finds_every_edge_too_short()
    {
        var (_, findings) = Read(Ring, LayoutNeeds.Of(5001, 800));

        Assert.Equal(4, findings.Count(finding => finding.Rule == LayoutRule.EdgeTooShort));
    }

    [Fact]
    public void A_no_go_zone_shuts_its_nodes_and_what_falls_apart_by_it_is_told()
    {
        var (_, findings) = Read(Ring, Tote with { Zones = [new("wet", FloorZoneKind.NoGo, new(4500, 4500, 1000, 1000))] });

        Assert.Contains(findings, finding => (finding.Rule, finding.Where) == (LayoutRule.NoWayOut, "node B"));
    }

    [Fact]
    public void A_type_of_vehicle_without_an_entry_has_no_floor_and_stations_of_others_are_not_its_own()
    {
        var (layout, findings) = LifFile.Read(Bytes(Ring), null, "truck", Tote);

        Assert.Empty(findings);
        Assert.Empty(layout!.Nodes);
        Assert.Empty(layout.Stations);
    }

    [Fact]
    public void Whatever_is_cut_off_or_nested_deeply_or_too_long_is_refused_and_never_throws()
    {
        for (var length = 0; length < Ring.Length; length += 7)
        {
            Assert.NotEmpty(Read(Ring[..length], Tote).Findings);
        }

        Assert.NotEmpty(Read(new string('[', 100_000), Tote).Findings);
        Assert.NotEmpty(Read("null", Tote).Findings);
        Assert.NotEmpty(Read("{\"layouts\":[null,7]}", Tote).Findings);
        Assert.Equal(LayoutRule.TooLarge, LifFile.Read(new byte[LifFile.MostBytes + 1], null, null, Tote).Findings.Single().Rule);
    }

    private static (FloorLayout? Layout, ImmutableArray<LayoutFinding> Findings) Read(string file, LayoutNeeds needs) =>
        LifFile.Read(Bytes(file), null, "tote", needs);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static (int, int?, bool, bool) Of(FloorEdge edge) =>
        (edge.LengthMillimetres, edge.MaxMillimetresPerSecond, edge.Unloaded, edge.Loaded);
}
