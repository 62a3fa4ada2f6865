using System.Collections.Immutable;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Tests.Layout;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Tests.Warehouses;

public sealed class VehicleUseTests
{
    private static readonly StationId First = new("MAIN/S1");
    private static readonly StationId Second = new("MAIN/S2");

    [Fact]
    public void A_tote_that_another_station_needs_goes_straight_there_and_then_home()
    {
        var floor = Open().Done(Queue("1", "T1")).Done(Queue("2", "T1"));
        var (vehicle, fetch) = CameOut(floor, "T1", "MAIN/A01/out1");
        Drive(floor, vehicle, fetch);
        Assert.Equal(["t/1"], Presented(floor, First));

        floor.Done(new WarehouseCommand.ToteDone(First, new("T1")));
        Assert.Equal("ToteFinished MissionStarted", floor.Happened);
        var on = Carry(floor);
        Assert.Equal((LegAction.Stand, "MAIN/S2/dock01"), (on.Legs.Single().Action, on.Legs.Single().Place.Text));
        Assert.True(floor.State.IsFree(FloorPlan.Of(FloorPlans.Small).Docks(First)[0]));
        WarehouseInvariants.Recount(floor.State);

        Drive(floor, vehicle, on);
        Assert.Equal(["t/2"], Presented(floor, Second));
        floor.Done(new WarehouseCommand.ToteDone(Second, new("T1")));
        Assert.Equal(LegAction.Drop, Carry(floor).Legs.Single().Action);
        WarehouseInvariants.Recount(floor.State);
    }

    [Fact]
    public void The_last_dock_is_not_given_to_a_tote_passed_on_while_the_oldest_order_there_waits_for_another()
    {
        var floor = Open(FloorPlans.Small with { DocksPerStation = 2, OutPlacesPerAisle = 1 });
        foreach (var (number, tote) in new[] { "T1", "T2", "T3", "T4", "T5", "T1" }.Index())
        {
            floor.Done(Queue($"{number}", tote));
        }

        var (vehicle, first) = CameOut(floor, "T1", "MAIN/A01/out1");
        Drive(floor, vehicle, first);
        var (other, second) = CameOut(floor, "T2", "MAIN/A01/out1");
        Drive(floor, other, second);
        Assert.Single(floor.State.Plan().Docks(Second), floor.State.IsFree);

        floor.Done(new WarehouseCommand.ToteDone(First, new("T1")));

        Assert.Equal(LegAction.Drop, Carry(floor).Legs.Single().Action);
        WarehouseInvariants.Recount(floor.State);
    }

    [Fact]
    public void The_next_vehicle_may_be_sent_to_a_stop_as_soon_as_the_one_there_is_sent_away()
    {
        var floor = Open().Done(Queue("1", "T1"));
        var stop = FloorPlan.Of(FloorPlans.Small).Stops[new("MAIN/A01/out1")].Point.Node;
        var (vehicle, fetch) = CameOut(floor, "T1", "MAIN/A01/out1");
        Assert.Equal(vehicle, floor.State.Stops[stop]);

        floor.Done(new WarehouseCommand.LegDone(vehicle, fetch.Mission, 0, fetch.Legs[0].Place));

        Assert.False(floor.State.Stops.ContainsKey(stop));
        WarehouseInvariants.Recount(floor.State);
    }

    [Fact]
    public void A_vehicle_takes_the_nearest_tote_unless_another_has_waited_for_many_missions()
    {
        var near = FloorWithTwoOut(missionsMeanwhile: 0);
        var late = FloorWithTwoOut(missionsMeanwhile: 1000);

        Assert.Equal(new Lpn("T2"), Fetched(near));
        Assert.Equal(new Lpn("T1"), Fetched(late));
    }

    /// <summary>T1 came out first; T2 stands right where the only idle vehicle is.</summary>
    private static WarehouseState FloorWithTwoOut(int missionsMeanwhile)
    {
        var floor = Open(FloorPlans.Small with { Vehicles = 1 }).Done(Queue("1", "T1", "T2")).State;
        var out2 = floor.Totes[new("T2")].Place;
        var vehicle = floor.Idle.Single();
        floor = WarehouseDecider.Decider.Evolve(floor, new WarehouseEvent.ToteCameOut(new("T1"), floor.Totes[new("T1")].Place));
        floor = WarehouseDecider.Decider.Evolve(
            floor with { Serials = floor.Serials with { Mission = missionsMeanwhile } },
            new WarehouseEvent.ToteCameOut(new("T2"), out2));
        var before = floor.Vehicles[vehicle];
        return floor with
        {
            Vehicles = floor.Vehicles.SetItem(vehicle, before with { At = out2 }),
            Stops = floor.Stops.Clear().Add(floor.Plan().Stops[out2].Point.Node, vehicle),
        };
    }

    private static Lpn? Fetched(WarehouseState floor) =>
        WarehouseDecider.Decider.Decide(floor, Queue("2", "T3"), default).Events.OfType<WarehouseEvent.MissionStarted>().First(one => one.Kind == MissionKind.Fetch).Lpn;

    private static Live<WarehouseState> Open(WarehousePlan? plan = null) =>
        new Live<WarehouseState>(WarehouseDecider.Decider).Done(new WarehouseCommand.Open(
            plan ?? FloorPlans.Small,
            FloorPlan.Of(FloorPlans.Small).Aisles.ToImmutableSortedDictionary(aisle => aisle, _ => 10)));

    private static (VehicleId, AgvCommand.Carry) CameOut(Live<WarehouseState> floor, string lpn, string place)
    {
        floor.Done(new WarehouseCommand.ToteOut(new("MAIN/A01"), new(lpn), new(place)));
        var carry = Carry(floor);
        return (new(floor.Effects.Single(effect => effect.Body == carry).Target.Key), carry);
    }

    private static void Drive(Live<WarehouseState> floor, VehicleId vehicle, AgvCommand.Carry carry)
    {
        for (var leg = 0; leg < carry.Legs.Length; leg++)
        {
            floor.Done(new WarehouseCommand.LegDone(vehicle, carry.Mission, leg, carry.Legs[leg].Place));
        }
    }

    private static AgvCommand.Carry Carry(Live<WarehouseState> floor) =>
        floor.Effects.Select(effect => effect.Body).OfType<AgvCommand.Carry>().Single();

    private static IEnumerable<string> Presented(Live<WarehouseState> floor, StationId station) => floor.Effects
        .Where(effect => effect.Target == station.Stream).Select(effect => effect.Body).OfType<StationCommand.Present>()
        .SelectMany(present => present.Demands.Select(demand => demand.Order.Text));

    private static WarehouseCommand.QueueOrder Queue(string name, params string[] totes) => new(
        new("t/" + name), 0, default,
        [.. totes.Select(tote => new ReleasePick(
            new($"t/{name}/1"), new("85123A"), new(new(tote), new("MAIN/A01"), new("L1"), 1)))]);
}
