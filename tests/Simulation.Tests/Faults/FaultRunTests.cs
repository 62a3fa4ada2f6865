using Warehouse.Simulation.Faults;
using Warehouse.Simulation.Runs;
using Xunit.Abstractions;

namespace Warehouse.Simulation.Tests.Faults;

public sealed class FaultRunTests(ITestOutputHelper output)
{
    /// <summary>Runs of a set. WAREHOUSE_SEEDS asks for more than the bounded number that every build plays.</summary>
    private static readonly ulong Seeds =
        ulong.TryParse(Environment.GetEnvironmentVariable("WAREHOUSE_SEEDS"), out var asked) ? asked : 24;

    [Fact]
    public void Whatever_strikes_the_books_hold_after_each_step_and_everything_comes_right_in_the_end()
    {
        var fired = FaultKinds.All.ToDictionary(kind => kind, _ => 0L);
        var reached = FaultRun.MustReach.ToDictionary(name => name, _ => 0L);
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var result = FaultRun.Play(seed);
            Assert.True(!result.Failures.Any(), SampleDay.Report(result));
            foreach (var kind in fired.Keys)
            {
                fired[kind] += result.Fired[kind];
            }

            foreach (var name in reached.Keys)
            {
                reached[name] += result.Checker.Reached.GetValueOrDefault(name);
            }
        }

        foreach (var (what, times) in fired.Concat(reached))
        {
            output.WriteLine($"{what}: {times}");
        }

        Assert.Empty(fired.Concat(reached).Where(one => one.Value == 0).Select(one => one.Key));
    }

    [Fact]
    public void A_seed_with_faults_lands_the_same_journal_every_time() =>
        Assert.Equal(FaultRun.Play(5).Digest, FaultRun.Play(5).Digest);

    [Fact]
    public void A_seed_lands_the_same_journal_in_another_process() =>
        Assert.Equal(FaultRun.Play(7).Digest, OtherProcess.DigestOf(7));
}
