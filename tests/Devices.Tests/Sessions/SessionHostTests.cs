using Warehouse.Devices.Tests.Staging;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Tests.Sessions;

public sealed class SessionHostTests
{
    private readonly Floor _floor = new();

    [Fact]
    public void A_lease_is_taken_for_a_minute_and_renewed_at_half_in_its_epoch()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).Pass(125);
        var leases = _floor.Desk.Happened.OfType<DeviceEvent.Leased>().ToList();
        Assert.Equal(5, leases.Count);
        Assert.All(leases, lease => Assert.Equal(1, lease.Epoch));
        Assert.Equal([30_000L, 30_000, 30_000, 30_000], leases.Zip(leases.Skip(1), (one, next) => next.Until.Since(one.Until)));
    }

    [Fact]
    public void A_second_host_waits_until_the_lease_runs_out()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag, host: "one");
        _floor.With(Floor.Tag, DeviceKind.PickTag, host: "two", register: false).Pass(100);
        Assert.Equal("one", _floor.Desk.State(Floor.Tag).Host);
        Assert.All(_floor.Desk.Happened.OfType<DeviceEvent.Leased>(), lease => Assert.Equal("one", lease.Host));
    }

    [Fact]
    public void A_host_that_was_displaced_sends_nothing_more()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag, host: "one").TagState(null);
        _floor.Desk.Hold = command => command is DeviceCommand.TakeLease { Host: "one" } ? new TaskCompletionSource().Task : Task.CompletedTask;
        _floor.Pass(70);
        Assert.True(_floor.Desk.Tell(Floor.Tag, new DeviceCommand.TakeLease("two", _floor.Desk.Now, _floor.Desk.Now.Plus(600_000))).Accepted);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17));
        _floor.Pass(60);
        Assert.Empty(_floor.TagCommands);
        Assert.Single(_floor.Desk.State(Floor.Tag).Outbox);
    }

    [Fact]
    public void A_send_under_way_stops_when_the_epoch_is_over()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag, host: "one").TagState(null);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17));
        _floor.Pass(1);
        Assert.Single(_floor.TagCommands);

        _floor.Desk.FailBefore = command => command is DeviceCommand.TakeLease { Host: "one" } ? new TimeoutException() : null;
        _floor.Pass(61);
        var sent = _floor.TagCommands.Count();
        _floor.Pass(300);
        Assert.Equal(sent, _floor.TagCommands.Count());
        Assert.Single(_floor.Desk.State(Floor.Tag).Outbox);
    }

    [Theory]
    [InlineData(DeviceMode.Observe)]
    [InlineData(DeviceMode.Manual)]
    public void Outside_automatic_facts_come_in_and_commands_are_kept(DeviceMode mode)
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        _floor.Desk.Tell(Floor.Tag, new DeviceCommand.SetMode(mode, "Ann", "trying"));
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17));
        _floor.Pass(30);
        _floor.TagEvent("MAIN/S1/000016", seq: 1);
        Assert.DoesNotContain(_floor.TagCommands, command => command.Color is not null);
        Assert.Single(_floor.Desk.Said);
        Assert.Single(_floor.Desk.State(Floor.Tag).Outbox);

        _floor.Desk.Tell(Floor.Tag, new DeviceCommand.SetMode(DeviceMode.Automatic, "Ann", "done"));
        _floor.Pass(3);
        Assert.Contains(_floor.TagCommands, command => command.Id == "MAIN/S1/000017");
    }

    [Fact]
    public void A_mode_that_changes_during_a_send_stops_it()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17));
        _floor.Pass(1);
        _floor.Desk.Tell(Floor.Tag, new DeviceCommand.SetMode(DeviceMode.Manual, "Ann", "wait"));
        _floor.Pass(120);
        Assert.Single(_floor.TagCommands);
        Assert.Empty(_floor.Desk.Outcomes);
    }

    [Fact]
    public void A_command_past_its_deadline_is_reported_expired_and_never_sent()
    {
        _floor.Desk.Register(Floor.Tag, DeviceKind.PickTag);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17), TimeSpan.FromSeconds(5));
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(18));
        _floor.Pass(6);
        _floor.With(Floor.Tag, DeviceKind.PickTag, register: false).TagState(null);
        _floor.Pass(1);
        Assert.Equal(CommandOutcome.Expired, Assert.Single(_floor.Desk.Outcomes).Outcome);
        Assert.Equal(["MAIN/S1/000018"], _floor.TagCommands.Select(command => command.Id));
    }

    [Fact]
    public void A_command_expires_in_manual_mode_too()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        _floor.Desk.Tell(Floor.Tag, new DeviceCommand.SetMode(DeviceMode.Manual, "Ann", "wait"));
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17), TimeSpan.FromSeconds(5));
        _floor.Pass(6);
        Assert.Equal(CommandOutcome.Expired, Assert.Single(_floor.Desk.Outcomes).Outcome);
    }

    [Fact]
    public void Commands_go_out_in_order_one_after_another()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17));
        _floor.Desk.Enqueue(Floor.Tag, new MachineCommand.LightOff(Floor.TaskId(17)));
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(18));
        _floor.Pass(1);
        Assert.Equal(["green"], _floor.TagCommands.Select(command => command.Color));
        _floor.TagState("MAIN/S1/000017");
        _floor.Pass(0.1);
        _floor.TagState(null);
        _floor.Pass(0.1);
        _floor.TagState("MAIN/S1/000018");
        Assert.Equal(["green", "off", "green"], _floor.TagCommands.Select(command => command.Color));
        Assert.Equal([1L, 2, 3], _floor.Desk.Outcomes.Select(outcome => outcome.Sequence));
    }

    [Fact]
    public void What_gathers_during_a_report_goes_together_in_the_next()
    {
        var held = new TaskCompletionSource();
        _floor.Desk.Hold = command => command is DeviceCommand.Report ? held.Task : Task.CompletedTask;
        _floor.With(Floor.Tag, DeviceKind.PickTag);
        for (var press = 1; press <= 5; press++)
        {
            _floor.TagEvent($"MAIN/S1/{press:000000}", press);
        }

        Assert.Single(_floor.Desk.Heard, heard => heard.Command is DeviceCommand.Report);
        _floor.Stage.Do(held.SetResult);
        var reports = _floor.Desk.Heard.Select(heard => heard.Command).OfType<DeviceCommand.Report>();
        Assert.Equal([1, 4], reports.Select(report => report.Signals.Length));
    }

    [Fact]
    public void A_device_that_is_registered_late_is_taken_then()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag, register: false).Pass(60);
        Assert.Empty(_floor.Desk.Happened);
        _floor.TagEvent("MAIN/S1/000017", seq: 1);
        _floor.Desk.Register(Floor.Tag, DeviceKind.PickTag);
        _floor.Pass(6);
        Assert.Single(_floor.Desk.Said);
    }

    [Fact]
    public void A_lost_wake_costs_half_a_lease_at_most()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        var answer = _floor.Stage.Finish(() => _floor.Desk.Execute(
            Floor.Tag, "by the way", new DeviceCommand.Enqueue(Floor.Show(17), _floor.Desk.Now.Plus(600_000))));
        Assert.Equal(Answer.Yes, answer);
        _floor.Pass(31);
        Assert.Single(_floor.TagCommands, command => command.Id == "MAIN/S1/000017" && command.Ack is null);
    }

    [Fact]
    public void A_host_that_stops_ends_its_loops_and_leaves_what_was_not_confirmed_in_the_outbox()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17));
        _floor.Pass(1);
        _floor.Stage.Finish(_floor.Host.Stop);
        _floor.Pass(100);
        Assert.Single(_floor.TagCommands);
        Assert.Single(_floor.Desk.State(Floor.Tag).Outbox);
    }
}
