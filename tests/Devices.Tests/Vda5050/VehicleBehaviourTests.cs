using Warehouse.Devices.Tests.Staging;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Tests.Vda5050;

/// <summary>What the standard has vehicles do that no order leads to: modes, errors, acts that wait, zones and requests.</summary>
public sealed class VehicleBehaviourTests
{
    private readonly Floor _floor = new();
    private VdaTopics _topics = Floor.VehicleTopics;
    private int _second = 10;

    [Theory]
    [InlineData(OperatingMode.Automatic, true)]
    [InlineData(OperatingMode.SemiAutomatic, true)]
    [InlineData(OperatingMode.Startup, false)]
    [InlineData(OperatingMode.Intervened, false)]
    [InlineData(OperatingMode.Manual, false)]
    [InlineData(OperatingMode.Service, false)]
    [InlineData(OperatingMode.TeachIn, false)]
    public void An_order_is_sent_only_in_a_mode_in_which_it_is_driven(OperatingMode mode, bool sent)
    {
        Begin("3.0.0");
        Say(Idle() with { OperatingMode = mode });
        _floor.Desk.Enqueue(Floor.Vehicle, Drives.Way);
        _floor.Pass(45);
        Assert.Equal(sent, Orders().Any());
    }

    [Fact]
    public void While_a_person_has_stepped_in_a_cancel_is_sent_and_no_other_instant_action()
    {
        BeginWay("3.0.0");
        Say(Seen(1) with { OperatingMode = OperatingMode.Intervened });
        _floor.Desk.Enqueue(Floor.Vehicle, new MachineCommand.Instruct("p1", "startPause", []));
        _floor.Desk.Tell(Floor.Vehicle, new DeviceCommand.Cancel(Drives.Way.Mission.Text, "why"));
        _floor.Pass(5);
        Assert.Equal(["cancelOrder"], Instants().Where(action => action.ActionType is not ("stateRequest" or "factsheetRequest")).Select(action => action.ActionType).Distinct());
    }

    [Fact]
    public void A_vehicle_that_was_driven_by_hand_and_lost_its_order_gets_the_rest_when_it_is_automatic_again()
    {
        BeginWay("2.1.0", Drives.Way with { Released = 4 });
        Say(Seen(1));
        Say(Seen(1) with { OperatingMode = OperatingMode.Manual, NodeStates = [], ActionStates = [] });
        _floor.Pass(60);
        Assert.Single(Orders());
        Say(Seen(1) with { NodeStates = [], ActionStates = [] });
        _floor.Pass(1);
        var rest = Orders().Last();
        Assert.Equal(("MAIN/M000042~1.0", "N2 N3 N4"), (rest.OrderId, string.Join(' ', rest.Nodes.Select(node => node.NodeId))));
    }

    [Theory]
    [InlineData(ErrorLevel.Warning, false, false)]
    [InlineData(ErrorLevel.Urgent, false, false)]
    [InlineData(ErrorLevel.Critical, true, false)]
    [InlineData(ErrorLevel.Critical, false, true)]
    [InlineData(ErrorLevel.Fatal, false, false)]
    public void Only_a_critical_error_of_a_standing_vehicle_ends_its_mission_and_every_level_is_told(ErrorLevel level, bool driving, bool fails)
    {
        BeginWay("3.0.0");
        Say(Seen(1) with { Driving = driving, Errors = [new VdaError("NODE_UNREACHABLE", level, [new("nodeId", "N3")])] });
        Assert.Equal(fails, _floor.Desk.Said.OfType<DeviceSignal.DriveFailed>().Any());
        Assert.Contains(_floor.Desk.Said, said => said is DeviceSignal.ConditionChanged { Condition: var now } && (now.Worst, now.ErrorType) == (level, "NODE_UNREACHABLE"));
        Assert.Equal(fails ? 0 : 1, _floor.Desk.State(Floor.Vehicle).Outbox.Length);
    }

    [Fact]
    public void A_critical_error_about_another_order_ends_nothing()
    {
        BeginWay("3.0.0");
        Say(Seen(1) with { Driving = false, Errors = [new VdaError("ZONE_ACTION_CONFLICT", ErrorLevel.Critical, [new("orderId", "MAIN/M000041")])] });
        Assert.DoesNotContain(_floor.Desk.Said, said => said is DeviceSignal.DriveFailed);
    }

