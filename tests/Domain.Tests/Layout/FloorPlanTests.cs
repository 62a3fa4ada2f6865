using System.Text.Json;
using CsCheck;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Tests.Layout;

public sealed class FloorPlanTests
{
    private static readonly FloorPlan Small = FloorPlan.Of(FloorPlans.Small);

    [Fact]
    public void Ids_and_places_are_written_as_the_house_writes_them()
    {
        Assert.Equal(["MAIN/A01", "MAIN/A02"], Small.Aisles.Select(a => a.Text));
        Assert.Equal(["MAIN/S1", "MAIN/S2"], Small.Stations.Select(s => s.Text));
        Assert.Equal(["MAIN/V01", "MAIN/V02", "MAIN/V03"], Small.Vehicles.Select(v => v.Text));
        Assert.Equal(["MAIN/A01/out1", "MAIN/A01/out2"], Small.OutPlaces(Small.Aisles[0]).Select(p => p.Text));
        Assert.Equal(["MAIN/A02/in1", "MAIN/A02/in2"], Small.InPlaces(Small.Aisles[1]).Select(p => p.Text));
        Assert.Equal(["MAIN/S1/dock01", "MAIN/S1/dock02", "MAIN/S1/dock03"], Small.Docks(Small.Stations[0]).Select(p => p.Text));
        Assert.Equal("MAIN/S1/slot/03", FloorPlan.Slot(Small.Stations[0], 3).Text);
        Assert.Equal("MAIN/home/V02", FloorPlan.Home(Small.Vehicles[1]).Text);
        Assert.Equal("MAIN/ptl-S1-03", FloorPlan.Tag(Small.Stations[0], 3).Text);
        Assert.Equal("MAIN/agv-V01", FloorPlan.Device(Small.Vehicles[0]).Text);
        Assert.Equal("MAIN/crane-A01", FloorPlan.Device(Small.Aisles[0]).Text);
    }

    [Fact]
    public void The_loop_is_a_closed_ring_of_equal_steps() => FloorPlans.Any.Sample(plan =>
    {
        var loop = FloorPlan.Of(plan).Loop;
        for (var i = 0; i < loop.Length; i++)
        {
            var next = loop[(i + 1) % loop.Length];
            Assert.Equal(
                FloorPlan.PitchMillimetres,
                Math.Abs(next.XMillimetres - loop[i].XMillimetres) + Math.Abs(next.YMillimetres - loop[i].YMillimetres));
        }
    }, iter: 200);

    [Fact]
    public void Every_place_has_a_stop_of_its_own_except_the_slots_of_a_station() => FloorPlans.Any.Sample(plan =>
    {
        var floor = FloorPlan.Of(plan);
        var places = floor.Aisles.SelectMany(a => floor.OutPlaces(a).AddRange(floor.InPlaces(a)))
            .Concat(floor.Stations.SelectMany(s => floor.Docks(s).Add(FloorPlan.Pack(s))))
            .Concat(floor.Homes).Concat(floor.Receiving).ToList();
        var slots = floor.Stations.SelectMany(s => floor.Slots(s).Select(slot => (slot, FloorPlan.Pack(s))));

        Assert.Equal(places.Count, places.Select(place => floor.Stops[place].Point.Node).Distinct().Count());
        Assert.All(slots, pair => Assert.Equal(floor.Stops[pair.Item2], floor.Stops[pair.slot]));
        Assert.Equal(places.Count + plan.Stations * plan.SlotsPerStation, floor.Stops.Count);
    }, iter: 200);

    [Fact]
    public void No_two_nodes_lie_on_each_other_and_a_loop_node_has_one_stop_a_side() => FloorPlans.Any.Sample(plan =>
    {
        var floor = FloorPlan.Of(plan);
        var stops = floor.Stops.Values.Distinct().ToList();

        Assert.Equal(floor.Nodes.Count, floor.Nodes.Values.Select(n => (n.XMillimetres, n.YMillimetres)).Distinct().Count());
        Assert.Equal(stops.Count, stops.Select(s => (s.LoopIndex, s.Side)).Distinct().Count());
        Assert.All(floor.Nodes.Values, node =>
        {
            Assert.InRange(node.XMillimetres, 0, floor.WidthMillimetres);
            Assert.InRange(node.YMillimetres, 0, floor.HeightMillimetres);
        });
        Assert.True(plan.Vehicles < floor.Loop.Length);
    }, iter: 200);

