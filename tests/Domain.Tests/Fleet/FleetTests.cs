using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Tests.Running;

namespace Warehouse.Domain.Tests.Fleet;

/// <summary>On a street of six nodes, A to F, driven both ways, with a bay G beside C.</summary>
public sealed class FleetTests
{
    private static readonly FloorId Floor = new("MAIN/street");
    private static readonly VehicleId One = new("MAIN/V01");
    private static readonly VehicleId Two = new("MAIN/V02");

    [Fact]
    public void A_vehicle_is_released_as_far_as_the_rules_say_and_further_when_it_reports()
    {
        var fleet = Opened().Done(Join(One, "A"));

        Plan(fleet, Way(One, "B1 C2 D3 E4 F5"));
        Assert.Equal("A B C", Base(fleet, One));

        fleet.Done(Report(One, "B", 1));
        Assert.Equal("Passed Released", fleet.Happened);
        Assert.Equal("B C D", Base(fleet, One));
        fleet.AssertRestorable();
    }

    [Fact]
    public void Whoever_the_plan_has_at_a_node_later_gets_it_when_the_first_has_left_it()
    {
        var fleet = Opened().Done(Join(One, "B")).Done(Join(Two, "D"));

        Plan(fleet, Way(One, "C1 G2"), Way(Two, "C4 B5"));
        Assert.Equal("B C G", Base(fleet, One));
        Assert.Equal("D", Base(fleet, Two));

        fleet.Done(Report(One, "C", 1));
        Assert.Equal("D", Base(fleet, Two));
        fleet.Done(Report(One, "G", 2));
        Assert.Equal("D C B", Base(fleet, Two));
    }

    [Theory]
    [InlineData("C1", "C2", FleetRefusal.Conflict)] // the second comes to where the first stays
    [InlineData("C1 D2", "C1 B2", FleetRefusal.Conflict)] // both in one step
    [InlineData("C1 D2", "C3 B4", FleetRefusal.Conflict)] // the first would come to where the second is not gone
    [InlineData("C1 G2", "C2 B3", FleetRefusal.Conflict)] // the second comes in the step in which the first leaves
    [InlineData("D1", "E1", FleetRefusal.NoSuchWay)]
    [InlineData("C2 G2", "E1", FleetRefusal.NoSuchWay)]
    public void A_plan_that_could_touch_or_wait_in_a_circle_is_refused_and_changes_nothing(string one, string two, FleetRefusal cause)
    {
        var fleet = Opened().Done(Join(One, "B")).Done(Join(Two, "D")).Done(new FleetCommand.Replan(0));

        Assert.True(fleet.Do(new FleetCommand.Planned(1, [Way(One, one), Way(Two, two)])).Is(cause));
    }

    [Fact]
    public void A_ring_of_vehicles_that_would_all_move_on_at_once_is_refused()
    {
        var three = new VehicleId("MAIN/V03");
        FloorLayout ring = Layout("A B", "B C", "C A");
        var fleet = new Live<FleetState>(FleetDecider.Decider).Done(new FleetCommand.Open(Floor, ring, new(3, 100)))
            .Done(Join(One, "A")).Done(Join(Two, "B")).Done(Join(three, "C")).Done(new FleetCommand.Replan(0));

        var answer = fleet.Do(new FleetCommand.Planned(1, [Way(One, "B1"), Way(Two, "C1"), Way(three, "A1")]));

        Assert.True(answer.Is(FleetRefusal.Conflict));
    }

    [Fact]
    public void While_a_plan_is_made_nothing_is_released_and_a_plan_for_another_version_is_refused()
    {
        var fleet = Opened().Done(Join(One, "A"));
        Plan(fleet, Way(One, "B1 C2 D3"));
        fleet.Done(new FleetCommand.Replan(5));
        Assert.Equal("PlanAsked", fleet.Happened);

        fleet.Done(Report(One, "B", 1));
        Assert.Equal("B C", Base(fleet, One));
        Assert.True(fleet.Do(new FleetCommand.Planned(1, [])).Is(FleetRefusal.OldVersion));
        fleet.Done(new FleetCommand.Lose(One));
        Assert.True(fleet.Do(new FleetCommand.Planned(2, [])).Is(FleetRefusal.OldVersion));
    }

