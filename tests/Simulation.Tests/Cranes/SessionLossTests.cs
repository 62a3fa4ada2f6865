using Warehouse.Devices.Links.Memory;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Tests.Cranes;

/// <summary>
/// The session with the crane is lost after each of its steps and at each of its calls, and the controller killed after
/// each step, while it stores, retrieves, relocates and recovers. No load is carried twice or lost, no bin gets two, and
/// the crane never travels with its forks out.
/// </summary>
public sealed class SessionLossTests
{
    private static readonly Lpn One = new("T1");
    private static readonly Lpn Two = new("T2");

    private static readonly SortedDictionary<string, Action<CraneYard>> Works = new(StringComparer.Ordinal)
    {
        ["store"] = yard =>
        {
            yard.Open(1, ("T1", "in1"), ("T2", "bin/L-001-01"));
            yard.Tell(new CraneCommand.Store(One, CraneYard.PlaceOf("in1")));
            Assert.Equal("MAIN/A01/bin/R-001-01", yard.Pass().Book()[One].Text);
        },
        ["retrieve"] = yard =>
        {
            yard.Open(1, ("T1", "bin/L-003-02"), ("T2", "bin/R-001-01"));
            yard.Tell(new CraneCommand.Retrieve(One, CraneYard.PlaceOf("out1")));
            yard.Tell(new CraneCommand.Retrieve(Two, CraneYard.PlaceOf("out2")));
            Assert.Equal("MAIN/A01/out1", yard.Pass().Book()[One].Text);
        },
        ["relocate"] = yard =>
        {
            yard.Open(2, ("T1", "bin/L-001-01-2"), ("T2", "bin/L-001-01"));
            yard.Tell(new CraneCommand.Retrieve(One, CraneYard.PlaceOf("out1")));
            Assert.Equal(("MAIN/A01/out1", "MAIN/A01/bin/R-001-01-2"), (yard.Pass().Book()[One].Text, yard.Book()[Two].Text));
        },
        ["recover by itself"] = yard =>
        {
            yard.Open(1, ("T1", "in1"), ("T2", "bin/L-001-01"));
            yard.Crane.FailNext(CraneFault.DestinationOccupied);
            yard.Tell(new CraneCommand.Store(One, CraneYard.PlaceOf("in1")));
            Assert.Equal("MAIN/A01/bin/L-002-01", yard.Pass().Book()[One].Text);
        },
        ["recover by a person"] = yard =>
        {
            yard.Open(1, ("T1", "bin/L-002-01"), ("T2", "bin/L-001-01"));
            yard.Crane.FailNext(CraneFault.ForkNotCentred);
            yard.Tell(new CraneCommand.Retrieve(One, CraneYard.PlaceOf("out1")));
            yard.Pass();
            yard.Tell(new CraneCommand.Retrieve(Two, CraneYard.PlaceOf("out2")));
            Assert.Equal("MAIN/A01/bin/L-001-01", yard.Pass().Book()[Two].Text);
            yard.Tell(new CraneCommand.Recover(new("MAIN/A01/000001"), CraneAnswer.TryAgain, "Kim", "forks pushed back by hand"));
            Assert.Equal(("MAIN/A01/out1", "MAIN/A01/out2"), (yard.Pass().Book()[One].Text, yard.Book()[Two].Text));
        },
    };

    public static TheoryData<string> AllWorks => [.. Works.Keys];

    [Theory]
    [MemberData(nameof(AllWorks))]
    public void Without_losses_the_work_is_done(string work) => Play(new CraneYard(), work);

    [Theory]
    [MemberData(nameof(AllWorks))]
    public void The_session_may_be_cut_after_each_step(string work)
    {
        for (var step = 0; step <= Clean(work).Witness.Motions; step++)
        {
            Play(new CraneYard { CutAt = step }, work);
        }
    }

    [Theory]
    [MemberData(nameof(AllWorks))]
    public void The_controller_may_die_after_each_step(string work)
    {
        for (var step = 1; step <= Clean(work).Witness.Motions; step++)
        {
            Play(new CraneYard { KillAt = step }, work);
        }
    }

    [Theory]
    [MemberData(nameof(AllWorks))]
    public void Each_call_or_its_reply_may_be_lost(string work)
    {
        for (var call = 0; call < Clean(work).Calls; call++)
        {
            Play(new CraneYard { LostCall = call, Loss = OpcUaFault.LoseCall }, work);
            Play(new CraneYard { LostCall = call, Loss = OpcUaFault.LoseReply }, work);
        }
    }

    internal static void Run(CraneYard yard, string work) => Works[work](yard);

    private static CraneYard Clean(string work)
    {
        var yard = new CraneYard();
        Play(yard, work);
        return yard;
    }

    private static void Play(CraneYard yard, string work)
    {
        Run(yard, work);
        Assert.Empty(yard.Findings());
    }
}
