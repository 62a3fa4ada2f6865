using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Tests.Cranes;

public sealed class CraneRecoveryTests
{
    private static readonly AisleId Aisle = new("MAIN/A01");
    private static readonly Lpn One = new("T1");
    private static readonly PlaceId In = new("MAIN/A01/in1");

    [Fact]
    public void A_bin_that_turns_out_to_be_taken_is_closed_and_the_tote_goes_elsewhere_from_the_forks()
    {
        var crane = Open().Done(new CraneCommand.Store(One, In)).Done(Failed(1, CraneFault.DestinationOccupied, One));
        Assert.Equal("JobFailed BinClosed JobMended JobStarted", crane.Happened);
        var job = crane.State.Given.Single().Job;
        Assert.Equal(("MAIN/A01/000002", "MAIN/A01/forks", "MAIN/A01/bin/R-001-01"), (job.Id.Text, job.From.Text, job.To.Text));
        Assert.Equal("MAIN/A01/bin/L-001-01", crane.State.Closed.Single().Text);
        crane.Done(Ended(2));
        Assert.Equal(new ToteCommand.Move(In, job.To), crane.Effects[0].Body);
        Assert.Equal(new WarehouseCommand.ToteStored(Aisle, One, In, job.To), crane.Effects[1].Body);
        crane.AssertRestorable();
    }

    [Fact]
    public void A_crane_with_a_load_on_its_forks_gets_nothing_else_until_a_person_answers()
    {
        var crane = Open(One, new("T2")).Done(new CraneCommand.Retrieve(One, new("MAIN/A01/out1"))).Done(Failed(1, CraneFault.ForkNotCentred, One));
        crane.Done(new CraneCommand.Retrieve(new("T2"), new("MAIN/A01/out2")));
        Assert.Empty(crane.State.Given);
        Assert.Equal(
            [CraneAnswer.TryAgain, CraneAnswer.DoneByHand],
            CraneRecovery.Proposals(crane.State, crane.State.Failed.Single()).Select(proposal => proposal.Answer));

        Assert.True(crane.Do(new CraneCommand.Recover(new("MAIN/A01/000001"), CraneAnswer.StoreElsewhere, "Kim", "")).Is(CraneRefusal.NoSuchAnswer));
        Assert.True(crane.Do(new CraneCommand.Recover(new("MAIN/A01/000009"), CraneAnswer.TryAgain, "Kim", "")).Is(CraneRefusal.NothingToMend));
        crane.Done(new CraneCommand.Recover(new("MAIN/A01/000001"), CraneAnswer.TryAgain, "Kim", "forks pushed back"));
        Assert.Equal(["MAIN/A01/forks", "MAIN/A01/bin/R-001-01"], crane.State.Given.Select(given => given.Job.From.Text));
        Assert.True(crane.Do(new CraneCommand.Recover(new("MAIN/A01/000001"), CraneAnswer.TryAgain, "Kim", "")).Is(CraneRefusal.NothingToMend));
        crane.AssertRestorable();
    }

    [Fact]
    public void What_a_person_carried_counts_as_done_once()
    {
        var crane = Open(One).Done(new CraneCommand.Retrieve(One, new("MAIN/A01/out1"))).Done(Failed(1, CraneFault.Overload, One));
        crane.Done(new CraneCommand.Recover(new("MAIN/A01/000001"), CraneAnswer.DoneByHand, "Kim", "carried"));
        Assert.Equal("Recovered JobDone", crane.Happened);
        Assert.Equal(new WarehouseCommand.ToteOut(Aisle, One, new("MAIN/A01/out1")), crane.Effects[1].Body);
        Assert.Empty(crane.Done(Ended(1)).Happened);
    }

    [Fact]
    public void An_empty_bin_waits_for_a_person_and_the_crane_goes_on_with_the_rest()
    {
        var crane = Open(One, new("T2")).Done(new CraneCommand.Retrieve(One, new("MAIN/A01/out1"))).Done(Failed(1, CraneFault.SourceEmpty, null));
        crane.Done(new CraneCommand.Retrieve(new("T2"), new("MAIN/A01/out2")));
        Assert.Equal("T2", crane.State.Given.Single().Job.Lpn.Text);
    }

