using Warehouse.Devices.Tests.Staging;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Tests.Vda5050;

public sealed class FollowSessionTests
{
    private static readonly MissionId Mission = Drives.Way.Mission;
    private static readonly MachineCommand.Follow More = Drives.Way.Next(Drives.Way.Way[2..], 4, ends: true);
    private readonly Floor _floor = new();
    private int _second = 10;

    [Fact]
    public void What_is_released_later_is_sent_as_the_next_update_stitched_to_the_base_that_the_vehicle_shows()
    {
        Begin();
        Assert.Equal([true, true, false, false], Assert.Single(_floor.Orders).Nodes.Select(node => node.Released));
        Say(Seen(node: 0, released: 2));
        _floor.Desk.Enqueue(Floor.Vehicle, More);
        _floor.Pass(0.1);

        var update = _floor.Orders.Last();
        Assert.Equal((1u, "N2 N3 N4", 2u), (update.OrderUpdateId, string.Join(' ', update.Nodes.Select(node => node.NodeId)), update.Nodes[0].SequenceId));
        Assert.All(update.Nodes, node => Assert.True(node.Released));
        _floor.Pass(25);
        Assert.Equal(3, _floor.Orders.Count());
        Assert.Equal(update.Nodes.Select(node => node.NodeId), _floor.Orders.Last().Nodes.Select(node => node.NodeId));
        Say(Seen(node: 1, released: 4, update: 1));
        _floor.Pass(60);
        Assert.Equal(3, _floor.Orders.Count());
    }

    [Fact]
    public void An_update_waits_until_the_order_before_it_is_shown()
    {
        Begin();
        _floor.Desk.Enqueue(Floor.Vehicle, More);
        _floor.Pass(1);
        Assert.Single(_floor.Orders);
        Say(Seen(node: 0, released: 2));
        Assert.Equal(1u, _floor.Orders.Last().OrderUpdateId);
    }

    [Fact]
    public void Nodes_and_acts_are_told_as_they_are_passed_and_the_end_lets_go_of_the_command()
    {
        Begin();
        Say(Seen(node: 0, released: 2));
        _floor.Desk.Enqueue(Floor.Vehicle, More);
        _floor.Pass(0.1);
        Say(Seen(node: 1, released: 4, update: 1));
        Say(Seen(node: 2, released: 4, update: 1, pick: VdaActionStatus.Running));
        Say(Seen(node: 2, released: 4, update: 1, pick: VdaActionStatus.Finished));
        Assert.Single(_floor.Desk.State(Floor.Vehicle).Outbox);
        Say(Seen(node: 3, released: 4, update: 1, pick: VdaActionStatus.Finished));

        Assert.Equal(
            ["1 0", "2 0", "3 0", "3 1", "4 1"],
            _floor.Desk.Said.OfType<DeviceSignal.WayPassed>().Select(passed => $"{passed.Nodes} {passed.Acts}"));
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
    }

    [Fact]
    public void A_vehicle_that_asks_for_more_base_is_heard_once_for_each_end()
    {
        Begin();
        Say(Seen(node: 0, released: 2) with { NewBaseRequest = true });
        Say(Seen(node: 1, released: 2) with { NewBaseRequest = true });
        Assert.Equal([new DeviceSignal.BaseRequested(Mission, 2)], _floor.Desk.Said.OfType<DeviceSignal.BaseRequested>());
    }

    [Fact]
    public void A_cancel_is_not_sent_again_once_it_is_listed_and_ends_the_mission_when_it_is_final()
    {
        Begin();
        Say(Seen(node: 1, released: 2));
        _floor.Desk.Tell(Floor.Vehicle, new DeviceCommand.Cancel(Mission.Text, "the order was cancelled"));
        _floor.Pass(45);
        var cancel = _floor.InstantActions.Where(action => action.ActionType == "cancelOrder").ToList();
        Assert.Equal(3, cancel.Count);
        Assert.Single(cancel.Select(action => action.ActionId).Distinct());

        Say(Seen(node: 1, released: 2, also: new VdaActionState(cancel[0].ActionId, VdaActionStatus.Running)));
        _floor.Pass(50);
        Assert.Equal(3, _floor.InstantActions.Count(action => action.ActionType == "cancelOrder"));
        Assert.Single(_floor.Orders);
        Say(Seen(node: 1, released: 2, pick: VdaActionStatus.Failed, also: new VdaActionState(cancel[0].ActionId, VdaActionStatus.Finished)) with { NodeStates = [] });

        Assert.Contains(new DeviceSignal.DriveCancelled(Mission, 2, 0), _floor.Desk.Said);
        Assert.DoesNotContain(_floor.Desk.Said, said => said is DeviceSignal.DriveFailed);
        Assert.Empty(_floor.Desk.State(Floor.Vehicle).Outbox);
    }