    [Fact]
    public void An_order_that_cannot_go_on_is_cancelled_before_the_next_mission_begins()
    {
        BeginWay("3.0.0");
        VdaState Stuck() => Seen(1) with { Driving = false, Errors = [new VdaError("NODE_UNREACHABLE", ErrorLevel.Critical)] };
        Say(Stuck());
        _floor.Desk.Enqueue(Floor.Vehicle, Drives.Way with { Mission = new("MAIN/M000043") });
        for (var state = 0; state < 5; state++)
        {
            Say(Stuck());
        }

        var cancel = Assert.Single(Instants(), action => action.ActionType == "cancelOrder");
        Assert.Single(Orders());
        Say(Seen(1) with { NodeStates = [], InstantActionStates = [new(cancel.ActionId, VdaActionStatus.Finished)], ActionStates = [] });
        Assert.Equal("MAIN/M000043", OrderName.MissionTextOf(Orders().Last().OrderId));
    }

    [Fact]
    public void An_update_that_the_vehicle_rejects_fails_the_mission_once_the_rejection_lasts()
    {
        BeginWay("2.1.0");
        Say(Seen(0));
        _floor.Desk.Enqueue(Floor.Vehicle, Drives.Way.Next(Drives.Way.Way[2..], 4, ends: true));
        _floor.Pass(0.1);
        var rejected = Seen(1) with { Errors = [new VdaError("orderUpdateError", ErrorLevel.Warning, [new("orderId", "MAIN/M000042"), new("orderUpdateId", "1")])] };
        Say(rejected);
        Assert.DoesNotContain(_floor.Desk.Said, said => said is DeviceSignal.DriveFailed);
        Say(rejected);
        Assert.Contains("orderUpdateError", Assert.Single(_floor.Desk.Said.OfType<DeviceSignal.DriveFailed>()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "carries nothing")]
    [InlineData("T000999", "carries T000999")]
    public void A_pick_counts_when_the_load_shows_it_and_fails_the_mission_when_it_never_does(string load, string why)
    {
        BeginWay("2.1.0", Drives.Way with { Released = 4 });
        VdaState Claims() => Seen(2, VdaActionStatus.Finished) with { Loads = load.Length == 0 ? [] : [new VdaLoad(load)] };
        Say(Claims());
        Say(Claims());
        Assert.DoesNotContain(_floor.Desk.Said, said => said is DeviceSignal.WayPassed { Acts: > 0 } or DeviceSignal.DriveFailed);
        _floor.Pass(11);
        Say(Claims());
        Assert.Contains(why, Assert.Single(_floor.Desk.Said.OfType<DeviceSignal.DriveFailed>()).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(_floor.Desk.Said, said => said is DeviceSignal.WayPassed { Acts: > 0 });
    }

    [Fact]
    public void A_pick_that_came_away_empty_is_not_made_good_by_the_drop_that_follows()
    {
        var way = Drives.Way with { Released = 4, Way = Drives.Way.Way.SetItem(3, Drives.Way.Way[3] with { Action = LegAction.Drop, Place = new("MAIN/S1/dock01") }) };
        BeginWay("2.1.0", way);
        Say(Seen(2, VdaActionStatus.Finished) with { Loads = [] });
        VdaState Ended() => Seen(3, VdaActionStatus.Finished) with
        {
            ActionStates = [new("MAIN/M000042-2", VdaActionStatus.Finished, "pick"), new("MAIN/M000042-3", VdaActionStatus.Finished, "drop")], Loads = [],
        };
        Say(Ended());
        _floor.Pass(11);
        Say(Ended());
        Assert.Single(_floor.Desk.Said.OfType<DeviceSignal.DriveFailed>());
        Assert.DoesNotContain(_floor.Desk.Said, said => said is DeviceSignal.WayPassed { Acts: > 0 });
    }

    [Fact]
    public void A_load_that_shows_a_moment_after_its_pick_is_waited_for()
    {
        BeginWay("2.1.0", Drives.Way with { Released = 4 });
        Say(Seen(2, VdaActionStatus.Finished) with { Loads = [] });
        _floor.Pass(9);
        Say(Seen(2, VdaActionStatus.Finished));
        Assert.Contains(new DeviceSignal.WayPassed(Drives.Way.Mission, 3, 1), _floor.Desk.Said);
        Assert.DoesNotContain(_floor.Desk.Said, said => said is DeviceSignal.DriveFailed);
    }

    [Theory]
    [InlineData("identified", "RFID_7", false)]
    [InlineData("counted", "RFID_7", true)]
    [InlineData("counted", "", false)]
    [InlineData("ignored", "", true)]
    public void How_far_the_loads_count_is_the_manifests_to_say(string loads, string load, bool counts)
    {
        BeginWay("2.1.0", Drives.Way with { Released = 4 }, ("loads", loads));
        Say(Seen(2, VdaActionStatus.Finished) with { Loads = load.Length == 0 ? [] : [new VdaLoad(load)] });
        Assert.Equal(counts, _floor.Desk.Said.Contains(new DeviceSignal.WayPassed(Drives.Way.Mission, 3, 1)));
    }

    [Theory]
    [InlineData("identified", false)]
    [InlineData("counted", true)]
    public void A_vehicle_that_was_switched_off_with_a_load_of_another_name_is_never_told_to_pick_again(string loads, bool goesOn)
    {
        BeginWay("2.1.0", Drives.Way with { Released = 4 }, ("loads", loads));
        Say(Seen(2, VdaActionStatus.Running));
        Say(Idle() with { LastNodeId = "N3", Loads = [new VdaLoad("RFID_7")] });
        _floor.Pass(0.5);
        Assert.Equal(goesOn ? 2 : 1, Orders().Count());
        Assert.Equal(1, Orders().SelectMany(order => order.Nodes).Sum(node => node.Actions.Length));
    }

    [Theory]
    [InlineData("retry", VdaActionStatus.Finished)]
    [InlineData("skipRetry", VdaActionStatus.Failed)]
    public void A_failed_pick_waits_is_told_once_and_ends_as_the_answer_has_it(string answer, VdaActionStatus end)
    {
        BeginWay("3.0.0", Drives.Way with { Released = 4 }, ("retriableActs", "yes"));
        Assert.True(Orders().Single().Nodes[2].Actions.Single().Retriable);
        for (var state = 0; state < 3; state++)
        {
            Say(Seen(2, VdaActionStatus.Retriable));
        }

        Assert.Equal("MAIN/M000042-2", Assert.Single(_floor.Desk.Said.OfType<DeviceSignal.ActRetriable>()).ActionId);
        _floor.Desk.Enqueue(Floor.Vehicle, new MachineCommand.Instruct("answer-1", answer, [new("actionId", "MAIN/M000042-2")]));
        _floor.Pass(0.2);
        var sent = Assert.Single(Instants(), action => action.ActionType == answer);
        Assert.Equal("MAIN/M000042-2", sent.Parameter("actionId"));
        Say(Seen(2, end) with { InstantActionStates = [new("answer-1", VdaActionStatus.Finished)] });
        Assert.Equal(end == VdaActionStatus.Failed, _floor.Desk.Said.OfType<DeviceSignal.DriveFailed>().Any());
        if (end == VdaActionStatus.Finished)
        {
            Say(Seen(3, end));
            Assert.Contains(new DeviceSignal.WayPassed(Drives.Way.Mission, 4, 1), _floor.Desk.Said);
        }
    }

    [Fact]
    public void An_answer_is_repeated_until_the_request_shows_it_and_a_revoked_grant_counts_as_held_until_then()
    {
        Begin("3.0.0");
        Say(Asks(VdaRequestStatus.Granted));
        _floor.Desk.Enqueue(Floor.Vehicle, new MachineCommand.AnswerRequest("r1", GrantType.Revoked, null));
        _floor.Pass(45);
        Assert.Equal(3, _floor.Wire.Count(message => message.Topic == _topics[VdaTopic.Responses]));
        Assert.Single(_floor.Desk.State(Floor.Vehicle).Outbox);
        Say(Asks(VdaRequestStatus.Revoked));
        Assert.Empty(_floor.Desk.State(Floor.Vehicle).Outbox);
    }

    [Fact]
    public void A_request_is_told_once_however_often_the_state_bears_it_and_again_under_a_new_id()
    {
        Begin("3.0.0");
        Say(Asks(VdaRequestStatus.Requested));
        Say(Asks(VdaRequestStatus.Requested));
        Say(Asks(VdaRequestStatus.Queued));
        Say(Asks(VdaRequestStatus.Requested, "r2"));
        Assert.Equal(["r1", "r2"], _floor.Desk.Said.OfType<DeviceSignal.Requested>().Select(asked => asked.Request.RequestId));
    }

    [Fact]
    public void Zones_are_given_until_the_state_lists_their_set()
    {
        Begin("3.0.0");
        _floor.Desk.Enqueue(Floor.Vehicle, Zones);
        _floor.Pass(25);
        Assert.Equal(2, _floor.Wire.Count(message => message.Topic == _topics[VdaTopic.ZoneSet]));
        Say(Idle() with { ZoneSets = [new("night", "MAIN", VdaZoneSetStatus.Disabled)] });
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
    }

    [Fact]
    public void Zones_and_answers_are_refused_for_a_version_that_has_none()
    {
        Begin("2.1.0");
        _floor.Desk.Enqueue(Floor.Vehicle, Zones);
        _floor.Desk.Enqueue(Floor.Vehicle, new MachineCommand.AnswerRequest("r1", GrantType.Granted, null));
        _floor.Pass(1);
        Assert.All(_floor.Desk.Outcomes, outcome => Assert.Equal(CommandOutcome.Refused, outcome.Outcome));
        Assert.Equal(2, _floor.Desk.Outcomes.Count());
    }

    [Fact]
    public void Each_topic_counts_its_header_ids_by_itself_and_after_the_last_one_comes_nought()
    {
        var ids = HeaderIds.From(uint.MaxValue - 1);
        Assert.Equal([uint.MaxValue - 1, uint.MaxValue, 0u], Enumerable.Range(0, 3).Select(_ => ids.Next(VdaTopic.Order)));
        Assert.Equal(uint.MaxValue - 1, ids.Next(VdaTopic.InstantActions));
        Assert.True(HeaderIds.IsBefore(uint.MaxValue, 0));
        Assert.False(HeaderIds.IsBefore(0, uint.MaxValue));
    }

    private static MachineCommand.GiveZones Zones { get; } = new(new ZoneSet(
        "night", "MAIN", [new Zone("z1", ZoneType.Blocked, [new(0, 0), new(1_000, 0), new(1_000, 1_000)])]));

    private static VdaState Asks(VdaRequestStatus status, string id = "r1") =>
        Idle() with { ZoneRequests = [new(id, RequestType.Access, "crossing", "s1", status)] };

    private static VdaState Idle() => Drives.Idle() with { InstantActionStates = [] };

    private static VdaState Seen(int node, VdaActionStatus pick = VdaActionStatus.Waiting) => Drives.At((uint)(2 * node), pick) with
    {
        NodeStates = [.. Enumerable.Range(node + 1, 3 - node).Select(next => new VdaNodeState($"N{next + 1}", (uint)(2 * next), next < 2))],
        ActionStates = [new("MAIN/M000042-2", pick, "pick")],
        InstantActionStates = [],
    };

    private IEnumerable<VdaOrder> Orders() => _floor.Wire.Where(message => message.Topic == _topics[VdaTopic.Order])
        .Select(message => _topics.Dialect.Read<VdaOrder>(message.Payload.Span));

    private IEnumerable<VdaAction> Instants() => _floor.Wire.Where(message => message.Topic == _topics[VdaTopic.InstantActions])
        .SelectMany(message => _topics.Dialect.Read<VdaInstantActions>(message.Payload.Span).Actions);

    private void Begin(string version, params (string Key, string Value)[] settings)
    {
        _topics = VdaTopics.OfVirtual(new("MAIN/V07"), version);
        _floor.With(Floor.Vehicle, DeviceKind.Vehicle, settings: [("version", version), .. settings]);
        Say(Idle());
        _floor.Pass(2);
    }

    private void BeginWay(string version, MachineCommand.Follow? way = null, params (string Key, string Value)[] settings)
    {
        Begin(version, settings);
        _floor.Desk.Enqueue(Floor.Vehicle, way ?? Drives.Way);
        _floor.Pass(0.1);
        Assert.Single(Orders());
    }

    private void Say(VdaState state)
    {
        var said = state with { Version = _topics.Version, Timestamp = $"2026-03-02T06:{_second / 60:00}:{_second++ % 60:00}.000Z" };
        _floor.Publish(_topics[VdaTopic.State], _topics.Dialect.Write(_topics.Dialect.Major < 3 ? said with { InstantActionStates = null } : said));
        _floor.Pass(0.1);
    }
}
