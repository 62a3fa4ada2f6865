using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Tests.Fleet;

public sealed class AgvTests
{
    private static readonly MissionId Mission = new("MAIN/M000001");
    private static readonly Lpn Tote = new("T1");

    [Fact]
    public void Each_leg_is_told_once_whatever_repeats_and_late_counts_come()
    {
        var agv = Opened().Done(Fetch(), new(5));
        Assert.Equal(new Moment(AgvDecider.OrderDeadlineMilliseconds + 5), agv.Effects.Select(e => e.Body).OfType<DeviceCommand.Enqueue>().Single().Deadline);

        Assert.Equal("LegDone LegDone MissionDone", agv.Done(Legs(2)).Happened);
        Assert.Equal([0, 1], agv.Effects.Select(e => e.Body).OfType<WarehouseCommand.LegDone>().Select(leg => leg.Leg));
        Assert.Equal(
            new ToteCommand.Move(new("MAIN/A01/out1"), new("MAIN/V01")),
            agv.Effects.Select(e => e.Body).OfType<ToteCommand.Move>().Single());
        Assert.Empty(agv.Done(Legs(1)).Happened);
        Assert.Empty(agv.Done(Legs(2)).Happened);
        Assert.Equal(Tote, agv.State.Load);
        agv.AssertRestorable();
    }

    [Fact]
    public void A_repeat_in_the_middle_of_a_mission_changes_nothing()
    {
        var agv = Opened().Done(Fetch()).Done(Legs(1));

        Assert.Equal("LegDone", agv.Happened);
        Assert.Empty(agv.Done(Legs(1)).Happened);
        Assert.Equal("LegDone MissionDone", agv.Done(Legs(2)).Happened);
    }

    [Fact]
    public void One_mission_at_a_time_and_only_with_the_right_load()
    {
        Assert.True(new Live<AgvState>(AgvDecider.Decider).Do(Fetch()).Is(AgvRefusal.NotOpen));
        Assert.True(Opened().Do(new AgvCommand.Carry(Mission, Tote, [])).Is(AgvRefusal.NotAMission));
        Assert.True(Opened().Do(new AgvCommand.Carry(Mission, Tote, [Leg(LegAction.Drop, "MAIN/A01/in1")])).Is(AgvRefusal.WrongLoad));
        var agv = Opened().Done(Fetch());
        Assert.True(agv.Do(Fetch() with { Mission = new("MAIN/M000002") }).Is(AgvRefusal.Busy));
        Assert.Empty(agv.Done(Fetch()).Happened);
        agv.Done(Legs(2));
        Assert.True(agv.Do(Fetch() with { Mission = new("MAIN/M000002") }).Is(AgvRefusal.WrongLoad));
        agv.Done(new AgvCommand.Carry(new("MAIN/M000003"), Tote, [Leg(LegAction.Drop, "MAIN/A01/in1")]));
    }

    [Fact]
    public void An_order_that_came_too_late_is_given_again_under_its_id_and_one_refused_too_often_is_a_failure()
    {
        var agv = Opened().Done(Fetch());
        var drive = agv.Effects.Select(e => e.Body).OfType<DeviceCommand.Enqueue>().Single().Command;
        for (var times = 1; times <= AgvDecider.RefusalLimit; times++)
        {
            agv.Done(new NotTaken(new("MAIN/agv-V01"), drive, CommandOutcome.Refused, "no map"), new(times));
            Assert.Equal(drive, agv.Effects.Select(e => e.Body).OfType<DeviceCommand.Enqueue>().Single().Command);
        }

        agv.Done(new NotTaken(new("MAIN/agv-V01"), drive, CommandOutcome.Refused, "no map"));
        Assert.Equal("no map", Assert.IsType<WarehouseCommand.VehicleFailed>(agv.Effects.Single().Body).Reason);
    }

    private static Live<AgvState> Opened() => new Live<AgvState>(AgvDecider.Decider)
        .Done(new AgvCommand.Open(new("MAIN/V01"), new("MAIN/agv-V01"), new("MAIN/home/V01")));

    private static AgvCommand.Carry Fetch() => new(
        Mission, Tote, [Leg(LegAction.Pick, "MAIN/A01/out1"), Leg(LegAction.Stand, "MAIN/S1/dock01")]);

    private static Leg Leg(LegAction action, string place) => new([new(new("N0001"), 0, 0)], action, new(place));

    private static Signalled Legs(int count) => new(new("MAIN/agv-V01"), new DeviceSignal.LegsDone(Mission, count));
}