    [Fact]
    public void A_silent_vehicle_keeps_its_whole_base_and_loses_only_its_horizon_when_the_lease_ends()
    {
        var fleet = Opened().Done(Join(One, "A"));
        Plan(fleet, Way(One, "B1 C2 D3"));

        fleet.Done(new FleetCommand.Lose(One), new(1000));
        var wake = Assert.Single(fleet.Effects);
        Assert.Equal(new Moment(1100), wake.Due);

        fleet.Done(wake.Body);
        Assert.Equal("A B C", Base(fleet, One));
        Assert.Empty(fleet.State.Vehicles[One].Horizon);

        fleet.Done(Report(One, "B", 1));
        Assert.Equal("HeardAgain Passed", fleet.Happened);
        Assert.Equal("B C", Base(fleet, One));
        fleet.AssertRestorable();
    }

    [Fact]
    public void Who_is_heard_again_before_the_lease_ends_keeps_the_horizon()
    {
        var fleet = Opened().Done(Join(One, "A"));
        Plan(fleet, Way(One, "B1 C2 D3"));
        fleet.Done(new FleetCommand.Lose(One), new(1000));
        var wake = fleet.Effects.Single().Body;
        fleet.Done(Report(One, "A", 0)).Done(new FleetCommand.Lose(One), new(1050));

        Assert.Empty(fleet.Done(wake).Happened);
        Assert.Single(fleet.State.Vehicles[One].Horizon);
    }

    [Fact]
    public void Only_a_named_person_takes_back_what_was_released()
    {
        var fleet = Opened().Done(Join(One, "A")).Done(Join(Two, "F"));
        Plan(fleet, Way(One, "B1 C2"));
        fleet.Done(new FleetCommand.Lose(One));

        Assert.True(fleet.Do(new FleetCommand.ConfirmPosition(One, new("B"), " ")).Is(FleetRefusal.Nameless));
        Assert.True(fleet.Do(new FleetCommand.ConfirmPosition(One, new("F"), "Ana")).Is(FleetRefusal.NodeTaken));
        fleet.Done(new FleetCommand.ConfirmPosition(One, new("E"), "Ana"));
        Assert.Equal("E", Base(fleet, One));

        Assert.Empty(fleet.Done(Report(One, "B", 1)).Happened);
    }

    [Fact]
    public void A_vehicle_that_reports_a_node_it_does_not_have_blocks_that_too_until_a_person_has_looked()
    {
        var fleet = Opened().Done(Join(One, "A")).Done(Join(Two, "F"));
        Plan(fleet, Way(One, "B1"));

        fleet.Done(Report(One, "D", 1));
        Assert.Equal("Strayed", fleet.Happened);
        Plan(fleet, Way(Two, "E1 D2"));
        Assert.Equal("F E", Base(fleet, Two));
        Assert.Equal("A B", Base(fleet, One));

        fleet.Done(new FleetCommand.ConfirmPosition(One, new("A"), "Ana"));
        Plan(fleet, Way(Two, "D3"));
        Assert.Equal("F E D", Base(fleet, Two));
    }

    [Fact]
    public void After_a_start_nothing_is_released_before_everybody_has_reported()
    {
        var fleet = Opened().Done(Join(One, "A")).Done(Join(Two, "F"));
        Plan(fleet, Way(One, "B1 C2 D3"));

        fleet.Done(new FleetCommand.Restart());
        Assert.Equal("A B C", Base(fleet, One));
        fleet.Done(Report(One, "B", 1));
        Plan(fleet, Way(One, "D1"));
        Assert.Equal("B C", Base(fleet, One));

        fleet.Done(Report(Two, "F", 0));
        fleet.Done(Report(One, "C", 2));
        Assert.Equal("C D", Base(fleet, One));
    }