    [Fact]
    public void A_route_goes_out_along_the_loop_in_driving_order_and_in() => FloorPlans.Any.Sample(plan =>
    {
        var floor = FloorPlan.Of(plan);
        var places = floor.Stops.Keys.ToList();
        var from = places[plan.Columns % places.Count];
        var to = places[plan.Columns * plan.Levels % places.Count];
        var route = floor.Route(from, to);

        Assert.Equal(floor.Stops[from].Point, route[0]);
        Assert.Equal(floor.Stops[to].Point, route[^1]);
        Assert.Equal((route.Length - 1) * FloorPlan.PitchMillimetres, floor.DriveMillimetres(from, to));
        var along = route.Skip(1).SkipLast(1).Select(point => floor.Loop.IndexOf(point)).ToList();
        Assert.All(along.Zip(along.Skip(1)), pair => Assert.Equal((pair.First + 1) % floor.Loop.Length, pair.Second));
        Assert.Equal(along.Count, along.Distinct().Count());
    }, iter: 200);

    [Fact]
    public void A_place_upstream_is_reached_by_way_of_the_whole_loop()
    {
        var aisle = Small.Aisles[0];
        var (upstream, downstream) = (Small.InPlaces(aisle)[0], Small.OutPlaces(aisle)[0]);

        Assert.Equal(5, Small.Route(upstream, downstream).Length);
        Assert.Equal(Small.Loop.Length - 2 + 3, Small.Route(downstream, upstream).Length);
        Assert.Single(Small.Route(upstream, upstream));
    }

    [Fact]
    public void Bins_come_nearest_first_and_each_once()
    {
        var bins = Small.Bins(Small.Aisles[0]).ToList();

        Assert.Equal(2 * 10 * 4, bins.Select(bin => bin.Place).Distinct().Count());
        Assert.Equal("MAIN/A01/bin/L-001-01", bins[0].Place.Text);
        Assert.Equal("MAIN/A01/bin/R-010-04", bins[^1].Place.Text);
        Assert.Equal((5000, 1200), (bins[^1].AlongMillimetres, bins[^1].UpMillimetres));
        Assert.All(bins, bin => Assert.Equal(bin, Rack.Find(Small.Aisles[0], 10, 4, bin.Place)));
    }

    [Theory]
    [InlineData("MAIN/A02/bin/L-001-01")]
    [InlineData("MAIN/A01/bin/L-011-01")]
    [InlineData("MAIN/A01/bin/L-001-05")]
    [InlineData("MAIN/A01/bin/L-000-01")]
    [InlineData("MAIN/A01/bin/X-001-01")]
    [InlineData("MAIN/A01/bin/L+001-01")]
    [InlineData("MAIN/A01/out1")]
    public void What_is_no_bin_of_the_aisle_is_not_found(string place) =>
        Assert.Null(Rack.Find(Small.Aisles[0], 10, 4, new PlaceId(place)));

    [Fact]
    public void A_plan_out_of_bounds_is_refused_with_every_reason()
    {
        var plan = FloorPlans.Small with { Aisles = 0, Vehicles = 100 };

        Assert.Equal(
            ["aisles must be 1 to 40, but is 0", "vehicles must be 1 to 99, but is 100"], PlanRules.Broken(plan).ToArray());
        Assert.Throws<ArgumentException>(() => FloorPlan.Of(plan));
    }

    [Fact]
    public void A_floor_is_written_as_its_plan()
    {
        var json = JsonSerializer.Serialize(Small);

        Assert.Equal(Small, JsonSerializer.Deserialize<FloorPlan>(json));
        Assert.Equal(JsonSerializer.Serialize(new { FloorPlans.Small }).Replace("\"Small\":{\"Id", "\"Plan\":{\"Id", StringComparison.Ordinal), json);
    }
}
