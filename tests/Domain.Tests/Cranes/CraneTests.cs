using Warehouse.Domain.Cranes;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Tests.Cranes;

public sealed class CraneTests
{
    private static readonly AisleId Aisle = new("MAIN/A01");

    [Fact]
    public void Stores_and_retrieves_take_turns_and_the_machine_has_two_jobs()
    {
        var crane = Filled(4);
        for (var tote = 1; tote <= 4; tote++)
        {
            crane.Done(new CraneCommand.Retrieve(new($"T{tote}"), new($"MAIN/A01/out{tote}")));
        }

        crane.Done(new CraneCommand.Store(new("NEW"), new("MAIN/A01/in1")));
        Assert.Equal(["T1", "T2"], crane.State.Given.Select(given => given.Job.Lpn.Text));
        crane.Done(Ended(1));
        Assert.Equal(["T2", "NEW"], crane.State.Given.Select(given => given.Job.Lpn.Text));
        crane.Done(Ended(2));
        Assert.Equal(["NEW", "T3"], crane.State.Given.Select(given => given.Job.Lpn.Text));
        crane.AssertRestorable();
    }

    [Fact]
    public void A_tote_keeps_its_bin_while_it_is_out_and_a_new_one_gets_the_free_bin_nearest_to_the_front()
    {
        var crane = Filled(1).Done(new CraneCommand.Retrieve(new("T1"), new("MAIN/A01/out1"))).Done(Ended(1));
        Assert.Equal(new WarehouseCommand.ToteOut(Aisle, new("T1"), new("MAIN/A01/out1")), crane.Effects[1].Body);

        crane.Done(new CraneCommand.Store(new("NEW"), new("MAIN/A01/in1")));
        Assert.Equal("MAIN/A01/bin/R-001-01", crane.State.Bins[new("NEW")].Text);
        crane.Done(new CraneCommand.Store(new("T1"), new("MAIN/A01/in2"))).Done(Ended(2)).Done(Ended(3));
        Assert.Equal(
            new WarehouseCommand.ToteStored(Aisle, new("T1"), new("MAIN/A01/in2"), new("MAIN/A01/bin/L-001-01")),
            crane.Effects[1].Body);
        Assert.Empty(crane.State.Out);
    }

    [Fact]
    public void A_job_counts_once_and_refusals_say_why()
    {
        var crane = Filled(8);
        Assert.True(crane.Do(new CraneCommand.Retrieve(new("X"), new("MAIN/A01/out1"))).Is(CraneRefusal.NotHere));
        Assert.True(crane.Do(new CraneCommand.Store(new("T1"), new("MAIN/A01/in1"))).Is(CraneRefusal.NotHere));
        Assert.True(crane.Do(new CraneCommand.Store(new("NEW"), new("MAIN/A01/in1"))).Is(CraneRefusal.RackFull));
        crane.Done(new CraneCommand.Retrieve(new("T1"), new("MAIN/A01/out1")));
        Assert.True(crane.Do(new CraneCommand.Retrieve(new("T1"), new("MAIN/A01/out2"))).Is(CraneRefusal.HasAJob));
        Assert.Equal("JobDone", crane.Done(Ended(1)).Happened);
        Assert.Empty(crane.Done(Ended(1)).Happened);
        Assert.True(crane.Do(new CraneCommand.Fill([new(new("MAIN/A01/bin/L-009-01"), new("Y"))])).Is(CraneRefusal.NoSuchBin));
        Assert.True(crane.Do(new CraneCommand.Fill([new(new("MAIN/A01/bin/L-001-01"), new("Y"))])).Is(CraneRefusal.NoSuchBin));
    }

    [Fact]
    public void A_job_not_taken_is_given_again_under_its_id_and_a_failed_one_waits_for_a_person()
    {
        var crane = Filled(2).Done(new CraneCommand.Retrieve(new("T1"), new("MAIN/A01/out1")));
        var order = crane.Effects.Select(e => e.Body).OfType<DeviceCommand.Enqueue>().Single().Command;

        crane.Done(new NotTaken(new("MAIN/crane-A01"), order, CommandOutcome.Expired, "late"));
        Assert.Equal(order, crane.Effects.Select(e => e.Body).OfType<DeviceCommand.Enqueue>().Single().Command);
        crane.Done(new Signalled(new("MAIN/crane-A01"), new DeviceSignal.CraneJobFailed(new("MAIN/A01/000001"), "bin empty")));
        Assert.Equal("bin empty", crane.State.Failed.Single().Reason);
        Assert.True(crane.Do(new CraneCommand.Retrieve(new("T1"), new("MAIN/A01/out1"))).Is(CraneRefusal.HasAJob));
    }

    /// <summary>Two columns of two levels on two sides, with totes T1, T2, ... from the front on.</summary>
    private static Live<CraneState> Filled(int totes) => new Live<CraneState>(CraneDecider.Decider)
        .Done(new CraneCommand.Open(Aisle, new("MAIN/crane-A01"), 2, 2))
        .Done(new CraneCommand.Fill([.. Rack.Bins(Aisle, 2, 2).Take(totes).Select((bin, at) => new BinFill(bin.Place, new Lpn($"T{at + 1}")))]));

    private static Signalled Ended(int job) =>
        new(new("MAIN/crane-A01"), new DeviceSignal.CraneJobDone(new($"MAIN/A01/{job:000000}")));
}
