using Warehouse.Devices.Tests.Staging;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Tests.Vda5050;

public sealed class VehicleSessionTests
{
    private readonly Floor _floor = new();

    private static DeviceSignal.LegsDone Legs(int count) => new(Drives.Fetch.Mission, count);

    [Fact]
    public void An_order_is_repeated_until_the_state_shows_it_under_rising_header_ids()
    {
        Begin();
        _floor.Pass(45);
        Assert.Equal([0u, 1, 2], _floor.Orders.Select(order => order.HeaderId));
        Assert.Single(_floor.Orders.Select(order => order.OrderId).Distinct());

        _floor.VehicleState(Drives.At(0, VdaActionStatus.Waiting));
        _floor.Pass(120);
        Assert.Equal(3, _floor.Orders.Count());
    }

    [Fact]
    public void Legs_are_reported_once_each_and_the_command_leaves_the_outbox_at_the_end()
    {
        Begin();
        _floor.VehicleState(Drives.At(0, VdaActionStatus.Waiting, 1));
        _floor.VehicleState(Drives.At(4, VdaActionStatus.Running, 2));
        Assert.Empty(_floor.Desk.Said);
        for (var second = 3; second < 6; second++)
        {
            _floor.VehicleState(Drives.At(4, VdaActionStatus.Finished, second));
        }

        Assert.Equal([Legs(1)], _floor.Desk.Said);
        Assert.Single(_floor.Desk.State(Floor.Vehicle).Outbox);
        _floor.VehicleState(Drives.At(6, VdaActionStatus.Finished, 7));
        Assert.Equal([Legs(1), Legs(2)], _floor.Desk.Said);
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
    }

    [Fact]
    public void A_leg_that_the_desk_did_not_take_is_reported_until_it_does()
    {
        var failures = 2;
        _floor.Desk.FailBefore = command => command is DeviceCommand.Report && failures-- > 0 ? new TimeoutException() : null;
        Begin();
        _floor.VehicleState(Drives.At(4, VdaActionStatus.Finished));
        _floor.Pass(5);
        Assert.Equal([Legs(1)], _floor.Desk.Said);
    }

    [Fact]
    public void A_new_host_reads_a_running_order_back_and_follows_it_past_its_deadline()
    {
        Begin();
        _floor.VehicleState(Drives.At(4, VdaActionStatus.Finished, 1));
        _floor.Stage.Finish(_floor.Host.Stop);
        _floor.Pass(700);

        var former = _floor.Orders.Count();
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle, register: false);
        _floor.VehicleState(Drives.At(4, VdaActionStatus.Finished, 20));
        _floor.Pass(3);
        _floor.VehicleState(Drives.At(6, VdaActionStatus.Finished, 30));

        Assert.Equal(former, _floor.Orders.Count());
        Assert.Equal([Legs(1), Legs(2)], _floor.Desk.Said);
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
    }

    [Fact]
    public void A_rejected_order_is_refused_with_the_vehicles_reason()
    {
        Begin();
        var rejected = new VdaError("orderError", ErrorLevel.Warning, [new("orderId", "MAIN/M000042")], "too far away");
        _floor.VehicleState(Drives.Idle(3, rejected));
        Assert.Empty(_floor.Desk.Outcomes);
        _floor.VehicleState(Drives.Idle(4, rejected));

        var outcome = Assert.Single(_floor.Desk.Outcomes);
        Assert.Equal((CommandOutcome.Refused, "orderError: too far away"), (outcome.Outcome, outcome.Reason));
    }

    [Fact]
    public void A_failed_action_fails_the_drive()
    {
        Begin();
        _floor.VehicleState(Drives.At(4, VdaActionStatus.Failed));
        Assert.IsType<DeviceSignal.DriveFailed>(Assert.Single(_floor.Desk.Said));
        Assert.Empty(_floor.Desk.State(Floor.Vehicle).Outbox);
    }

    [Fact]
    public void An_older_state_that_comes_late_changes_nothing()
    {
        Begin();
        _floor.VehicleState(Drives.At(4, VdaActionStatus.Running, 5));
        _floor.VehicleState(Drives.At(4, VdaActionStatus.Finished, 4));
        Assert.Empty(_floor.Desk.Said);
    }

    [Fact]
    public void An_order_that_is_not_ours_stops_automatic_until_a_person_answers()
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle);
        _floor.Pass(3);
        _floor.Desk.Tell(Floor.Vehicle, new DeviceCommand.SetMode(DeviceMode.Manual, "Ann", "towing"));
        _floor.Pass(3);
        _floor.Desk.Tell(Floor.Vehicle, new DeviceCommand.SetMode(DeviceMode.Automatic, "Ann", "towed"));
        _floor.VehicleState(Drives.At(2, VdaActionStatus.Running, order: "vendor-test-7"));
        _floor.Pass(3);
        _floor.Desk.Enqueue(Floor.Vehicle, Drives.Fetch);
        _floor.Pass(3);

        var difference = Assert.Single(_floor.Desk.State(Floor.Vehicle).Differences);
        Assert.Contains("vendor-test-7", difference.What, StringComparison.Ordinal);
        Assert.Empty(_floor.Orders);

        _floor.VehicleState(Drives.Idle(9));
        _floor.Desk.Tell(Floor.Vehicle, new DeviceCommand.Settle(difference.Id, difference.Answers[0], "Ann"));
        _floor.VehicleState(Drives.Idle(10));
        _floor.Pass(3);
        Assert.NotEmpty(_floor.Orders);
    }

    [Fact]
    public void The_vehicles_own_link_is_told_when_it_changes()
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle);
        foreach (var state in new[] { VdaConnectionState.Online, VdaConnectionState.Online, VdaConnectionState.ConnectionBroken, VdaConnectionState.Offline, VdaConnectionState.Online })
        {
            _floor.VehicleConnection(state);
        }

        Assert.Equal([true, false, true], _floor.Desk.Said.Cast<DeviceSignal.LinkChanged>().Select(link => link.Online));
    }

    [Fact]
    public void Positions_are_seen_and_not_told()
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle).VehicleState(Drives.Idle());
        Assert.Equal(1500, Assert.Single(_floor.Seen.Vehicles).XMillimetres);
        Assert.Empty(_floor.Desk.Said);
    }

    private void Begin()
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle).VehicleState(Drives.Idle());
        _floor.Pass(2);
        _floor.Desk.Enqueue(Floor.Vehicle, Drives.Fetch);
        _floor.Pass(0.1);
        Assert.Single(_floor.Orders);
    }
}
