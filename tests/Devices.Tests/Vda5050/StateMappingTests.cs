using System.Text;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Tests.Vda5050;

public sealed class StateMappingTests
{
    private static readonly MissionId Mission = Drives.Fetch.Mission;
    private static readonly Course Course = Course.Of(Drives.Fetch)!;

    private static int LegsDone(VdaState state, Completion completion = Completion.NodeStates) =>
        StateMapping.OrderOf(state, Mission) is { } order ? StateMapping.Progress(state, Course, order, completion).Legs : 0;

    [Theory]
    [InlineData(0u, VdaActionStatus.Waiting, 0)]
    [InlineData(2u, VdaActionStatus.Waiting, 0)]
    [InlineData(4u, VdaActionStatus.Running, 0)]
    [InlineData(4u, VdaActionStatus.Finished, 1)]
    [InlineData(6u, VdaActionStatus.Running, 0)]
    [InlineData(6u, VdaActionStatus.Finished, 2)]
    public void A_leg_is_done_when_its_last_node_is_passed_and_its_action_finished(uint sequence, VdaActionStatus pick, int done) =>
        Assert.Equal(done, LegsDone(Drives.At(sequence, pick)));

    [Fact]
    public void The_last_node_of_another_order_says_nothing() =>
        Assert.Equal(0, LegsDone(Drives.At(6, VdaActionStatus.Finished, order: "MAIN/M000041")));

    [Fact]
    public void A_node_that_is_still_ahead_is_not_passed_whatever_the_last_sequence_says()
    {
        var accepted = Drives.At(0, VdaActionStatus.Finished) with { LastNodeSequenceId = 90 };
        Assert.Equal(0, LegsDone(accepted));
    }

    [Fact]
    public void A_vehicle_that_never_empties_its_node_states_is_followed_by_its_last_node()
    {
        var kept = Drives.At(6, VdaActionStatus.Finished) with { NodeStates = Drives.At(0, VdaActionStatus.Waiting).NodeStates };
        Assert.Equal(0, LegsDone(kept));
        Assert.Equal(2, LegsDone(kept, Completion.LastNode));
        Assert.Equal(0, LegsDone(kept with { LastNodeId = "N1" }, Completion.LastNode));
    }

    [Fact]
    public void An_order_that_takes_up_the_rest_counts_what_it_leaves_out_as_done()
    {
        var rest = Drives.At(2, VdaActionStatus.Waiting, order: "MAIN/M000042~2.0") with { NodeStates = [], ActionStates = [] };
        var order = StateMapping.OrderOf(rest, Mission)!.Value;
        Assert.Equal(new OrderName(Mission, 2, 0), order);
        Assert.Equal(new CourseProgress(4, 1, 2), StateMapping.Progress(rest, Course, order, Completion.NodeStates));
    }

    [Fact]
    public void What_was_known_before_is_never_taken_back() =>
        Assert.Equal(new CourseProgress(3, 1, 1), StateMapping.Progress(
            Drives.At(0, VdaActionStatus.Waiting), Course, OrderName.First(Mission), Completion.NodeStates, new CourseProgress(3, 1, 1)));

    [Fact]
    public void A_failed_action_of_the_mission_fails_it_and_a_running_one_does_not()
    {
        Assert.Contains("MAIN/M000042-0", StateMapping.Failure(Drives.At(4, VdaActionStatus.Failed), Course), StringComparison.Ordinal);
        Assert.Null(StateMapping.Failure(Drives.At(4, VdaActionStatus.Running), Course));
    }

    [Fact]
    public void A_rejection_names_our_order_and_not_an_older_header()
    {
        VdaError Error(params VdaErrorReference[] about) => new("orderError", ErrorLevel.Warning, [.. about], "not at the start");

        Assert.Equal("orderError: not at the start", StateMapping.Rejection(Drives.Idle(0, Error(new VdaErrorReference("orderId", Mission.Text))), Mission.Text, 0, 5));
        Assert.Null(StateMapping.Rejection(Drives.Idle(0, Error(new VdaErrorReference("orderId", "MAIN/M000041"))), Mission.Text, 0, 5));
        Assert.Null(StateMapping.Rejection(Drives.Idle(0, Error(new VdaErrorReference("orderId", Mission.Text), new VdaErrorReference("headerId", "4"))), Mission.Text, 0, 5));
        Assert.NotNull(StateMapping.Rejection(Drives.Idle(0, Error(new VdaErrorReference("orderId", Mission.Text), new VdaErrorReference("headerId", "5"))), Mission.Text, 0, 5));
        Assert.Null(StateMapping.Rejection(Drives.At(0, VdaActionStatus.Waiting) with { Errors = [Error(new VdaErrorReference("orderId", Mission.Text))] }, Mission.Text, 0, 5));
    }

    [Fact]
    public void Metres_become_millimetres_and_per_cent_per_mille()
    {
        var seen = StateMapping.Seen(Drives.At(2, VdaActionStatus.Waiting), new("MAIN/V07"));
        Assert.Equal(new(new("MAIN/V07"), 1500, 250, 1571, 815, "N2", true, new("T000123")), seen);
    }

    [Fact]
    public void A_state_of_another_vendor_reads_with_fields_that_we_do_not_know_and_without_optional_ones()
    {
        const string Foreign = """
            {"headerId":1,"timestamp":"2026-03-02T06:00:00.00Z","version":"2.1.0","manufacturer":"m","serialNumber":"s","orderId":"",
            "orderUpdateId":0,"lastNodeId":"","lastNodeSequenceId":0,"nodeStates":[],"edgeStates":[],"driving":false,"actionStates":[
            {"actionId":"a","actionStatus":"PAUSED","actionDescription":"x"}],"batteryState":{"batteryCharge":55.25,"charging":true,"reach":4},
            "operatingMode":"TEACHIN","errors":[{"errorType":"x","errorLevel":"FATAL"}],"information":[],"zoneSetId":"",
            "safetyState":{"eStop":"AUTOACK","fieldViolation":false}}
            """;
        var state = VdaDialect.Two.Read<VdaState>(Encoding.UTF8.GetBytes(Foreign));
        Assert.Equal((VdaActionStatus.Paused, VdaEStop.AutoAck, 55.25m), (state.ActionStates[0].ActionStatus, state.SafetyState.ActiveEmergencyStop, state.PowerSupply.StateOfCharge));
        Assert.Null(StateMapping.Seen(state, new("MAIN/V07")));
    }
}
