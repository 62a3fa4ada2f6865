using CsCheck;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Layout.Lif;

namespace Warehouse.Domain.Tests.Layout;

public sealed class FloorLayoutTests
{
    private static readonly LayoutNeeds Tote = LayoutNeeds.Of(1200, 800);

    [Fact]
    public void The_floor_of_any_plan_is_a_sound_graph_with_every_place_a_station() =>
        FloorPlans.Any.Sample(plan =>
        {
            var floor = FloorPlan.Of(plan);
            var layout = floor.ToLayout();

            Assert.Empty(LayoutRules.Broken(layout, Tote));
            Assert.Equal(floor.Stops.Keys, layout.Stations.Select(station => station.Place));
            Assert.Equal(floor.Nodes.Keys, layout.Nodes.Select(node => node.Point.Node));
        }, iter: 20);

    [Fact]
    public void Every_way_of_the_plan_is_a_way_of_the_graph()
    {
        var floor = FloorPlan.Of(FloorPlans.Small);
        var graph = new FloorGraph(floor.ToLayout());

        foreach (var from in floor.Stops.Keys)
        {
            foreach (var to in floor.Stops.Keys)
            {
                var route = floor.Route(from, to);
                Assert.All(route.Zip(route.Skip(1)), step => Assert.True(graph.Leads(step.First.Node, step.Second.Node)));
            }
        }

        Assert.False(graph.Leads(floor.Loop[1].Node, floor.Loop[0].Node));
    }

    [Fact]
    public void A_floor_written_as_a_layout_file_is_read_back_the_same()
    {
        var layout = FloorPlan.Of(FloorPlans.Small).ToLayout();

        var (read, findings) = LifFile.Read(LifWriter.Write(layout, "virtual.tote", new(0)), "MAIN", "virtual.tote", Tote);

        Assert.Empty(findings);
        Assert.Equal(layout.Nodes.Select(node => node.Point), read!.Nodes.Select(node => node.Point));
        Assert.Equal(layout.Edges.AsEnumerable(), read.Edges.AsEnumerable());
        Assert.Equal(
            layout.Nodes.Select(node => node.Uses & NodeUses.Charging), read.Nodes.Select(node => node.Uses));
        Assert.Equal(layout.Stations.SelectMany(station => station.Nodes), read.Stations.SelectMany(station => station.Nodes));
    }

    [Fact]
    public void A_graph_knows_what_is_reached_forwards_and_backwards()
    {
        var floor = FloorPlan.Of(FloorPlans.Small);
        var layout = floor.ToLayout();
        var cut = layout with { Edges = [.. layout.Edges.Where(edge => edge.Edge.Text != $"{floor.Loop[4].Node}-{floor.Loop[5].Node}")] };
        var graph = new FloorGraph(cut);

        Assert.False(graph.Reached(graph.IndexOf(floor.Loop[4].Node))[graph.IndexOf(floor.Loop[5].Node)]);
        Assert.True(graph.Reached(graph.IndexOf(floor.Loop[4].Node), backwards: true)[graph.IndexOf(floor.Loop[5].Node)]);
        Assert.Contains(LayoutRules.Broken(cut, Tote), finding => finding.Rule == LayoutRule.FallsApart);
    }
}