    [Fact]
    public void A_stopped_zone_goes_on_when_a_named_person_was_shown_who_moves_first()
    {
        var fleet = Opened().Done(Join(One, "A")).Done(Join(Two, "F"));
        fleet.Done(new FleetCommand.StopZone(new("right", FloorZoneKind.People, new(1500, -10_000, 10_000, 20_000)), "Ana"));
        Plan(fleet, Way(One, "B1 C2"), Way(Two, "E1"));
        Assert.Equal("A", Base(fleet, One));
        Assert.Equal("F", Base(fleet, Two));

        Assert.True(fleet.Do(new FleetCommand.ReleaseZone("left", "Ana", [])).Is(FleetRefusal.UnknownZone));
        Assert.True(fleet.Do(new FleetCommand.ReleaseZone("right", "", [One, Two])).Is(FleetRefusal.Nameless));
        Assert.True(fleet.Do(new FleetCommand.ReleaseZone("right", "Ana", [One])).Is(FleetRefusal.ShownOtherwise));
        fleet.Done(new FleetCommand.ReleaseZone("right", "Ana", FleetDecider.MoveFirst(fleet.State, "right")));

        Assert.Equal("A B C", Base(fleet, One));
        Assert.Equal("F E", Base(fleet, Two));
        fleet.AssertRestorable();
    }

    [Fact]
    public void A_vehicle_arrives_when_it_reports_its_goal_at_the_end_of_its_base()
    {
        var mission = new MissionId("MAIN/M1");
        var fleet = Opened().Done(Join(One, "A")).Done(new FleetCommand.Send(One, mission, new("B")));
        Plan(fleet, Way(One, "B1"));

        fleet.Done(Report(One, "B", 1));

        Assert.Equal("Passed Arrived", fleet.Happened);
        Assert.Null(fleet.State.Vehicles[One].Goal);
        Assert.Empty(fleet.Done(Report(One, "B", 1)).Happened);
    }

    [Fact]
    public void The_planner_lets_two_vehicles_swap_in_the_street_by_the_bay_and_makes_the_same_plan_again()
    {
        var fleet = Opened().Done(Join(One, "A")).Done(Join(Two, "F"))
            .Done(new FleetCommand.Send(One, new("MAIN/M1"), new("F"))).Done(new FleetCommand.Send(Two, new("MAIN/M2"), new("A")));
        var arrived = 0;
        for (var plans = 0; plans < 2000 && arrived < 2; plans++)
        {
            fleet.Done(new FleetCommand.Replan(0));
            var planned = new FleetPlanMaker(4).Plan(fleet.State, 0);
            Assert.Equal(
                Text(planned), Text(new FleetPlanMaker(4).Plan(fleet.State, 0)));
            fleet.Done(planned);
            foreach (var (id, vehicle) in fleet.State.Vehicles)
            {
                fleet.Done(Report(id, vehicle.End.Text, vehicle.Reached + vehicle.Base.Length - 1));
                arrived += fleet.Happened.Contains("Arrived", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        Assert.Equal(2, arrived);
    }

    private static Live<FleetState> Opened() => new Live<FleetState>(FleetDecider.Decider)
        .Done(new FleetCommand.Open(Floor, Layout("A B", "B A", "B C", "C B", "C D", "D C", "D E", "E D", "E F", "F E", "C G", "G C"), new(2, 100)));

    private static FloorLayout Layout(params string[] ways)
    {
        var names = ways.SelectMany(way => way.Split(' ')).Distinct().Order(StringComparer.Ordinal).ToArray();
        return new(
            "street",
            [.. names.Select((name, at) => new FloorNode(new(new(name), name == "G" ? 3000 : at * 1500, name == "G" ? 1500 : 0)))],
            [.. ways.Select(way => new FloorEdge(new(way.Replace(' ', '-')), new(way[..1]), new(way[2..]), 1500))], [], []);
    }

    private static void Plan(Live<FleetState> fleet, params ImmutableArray<FleetWay> ways)
    {
        fleet.Done(new FleetCommand.Replan(0));
        fleet.Done(new FleetCommand.Planned(fleet.State.Version, ways));
    }

    private static FleetWay Way(VehicleId vehicle, string visits) => new(
        vehicle, [.. visits.Split(' ').Select(one => new Visit(new(one[..1]), int.Parse(one[1..], System.Globalization.CultureInfo.InvariantCulture)))]);

    private static FleetCommand.Join Join(VehicleId vehicle, string at) => new(vehicle, new(at));

    private static FleetCommand.Report Report(VehicleId vehicle, string at, long reached) => new(vehicle, new(at), reached);

    private static string Base(Live<FleetState> fleet, VehicleId vehicle) => string.Join(" ", fleet.State.Vehicles[vehicle].Base);

    private static string Text(FleetCommand.Planned planned) =>
        string.Join("; ", planned.Plan.Select(way => $"{way.Vehicle} {string.Join(" ", way.Visits)}"));
}