    [Fact]
    public void Out_of_service_jobs_wait_and_a_full_rack_refuses()
    {
        var crane = Open().Done(new CraneCommand.SetService(CraneService.Maintenance, "Kim", "belt")).Done(new CraneCommand.Store(One, In));
        Assert.Empty(crane.State.Given);
        crane.Done(new CraneCommand.SetService(CraneService.Automatic, "Kim", "done"));
        Assert.Single(crane.State.Given);
        crane.AssertRestorable();
    }

    [Fact]
    public void A_closed_bin_is_used_again_once_a_person_has_looked()
    {
        var crane = Open().Done(new CraneCommand.Store(One, In)).Done(Failed(1, CraneFault.DestinationOccupied, One));
        Assert.True(crane.Do(new CraneCommand.ReopenBin(new("MAIN/A01/bin/R-002-01"), "Kim", "")).Is(CraneRefusal.NothingToMend));
        crane.Done(new CraneCommand.ReopenBin(new("MAIN/A01/bin/L-001-01"), "Kim", "a box fell in"));
        crane.Done(new CraneCommand.Store(new("T2"), new("MAIN/A01/in2")));
        Assert.Equal("MAIN/A01/bin/L-001-01", crane.State.Bins[new("T2")].Text);
    }

    [Fact]
    public void A_rear_tote_comes_out_after_the_one_in_front_was_moved()
    {
        var crane = new Live<CraneState>(CraneDecider.Decider)
            .Done(new CraneCommand.Open(Aisle, new("MAIN/crane-A01"), 2, 1, 2))
            .Done(new CraneCommand.Fill([new(new("MAIN/A01/bin/L-001-01-2"), One), new(new("MAIN/A01/bin/L-001-01"), new("T2"))]));
        crane.Done(new CraneCommand.Retrieve(One, new("MAIN/A01/out1")));
        var aside = crane.State.Given.Single().Job;
        Assert.Equal((CraneJobKind.Relocate, "T2", "MAIN/A01/bin/R-001-01-2"), (aside.Kind, aside.Lpn.Text, aside.To.Text));
        crane.Done(Ended(2));
        Assert.Equal(new ToteCommand.Move(new("MAIN/A01/bin/L-001-01"), aside.To), crane.Effects[0].Body);
        Assert.Equal("T1", crane.State.Given.Single().Job.Lpn.Text);
        Assert.Equal(aside.To, crane.State.Bins[new("T2")]);
        crane.AssertRestorable();
    }

    [Fact]
    public void New_totes_fill_a_lane_from_the_rear_and_a_lane_whose_rear_tote_is_out_stays_open()
    {
        var crane = new Live<CraneState>(CraneDecider.Decider).Done(new CraneCommand.Open(Aisle, new("MAIN/crane-A01"), 1, 1, 2));
        crane.Done(new CraneCommand.Store(One, In)).Done(Ended(1));
        Assert.Equal("MAIN/A01/bin/L-001-01-2", crane.State.Bins[One].Text);
        crane.Done(new CraneCommand.Retrieve(One, new("MAIN/A01/out1"))).Done(Ended(2));
        crane.Done(new CraneCommand.Store(new("T2"), In));
        Assert.Equal("MAIN/A01/bin/R-001-01-2", crane.State.Bins[new("T2")].Text);
    }

    [Fact]
    public void A_tote_that_turns_often_moves_into_the_near_zone_when_it_comes_back()
    {
        var crane = new Live<CraneState>(CraneDecider.Decider).Done(new CraneCommand.Open(Aisle, new("MAIN/crane-A01"), 5, 2));
        crane.Done(new CraneCommand.Fill([new(new("MAIN/A01/bin/L-005-02"), One), .. Enumerable.Range(2, 3).Select(tote => new BinFill(new($"MAIN/A01/bin/L-00{tote}-02"), new($"T{tote}")))]));
        for (var tote = 2; tote <= 4; tote++)
        {
            crane.Done(new CraneCommand.Retrieve(new($"T{tote}"), new("MAIN/A01/out2"))).Done(Ended(tote - 1));
        }

        for (var turn = 2; turn <= 5; turn++)
        {
            Assert.Equal("MAIN/A01/bin/L-005-02", crane.State.Bins[One].Text);
            crane.Done(new CraneCommand.Retrieve(One, new("MAIN/A01/out1"))).Done(Ended(2 * turn));
            crane.Done(new CraneCommand.Store(One, In)).Done(Ended((2 * turn) + 1));
        }

        Assert.Equal("MAIN/A01/bin/L-001-01", crane.State.Bins[One].Text);
        crane.AssertRestorable();
    }

