using CsCheck;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Tests.Running;

namespace Warehouse.Domain.Tests.Devices;

public sealed class FollowTests
{
    private static readonly DeviceId Id = new("MAIN/agv-V07");
    private static readonly MissionId Mission = new("MAIN/M000042");
    private static readonly MachineCommand.Follow First = new(Mission, new("T1"), 0, 0, [At(0), At(1), At(2), At(3)], 2, Ends: false);

    [Fact]
    public void An_update_is_joined_to_the_way_that_waits_and_its_horizon_may_lead_elsewhere()
    {
        var device = Registered().Done(Enqueue(First));
        device.Done(Enqueue(First.Next([At(7), At(8)], 3, ends: true)));

        var way = Assert.IsType<MachineCommand.Follow>(Assert.Single(device.State.Outbox).Command);
        Assert.Equal(["N0", "N1", "N7", "N8"], way.Way.Select(point => point.Point.Node.Text));
        Assert.Equal((1, 0, 3, true), (way.Update, way.Start, way.Released, way.Ends));
        Assert.Equal(60, device.State.Outbox[0].Deadline.UnixMilliseconds);
    }

    [Fact]
    public void A_repeated_update_changes_nothing_and_one_that_does_not_continue_is_refused()
    {
        var second = First.Next([At(7), At(8)], 3, ends: false);
        var device = Registered().Done(Enqueue(First)).Done(Enqueue(second));

        Assert.Empty(device.Done(Enqueue(second)).Happened);
        Assert.Empty(device.Done(Enqueue(First)).Happened);
        Refused(device, second with { Update = 3 });
        Refused(device, second with { Update = 2 });
        Refused(device, second with { Update = 2, Start = 2, Released = 3 });
        Refused(device, second with { Update = 2, Start = 2, Way = [At(9), At(7)], Released = 3 });
        Refused(Registered(), second);
        Assert.Empty(device.Done(Enqueue(new(Mission, new("T1"), 2, 2, [At(7), At(9)], 3, false))).Happened.Replace("Revised", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_way_that_leads_nowhere_or_acts_without_a_place_is_refused()
    {
        Malformed(First with { Way = [] });
        Malformed(First with { Released = 0 });
        Malformed(First with { Released = 5 });
        Malformed(First with { Way = [At(0), new(At(1).Point, LegAction.Pick)] });
        Malformed(First with { Lpn = null, Way = [At(0), new(At(1).Point, LegAction.Drop, new("MAIN/A01/in1"))] });
        Malformed(First with { Way = [.. Enumerable.Range(0, MachineCommand.Follow.WayLimit + 1).Select(At)] });
    }

    [Fact]
    public void A_cancel_marks_what_waits_once_and_nothing_is_added_to_it_after()
    {
        var device = Registered().Done(Enqueue(First));
        Assert.Equal("CancelAsked", device.Done(new DeviceCommand.Cancel(Mission.Text, "the order was cancelled")).Happened);
        Assert.Equal("the order was cancelled", device.State.Outbox[0].Cancel);
        Assert.Empty(device.Done(new DeviceCommand.Cancel(Mission.Text, "again")).Happened);
        Assert.True(device.Do(Enqueue(First.Next([], 2, false))).Is(DeviceRefusal.BeingCancelled));
        Assert.True(device.Do(new DeviceCommand.Cancel("MAIN/M000043", "why")).Is(DeviceRefusal.NothingToCancel));
    }

    [Fact]
    public void How_far_a_way_is_stays_with_it_and_goes_only_forward()
    {
        var device = Registered().Done(Enqueue(First));
        device.Done(new DeviceCommand.TakeLease("a", new(0), new(10)));
        device.Done(Report(new DeviceSignal.WayPassed(Mission, 2, 1))).Done(Report(new DeviceSignal.WayPassed(Mission, 1, 0)));
        Assert.Equal((2, 1), (device.State.Outbox[0].Nodes, device.State.Outbox[0].Acts));
    }

    [Fact]
    public void A_condition_is_told_when_it_changes()
    {
        var device = Registered().Done(new DeviceCommand.TakeLease("a", new(0), new(10)));
        var paused = VehicleCondition.Normal with { Paused = true };
        Assert.Empty(device.Done(Report(new DeviceSignal.ConditionChanged(VehicleCondition.Normal))).Happened);
        Assert.Equal("Said", device.Done(Report(new DeviceSignal.ConditionChanged(paused))).Happened);
        Assert.Empty(device.Done(Report(new DeviceSignal.ConditionChanged(paused))).Happened);
        Assert.Equal("Said", device.Done(Report(new DeviceSignal.ConditionChanged(VehicleCondition.Normal))).Happened);
    }

    [Fact]
    public void Whatever_is_released_in_whatever_steps_the_way_is_the_sum_of_them_and_no_base_ever_changes() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 99]).Array[0, 20].Sample(steps =>
        {
            var device = Registered().Done(Enqueue(First));
            var expected = new List<WayPoint> { At(0), At(1), At(2), At(3) };
            var released = 2;
            foreach (var (more, beyond, fork) in steps)
            {
                var former = (MachineCommand.Follow)device.State.Outbox[0].Command;
                WayPoint[] on = [.. expected.Skip(released).Take(more), .. Enumerable.Range(0, beyond).Select(number => At(1000 + fork + number))];
                var next = former.Next([.. on], Math.Min(released + more, released + on.Length), ends: false);
                device.Done(Enqueue(next));
                expected = [.. expected.Take(released), .. on];
                released = next.Released;

                var way = (MachineCommand.Follow)device.State.Outbox[0].Command;
                Assert.Equal(expected, way.Way);
                Assert.Equal(former.Way.Take(former.Released), way.Way.Take(former.Released));
                Assert.Equal(released, way.Released);
            }

            }, iter: 200);

    private static WayPoint At(int number) => new(new RoutePoint(new NodeId($"N{number}"), number * 1000, 0));

    private static DeviceCommand.Enqueue Enqueue(MachineCommand.Follow follow) => new(follow, new(60));

    private static DeviceCommand.Report Report(DeviceSignal signal) => new(1, [], [signal]);

    private static Live<DeviceState> Registered() =>
        new Live<DeviceState>(DeviceDecider.Decider).Done(new DeviceCommand.Register(Id, DeviceKind.Vehicle, new("agv:MAIN/V07")));

    private static void Refused(Live<DeviceState> device, MachineCommand.Follow follow) =>
        Assert.True(device.Do(Enqueue(follow)).Is(DeviceRefusal.DoesNotContinue));

    private static void Malformed(MachineCommand.Follow follow) => Assert.True(Registered().Do(Enqueue(follow)).Is(DeviceRefusal.NotAWay));
}