    [Fact]
    public void A_cancel_that_does_not_end_is_a_case_for_a_person()
    {
        Begin();
        Say(Seen(node: 1, released: 2));
        _floor.Desk.Tell(Floor.Vehicle, new DeviceCommand.Cancel(Mission.Text, "why"));
        for (var period = 0; period < 5; period++)
        {
            _floor.Pass(27);
            Say(Seen(node: 1, released: 2));
        }

        _floor.Pass(3);
        Assert.Contains("has not ended order", Assert.Single(_floor.Desk.State(Floor.Vehicle).Differences).What, StringComparison.Ordinal);
        Assert.Equal(DeviceMode.Observe, _floor.Desk.State(Floor.Vehicle).Mode);
    }

    [Fact]
    public void Nothing_is_sent_while_a_person_drives_the_vehicle()
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle).VehicleState(Drives.Idle() with { OperatingMode = OperatingMode.Manual });
        _floor.Desk.Enqueue(Floor.Vehicle, Drives.Way);
        _floor.Pass(30);
        Assert.Empty(_floor.Orders);
        Assert.Contains(_floor.Desk.Said, said => said is DeviceSignal.ConditionChanged { Condition.Mode: OperatingMode.Manual });
        Say(Drives.Idle());
        Assert.Single(_floor.Orders);
    }

    [Fact]
    public void A_pause_does_not_wait_for_the_end_of_a_drive()
    {
        Begin();
        Say(Seen(node: 1, released: 2));
        _floor.Desk.Enqueue(Floor.Vehicle, new MachineCommand.Instruct("MAIN/V07-pause-1", "startPause", []));
        _floor.Pass(0.2);
        Assert.Equal("MAIN/V07-pause-1", Assert.Single(_floor.InstantActions, action => action.ActionType == "startPause").ActionId);
        Say(Seen(node: 1, released: 2) with { Paused = true });
        Assert.Equal([2L], _floor.Desk.Outcomes.Select(outcome => outcome.Sequence));
        Assert.Single(_floor.Desk.State(Floor.Vehicle).Outbox);
    }

    [Theory]
    [InlineData(true, "N3 N4", 0)]
    [InlineData(false, "N3 N4", 1)]
    public void A_vehicle_that_was_switched_off_gets_the_rest_and_picks_again_only_with_an_empty_fork(bool loaded, string nodes, int picks)
    {
        Begin(Drives.Way with { Released = 4 });
        Say(Seen(node: 2, released: 4, pick: VdaActionStatus.Running));
        Say(Drives.Idle() with { LastNodeId = "N3", Loads = loaded ? [new VdaLoad("T000123")] : [] });
        _floor.Pass(0.5);

        var rest = _floor.Orders.Last();
        Assert.Equal(("MAIN/M000042~2.0", 0u, 0u), (rest.OrderId, rest.OrderUpdateId, rest.Nodes[0].SequenceId));
        Assert.Equal(nodes, string.Join(' ', rest.Nodes.Select(node => node.NodeId)));
        Assert.Equal(picks, rest.Nodes.Sum(node => node.Actions.Length));
    }

    [Fact]
    public void A_vehicle_that_was_switched_off_and_does_not_say_what_it_carries_is_never_told_to_pick_again()
    {
        Begin(Drives.Way with { Released = 4 });
        Say(Seen(node: 2, released: 4, pick: VdaActionStatus.Running));
        Say(Drives.Idle() with { LastNodeId = "N3", Loads = null });
        _floor.Pass(0.5);

        Assert.Single(_floor.Orders);
        Assert.Contains("does not say whether it carries", Assert.Single(_floor.Desk.Outcomes).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_of_ours_that_is_left_over_is_cancelled_before_the_next_is_sent()
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle, settings: ("cancelBefore", "ours"))
            .VehicleState(Drives.At(2, VdaActionStatus.Waiting, order: "MAIN/M000041"));
        _floor.Desk.Enqueue(Floor.Vehicle, Drives.Way);
        _floor.Pass(1);
        Say(Drives.At(2, VdaActionStatus.Waiting, order: "MAIN/M000041"));
        Assert.DoesNotContain(_floor.InstantActions, action => action.ActionType == "cancelOrder");
        Say(Drives.At(2, VdaActionStatus.Waiting, order: "MAIN/M000041"));
        var cancel = Assert.Single(_floor.InstantActions, action => action.ActionType == "cancelOrder");
        Assert.Empty(_floor.Orders);
        Say(Drives.Idle() with { OrderId = "MAIN/M000041", ActionStates = [new(cancel.ActionId, VdaActionStatus.Finished)] });
        Assert.Single(_floor.Orders);
    }

    [Fact]
    public void A_mission_that_comes_again_after_its_end_is_let_go_and_the_order_that_followed_it_is_left_alone()
    {
        var done = new MachineCommand.Follow(new("MAIN/M000041"), null, 0, 0, [Drives.Way.Way[0], Drives.Way.Way[1]], 2, Ends: true);
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle, settings: ("cancelBefore", "any"));
        _floor.Desk.Tell(Floor.Vehicle, new DeviceCommand.SetMode(DeviceMode.Observe, "a person", "the outcome is lost here"));
        _floor.Desk.Enqueue(Floor.Vehicle, done);
        _floor.Desk.Tell(Floor.Vehicle, new DeviceCommand.Report(1, [], [new DeviceSignal.WayPassed(done.Mission, 2, 0)]));
        _floor.Desk.Tell(Floor.Vehicle, new DeviceCommand.SetMode(DeviceMode.Automatic, "a person", "go on"));
        for (var second = 0; second < 10; second++)
        {
            Say(Drives.At(2, VdaActionStatus.Waiting, order: "MAIN/M000042"));
            _floor.Pass(1);
        }

        Assert.Empty(_floor.Orders);
        Assert.DoesNotContain(_floor.InstantActions, action => action.ActionType == "cancelOrder");
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
    }

    [Fact]
    public void No_more_nodes_are_sent_than_the_factsheet_allows_and_the_rest_follows()
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle).VehicleState(Drives.Idle());
        _floor.Publish(Floor.VehicleTopics[VdaTopic.Factsheet], Floor.VehicleTopics.Dialect.Write(new VdaFactsheet(
            0, "2026-03-02T06:00:00.000Z", "2.1.0", "virtual", "MAIN-V07", new VdaProtocolLimits(MaximumArrayLengths: new(OrderNodes: 2)))));
        _floor.Pass(0.1);
        _floor.Desk.Enqueue(Floor.Vehicle, Drives.Way with { Released = 4 });
        _floor.Pass(0.1);
        Assert.Equal(["N1", "N2"], Assert.Single(_floor.Orders).Nodes.Select(node => node.NodeId));
        Say(Seen(node: 1, released: 2) with { NodeStates = [] });
        Assert.Equal("1 N2 N3", $"{_floor.Orders.Last().OrderUpdateId} {string.Join(' ', _floor.Orders.Last().Nodes.Select(node => node.NodeId))}");
    }

    [Fact]
    public void An_id_that_is_longer_than_the_factsheet_allows_is_refused_and_not_sent()
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle).VehicleState(Drives.Idle());
        _floor.Publish(Floor.VehicleTopics[VdaTopic.Factsheet], Floor.VehicleTopics.Dialect.Write(new VdaFactsheet(
            0, "2026-03-02T06:00:00.000Z", "2.1.0", "virtual", "MAIN-V07", new VdaProtocolLimits(new VdaStringLengths(MaximumIdLength: 8)))));
        _floor.Desk.Enqueue(Floor.Vehicle, Drives.Way);
        _floor.Pass(0.5);
        Assert.Empty(_floor.Orders);
        Assert.Contains("limit of id 'MAIN/M000042' is 8", Assert.Single(_floor.Desk.Outcomes).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vehicle_that_falls_silent_counts_as_away_until_it_speaks_again()
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle).VehicleState(Drives.Idle());
        _floor.VehicleConnection(VdaConnectionState.Online);
        _floor.Pass(62);
        Assert.Equal([true, false], _floor.Desk.Said.OfType<DeviceSignal.LinkChanged>().Select(link => link.Online));
        Say(Drives.Idle());
        Assert.True(_floor.Desk.Said.OfType<DeviceSignal.LinkChanged>().Last().Online);
    }

    [Theory]
    [InlineData("off", 0, true)]
    [InlineData("count", 1, true)]
    [InlineData("refuse", 1, false)]
    public void A_message_that_breaks_the_schema_is_passed_over_counted_or_refused_as_the_manifest_says(string validation, int counted, bool used)
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle, settings: ("validation", validation));
        _floor.VehicleState(Drives.Idle() with { Timestamp = "2026-03-02 06:00:00" });
        Assert.Equal(counted, _floor.Host.WireFaults.Seen.Values.Sum(fault => fault.Count));
        Assert.Equal(used ? 1 : 0, _floor.Seen.Vehicles.Count);
    }

    [Fact]
    public void A_vehicle_of_3_0_is_spoken_with_on_its_own_topics_in_its_own_words()
    {
        var topics = VdaTopics.OfVirtual(new("MAIN/V07"), "3.0.0");
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle, settings: ("version", "3.0.0"));
        void Hear(VdaState state) => _floor.Publish(topics[VdaTopic.State], topics.Dialect.Write(state with { Version = "3.0.0" }));
        Hear(Drives.Idle() with
        {
            InstantActionStates = [], ZoneRequests = [new("r1", RequestType.Access, "crossing", "s1", VdaRequestStatus.Requested)],
        });
        _floor.Desk.Enqueue(Floor.Vehicle, Drives.Way);
        _floor.Desk.Enqueue(Floor.Vehicle, new MachineCommand.AnswerRequest("r1", GrantType.Granted, new(1_772_431_260_000)));
        _floor.Pass(0.2);

        Assert.Contains(new DeviceSignal.Requested(new("r1", RequestType.Access, "crossing", "s1")), _floor.Desk.Said);
        var order = Assert.Single(_floor.Wire, message => message.Topic == topics[VdaTopic.Order]);
        Assert.DoesNotContain("startNodeId", System.Text.Encoding.UTF8.GetString(order.Payload.Span), StringComparison.Ordinal);
        var response = topics.Dialect.Read<VdaResponses>(Assert.Single(_floor.Wire, message => message.Topic == topics[VdaTopic.Responses]).Payload.Span);
        Assert.Equal(new VdaResponse("r1", GrantType.Granted, "2026-03-02T06:01:00.000Z"), Assert.Single(response.Responses));
        Hear(Drives.Idle(1) with { InstantActionStates = [], ZoneRequests = [new("r1", RequestType.Access, "crossing", "s1", VdaRequestStatus.Granted)] });
        _floor.Pass(0.2);
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
        Assert.Empty(_floor.Host.WireFaults.Seen);
    }

    private void Begin(MachineCommand.Follow? way = null)
    {
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle).VehicleState(Drives.Idle());
        _floor.Pass(2);
        _floor.Desk.Enqueue(Floor.Vehicle, way ?? Drives.Way);
        _floor.Pass(0.1);
        Assert.Single(_floor.Orders);
    }

    private void Say(VdaState state)
    {
        _floor.VehicleState(state with { Timestamp = $"2026-03-02T06:{_second / 60:00}:{_second++ % 60:00}.000Z" });
        _floor.Pass(0.1);
    }

    private static VdaState Seen(
        int node, int released, uint update = 0, VdaActionStatus pick = VdaActionStatus.Waiting, VdaActionState? also = null) =>
        Drives.At((uint)(2 * node), pick) with
        {
            OrderUpdateId = update,
            NodeStates = [.. Enumerable.Range(node + 1, 3 - node).Select(next => new VdaNodeState($"N{next + 1}", (uint)(2 * next), next < released))],
            ActionStates = [new("MAIN/M000042-2", pick, "pick"), .. also is null ? [] : new[] { also }],
        };
}
