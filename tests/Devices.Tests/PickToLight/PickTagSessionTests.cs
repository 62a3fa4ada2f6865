using Warehouse.Devices.Links.Memory;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.Tests.Staging;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Tests.PickToLight;

public sealed class PickTagSessionTests
{
    private readonly Floor _floor = new();

    [Fact]
    public void A_light_is_sent_once_and_accepted_when_the_tag_shows_it()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17, quantity: 3));
        _floor.Pass(0.1);

        Assert.Equal(new PickTagCommand("MAIN/S1/000017", "green", Qty: 3, Text: "2 x"), Assert.Single(_floor.TagCommands));
        Assert.Empty(_floor.Desk.Outcomes);

        _floor.TagState("MAIN/S1/000017");
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
        Assert.Single(_floor.TagCommands);
    }

    [Fact]
    public void A_light_that_the_tag_does_not_show_is_sent_again_and_expires_at_its_deadline()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17), TimeSpan.FromSeconds(50));
        _floor.Pass(49);
        Assert.Equal(3, _floor.TagCommands.Count());
        Assert.Empty(_floor.Desk.Outcomes);

        _floor.Pass(2);
        Assert.Equal(CommandOutcome.Expired, Assert.Single(_floor.Desk.Outcomes).Outcome);
        Assert.Equal(3, _floor.TagCommands.Count());
    }

    [Fact]
    public void A_tag_that_shows_our_light_at_the_start_is_not_lit_again()
    {
        _floor.TagState("MAIN/S1/000017");
        _floor.Desk.Register(Floor.Tag, DeviceKind.PickTag);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17));
        _floor.With(Floor.Tag, DeviceKind.PickTag, register: false);
        _floor.Pass(1);

        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
        Assert.Empty(_floor.TagCommands);
    }

    [Fact]
    public void A_strange_light_is_put_out_in_automatic()
    {
        _floor.TagState("somebody-else");
        _floor.With(Floor.Tag, DeviceKind.PickTag).Pass(1);

        Assert.Equal(new PickTagCommand("somebody-else", PickTagCommand.Off), Assert.Single(_floor.TagCommands));
        Assert.Empty(_floor.Desk.State(Floor.Tag).Differences);
    }

    [Fact]
    public void A_strange_light_is_a_case_for_a_person_in_observe()
    {
        _floor.TagState("somebody-else");
        _floor.Desk.Register(Floor.Tag, DeviceKind.PickTag);
        _floor.Desk.Tell(Floor.Tag, new DeviceCommand.SetMode(DeviceMode.Observe, "Ann", "looking"));
        _floor.With(Floor.Tag, DeviceKind.PickTag, register: false).Pass(1);

        Assert.Empty(_floor.TagCommands);
        Assert.Contains("somebody-else", Assert.Single(_floor.Desk.State(Floor.Tag).Differences).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_press_is_confirmed_to_the_tag_only_after_the_desk_took_it()
    {
        var held = new TaskCompletionSource();
        _floor.Desk.Hold = command => command is DeviceCommand.Report ? held.Task : Task.CompletedTask;
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagEvent("MAIN/S1/000017", seq: 4);
        _floor.Pass(1);
        Assert.Empty(_floor.TagCommands);

        _floor.Stage.Do(held.SetResult);
        _floor.Pass(0.1);
        Assert.Equal(new DeviceSignal.ButtonPressed(Floor.TaskId(17), 1, 4, PressKind.Confirm, 2), Assert.Single(_floor.Desk.Said));
        Assert.Equal(new PickTagCommand("MAIN/S1/000017", Ack: 4, Boot: 1), Assert.Single(_floor.TagCommands));
    }

    [Fact]
    public void A_repeated_press_is_confirmed_again_and_told_once()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag);
        for (var i = 0; i < 3; i++)
        {
            _floor.TagEvent("MAIN/S1/000017", seq: 4, PickTagEventKind.Short, qty: 1);
        }

        _floor.TagEvent("MAIN/S1/000018", seq: 5);
        Assert.Equal([4L, 4L, 4L, 5L], _floor.TagCommands.Select(command => command.Ack!.Value));
        Assert.Equal(2, _floor.Desk.Said.Count());
        Assert.Equal(2, _floor.Desk.Heard.Count(heard => heard.Command is DeviceCommand.Report));
    }

    [Fact]
    public void A_press_is_not_lost_when_the_desk_does_not_answer()
    {
        var failures = 3;
        _floor.Desk.FailAfter = command => command is DeviceCommand.Report && failures-- > 0 ? new TimeoutException() : null;
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagEvent("MAIN/S1/000017", seq: 4);
        _floor.Pass(10);

        var reports = _floor.Desk.Heard.Where(heard => heard.Command is DeviceCommand.Report).ToList();
        Assert.Equal(4, reports.Count);
        Assert.Single(reports.Select(report => report.Id).Distinct());
        Assert.Single(_floor.Desk.Said);
        Assert.Equal(4, Assert.Single(_floor.TagCommands).Ack);
    }

    [Fact]
    public void A_light_goes_out_after_a_press_without_a_word_to_the_tag()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState("MAIN/S1/000017");
        _floor.TagState(null, seq: 1, done: "MAIN/S1/000017");
        _floor.Desk.Enqueue(Floor.Tag, new MachineCommand.LightOff(Floor.TaskId(17)));
        _floor.Pass(0.1);

        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
        Assert.Empty(_floor.TagCommands);
    }

    [Fact]
    public void Lost_and_late_messages_end_with_the_light_on()
    {
        var hop = 0;
        _floor.Broker.Fault = _ => (hop++ % 3) switch
        {
            0 => MqttFault.Drop,
            1 => MqttFault.Duplicate,
            _ => MqttFault.Late(TimeSpan.FromMilliseconds(300)),
        };
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17));
        _floor.Pass(5);
        _floor.TagState("MAIN/S1/000017");
        _floor.Pass(5);

        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"event\":\"confirm\"}")]
    [InlineData("{\"id\":null,\"event\":\"confirm\",\"qty\":1,\"seq\":1,\"boot\":1,\"ts\":\"\"}")]
    [InlineData("{\"id\":\"a b\",\"event\":\"confirm\",\"qty\":1,\"seq\":1,\"boot\":1,\"ts\":\"\"}")]
    [InlineData("{\"id\":\"MAIN/S1/1\",\"event\":\"explode\",\"qty\":1,\"seq\":1,\"boot\":1,\"ts\":\"\"}")]
    public void What_is_no_event_is_counted_and_harms_nothing(string payload)
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).Publish(Floor.TagTopics.Event, System.Text.Encoding.UTF8.GetBytes(payload));
        _floor.TagEvent("MAIN/S1/000017", seq: 4);

        Assert.Equal(1, _floor.Host.WireFaults.Seen[Floor.Tag].Count);
        Assert.Single(_floor.Desk.Said);
    }

    [Fact]
    public void A_light_that_a_power_cut_put_out_is_lit_again_until_it_was_pressed()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(17));
        _floor.Pass(0.1);
        _floor.TagState("MAIN/S1/000017");
        var sent = _floor.TagCommands.Count();
        _floor.TagState(null, boot: 2);

        Assert.Equal(["MAIN/S1/000017"], _floor.TagCommands.Skip(sent).Select(command => command.Id));
        _floor.TagEvent("MAIN/S1/000017", seq: 1);
        sent = _floor.TagCommands.Count();
        _floor.TagState(null, boot: 3);
        Assert.Equal(sent, _floor.TagCommands.Count());
    }

    [Fact]
    public void A_changed_number_is_confirmed_and_no_fact()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagEvent("MAIN/S1/000017", seq: 4, PickTagEventKind.QtyChanged, qty: 1);

        Assert.Equal(4, Assert.Single(_floor.TagCommands).Ack);
        Assert.Empty(_floor.Desk.Said.OfType<DeviceSignal.ButtonPressed>());
    }
}
