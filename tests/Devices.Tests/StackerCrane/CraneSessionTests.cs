using Warehouse.Devices.Links.Memory;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.StackerCrane;
using Warehouse.Devices.Tests.Staging;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Tests.StackerCrane;

public sealed class CraneSessionTests
{
    private readonly Floor _floor = new();

    private static MachineCommand.RunCraneJob Job(int number) => new(new CraneJob(
        new($"MAIN/A01/{number:000000}"), CraneJobKind.Retrieve, new("T000123"), new("MAIN/A01/bin/L-012-05"), new("MAIN/A01/out1")));

    [Fact]
    public void A_job_is_stored_under_its_id_reported_and_cleared()
    {
        Begin(1);
        Assert.Equal(["MAIN/A01/000001"], _floor.CraneMachine.Stored);
        var stored = Assert.Single(_floor.CraneMachine.JobOrderList).Order;
        Assert.Equal(("retrieve", "T000123", "MAIN/A01/out1"), (stored.WorkMaster, stored.Parameter(CraneMapping.Load), stored.Parameter(CraneMapping.To)));
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);

        End(1);
        Assert.Equal([new DeviceSignal.CraneJobDone(new("MAIN/A01/000001"))], Done);
        Assert.Empty(_floor.CraneMachine.JobOrderList);
    }

    [Fact]
    public void A_job_that_was_given_up_is_reported_with_the_reason()
    {
        Begin(1);
        End(1, JobState.Aborted, "bin is empty");
        Assert.Equal([new DeviceSignal.CraneJobFailed(new("MAIN/A01/000001"), "bin is empty")], Done);
    }

    [Theory]
    [InlineData(OpcUaFault.LoseCall)]
    [InlineData(OpcUaFault.LoseReply)]
    public void After_a_lost_reply_the_list_is_read_and_no_load_moves_twice(OpcUaFault fault)
    {
        var faults = 1;
        _floor.CraneSession.Fault = method => method == nameof(JobControl.StoreAndStart) && faults-- > 0 ? fault : OpcUaFault.None;
        Begin(1);
        _floor.Pass(60);
        Assert.Equal(["MAIN/A01/000001"], _floor.CraneMachine.Stored);
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
    }

    [Fact]
    public void A_job_that_ended_while_its_reply_was_lost_is_not_run_again()
    {
        _floor.CraneSession.Fault = method => method == nameof(JobControl.StoreAndStart) ? OpcUaFault.LoseReply : OpcUaFault.None;
        Begin(1);
        _floor.CraneMachine.End("MAIN/A01/000001");
        _floor.Pass(60);

        Assert.Equal(["MAIN/A01/000001"], _floor.CraneMachine.Stored);
        Assert.Equal([new DeviceSignal.CraneJobDone(new("MAIN/A01/000001"))], Done);
        Assert.Empty(_floor.Desk.State(Floor.Crane).Outbox);
        Assert.Empty(_floor.CraneMachine.JobOrderList);
    }

    [Fact]
    public void The_crane_keeps_an_ended_job_until_its_command_has_left_the_outbox()
    {
        _floor.Desk.FailBefore = command => command is DeviceCommand.Report ? new TimeoutException() : null;
        Begin(1);
        End(1);
        _floor.Pass(30);
        Assert.Single(_floor.CraneMachine.JobOrderList);

        _floor.Stage.Finish(_floor.Host.Stop);
        _floor.Desk.FailBefore = _ => null;
        _floor.With(Floor.Crane, DeviceKind.Crane, register: false).Pass(60);
        Assert.Equal(["MAIN/A01/000001"], _floor.CraneMachine.Stored);
        Assert.Single(Done);
        Assert.Empty(_floor.CraneMachine.JobOrderList);
    }

    [Fact]
    public void The_end_of_a_job_is_not_told_while_its_command_waits_behind_another()
    {
        _floor.CraneMachine.StoreAndStart(CraneMapping.ToJobOrder(Job(2).Job));
        _floor.CraneMachine.End("MAIN/A01/000002");
        _floor.CraneMachine.Full = true;
        _floor.Desk.Register(Floor.Crane, DeviceKind.Crane);
        _floor.Desk.Enqueue(Floor.Crane, Job(1));
        _floor.Desk.Enqueue(Floor.Crane, Job(2));
        _floor.With(Floor.Crane, DeviceKind.Crane, register: false).Pass(10);
        Assert.Empty(Done);
        Assert.Single(_floor.CraneMachine.JobOrderList);

        _floor.CraneMachine.Full = false;
        _floor.Pass(60);
        Assert.Equal([new DeviceSignal.CraneJobDone(new("MAIN/A01/000002"))], Done);
        Assert.Equal(["MAIN/A01/000002", "MAIN/A01/000001"], _floor.CraneMachine.Stored);
    }

    [Fact]
    public void What_ended_during_a_cut_is_found_in_the_list()
    {
        Begin(1);
        _floor.Stage.Do(_floor.CraneSession.Cut);
        _floor.CraneMachine.End("MAIN/A01/000001");
        _floor.Pass(5);
        Assert.Single(Done);
        Assert.Equal([false, true, false, true], _floor.Desk.Said.OfType<DeviceSignal.LinkChanged>().Select(link => link.Online));
    }

    [Fact]
    public void A_full_crane_gets_the_job_when_it_has_room()
    {
        _floor.CraneMachine.Full = true;
        Begin(1);
        _floor.Pass(50);
        Assert.Empty(_floor.Desk.Outcomes);

        _floor.CraneMachine.Full = false;
        _floor.Pass(30);
        Assert.Equal(["MAIN/A01/000001"], _floor.CraneMachine.Stored);
    }

    [Fact]
    public void A_job_that_could_not_be_given_expires_even_while_the_crane_cannot_be_read()
    {
        _floor.Stage.Finish(((IOpcUaServer)_floor.CraneSession).Stop);
        _floor.With(Floor.Crane, DeviceKind.Crane);
        _floor.Desk.Enqueue(Floor.Crane, Job(1), TimeSpan.FromSeconds(30));
        _floor.Pass(45);
        Assert.Equal(CommandOutcome.Expired, Assert.Single(_floor.Desk.Outcomes).Outcome);
        Assert.Empty(_floor.CraneMachine.Stored);
    }

    [Fact]
    public void A_strange_job_is_a_case_for_a_person()
    {
        _floor.CraneMachine.StoreAndStart(new JobOrder("by-hand-1", "retrieve", []));
        Begin(1);
        Assert.Contains("by-hand-1", Assert.Single(_floor.Desk.State(Floor.Crane).Differences).What, StringComparison.Ordinal);
        Assert.Equal(["by-hand-1"], _floor.CraneMachine.Stored);
    }

    [Fact]
    public void Positions_are_seen()
    {
        Begin(1);
        _floor.Stage.Do(() => ((IOpcUaServer)_floor.CraneSession).Write(new NodeValue(CraneMapping.Along, 12_500)));
        _floor.Stage.Do(() => ((IOpcUaServer)_floor.CraneSession).Write(new NodeValue(CraneMapping.OnForks, "T000123")));
        _floor.Pass(0.1);
        Assert.Equal(new CraneSeen(new("MAIN/A01"), 12_500, 0, "", new("T000123")), _floor.Seen.Cranes[^1]);
    }

    private IEnumerable<DeviceSignal> Done => _floor.Desk.Said.Where(signal => signal is not DeviceSignal.LinkChanged);

    private void Begin(int job)
    {
        _floor.With(Floor.Crane, DeviceKind.Crane);
        _floor.Pass(0.5);
        _floor.Desk.Enqueue(Floor.Crane, Job(job));
        _floor.Pass(0.1);
    }

    private void End(int job, JobState state = JobState.Ended, string reason = "")
    {
        var ended = _floor.CraneMachine.End($"MAIN/A01/{job:000000}", state, reason);
        _floor.Stage.Do(() => _floor.CraneSession.Raise(JobReceiverMachine.Changed(ended)));
        _floor.Pass(0.1);
    }
}