    [Fact]
    public void The_nearest_retrieve_follows_a_store_and_nobody_is_overtaken_for_ever()
    {
        var crane = new Live<CraneState>(CraneDecider.Decider).Done(new CraneCommand.Open(Aisle, new("MAIN/crane-A01"), 20, 1));
        crane.Done(new CraneCommand.Fill([.. Rack.Bins(Aisle, 20, 1).Skip(1).Select((bin, at) => new BinFill(bin.Place, new Lpn($"F{at}")))]));
        crane.Done(new CraneCommand.SetService(CraneService.Manual, "Kim", ""));
        crane.Done(new CraneCommand.Retrieve(new("F38"), new("MAIN/A01/out1")));
        for (var near = 0; near < 12; near++)
        {
            crane.Done(new CraneCommand.Retrieve(new($"F{near}"), new($"MAIN/A01/out{near + 2}")));
        }

        crane.Done(new CraneCommand.SetService(CraneService.Automatic, "Kim", ""));
        var order = new List<string>();
        while (!crane.State.Given.IsEmpty)
        {
            order.Add(crane.State.Given[0].Job.Lpn.Text);
            crane.Done(new Signalled(new("MAIN/crane-A01"), new DeviceSignal.CraneJobDone(crane.State.Given[0].Job.Id)));
        }

        Assert.Equal("F0", order[0]);
        Assert.InRange(order.IndexOf("F38"), 1, CraneSequence.OvertakingLimit + 1);
        Assert.Equal(13, order.Count);
    }

    [Fact]
    public void Figures_tell_single_and_dual_cycles_and_availability()
    {
        var crane = Open(One);
        var figures = CraneFigures.None;
        void At(int second, Command command)
        {
            var before = crane.Events.Count;
            crane.Done(command, new Moment(second * 1000L));
            foreach (var happened in crane.Events.Skip(before))
            {
                figures = figures.See(crane.State, happened, new Moment(second * 1000L));
            }
        }

        At(0, new CraneCommand.Store(new("T9"), In));
        At(1, new CraneCommand.Retrieve(One, new("MAIN/A01/out1")));
        At(10, Ended(1));
        At(25, Ended(2));
        At(30, new CraneCommand.Store(One, In));
        At(40, Failed(3, CraneFault.ForkNotCentred, One));
        At(90, new CraneCommand.Recover(new("MAIN/A01/000003"), CraneAnswer.TryAgain, "Kim", ""));
        At(100, Ended(4));
        Assert.Equal((1, 25_000L, 1), (figures.Duals, figures.MeanDualMilliseconds, figures.Failures));
        Assert.Equal((1, 10_000L), (figures.Singles, figures.MeanSingleMilliseconds));
        Assert.Equal(500, figures.AvailabilityPermille);
    }

    private static Live<CraneState> Open(params Lpn[] totes) => new Live<CraneState>(CraneDecider.Decider)
        .Done(new CraneCommand.Open(Aisle, new("MAIN/crane-A01"), 2, 2))
        .Done(new CraneCommand.Fill([.. Rack.Bins(Aisle, 2, 2).Zip(totes, (bin, lpn) => new BinFill(bin.Place, lpn))]));

    private static Signalled Ended(int job) =>
        new(new("MAIN/crane-A01"), new DeviceSignal.CraneJobDone(new($"MAIN/A01/{job:000000}")));

    private static Signalled Failed(int job, CraneFault fault, Lpn? onForks) =>
        new(new("MAIN/crane-A01"), new DeviceSignal.CraneJobFailed(new($"MAIN/A01/{job:000000}"), "words", fault, onForks));
}
