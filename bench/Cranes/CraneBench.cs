using System.Globalization;
using Warehouse.Domain.Cranes.Sequencing;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Bench.Cranes;

/// <summary>
/// Cranes beside what is published: mean cycles beside the closed forms of Bozer and White (IIE Transactions 16(4),
/// 1984), and orders of dual commands beside first come first served, nearest neighbour (Han, McGinnis, Shieh and White,
/// IIE Transactions 19(1), 1987) and the assignment's lower bound. The rack is normalised: one whole is its longer side.
/// </summary>
internal sealed class CraneBench(TextWriter print)
{
    private const int One = 1_000_000;
    private const int Draws = 200;
    private const int Streams = 10;
    private const int LiveCommands = 500;

    public static void Run(TextWriter print)
    {
        var bench = new CraneBench(print);
        bench.ClosedForms();
        bench.Blocks();
        bench.Live();
    }

    /// <summary>Random stores and retrievals, ten seeds, and what the formulas say.</summary>
    private void ClosedForms()
    {
        Line("mean travel / T, 10 seeds x 100,000 commands | single: simulated, closed form, off | dual: simulated, closed form, off");
        foreach (var shape in (int[])[250_000, 500_000, 750_000, 1_000_000])
        {
            double single = 0, dual = 0;
            for (var seed = 1UL; seed <= Streams; seed++)
            {
                var chance = new Chance(seed).For("closed forms");
                for (var command = 0; command < 100_000; command++)
                {
                    var (one, two) = (Point(chance, shape), Point(chance, shape));
                    single += 2 * Travel.Chebyshev(default, one);
                    dual += Travel.Chebyshev(default, one) + Travel.Chebyshev(one, two) + Travel.Chebyshev(two, default);
                }
            }

            var b = shape / (double)One;
            var count = Streams * 100_000.0 * One;
            var (singleForm, dualForm) = (1 + (b * b / 3), (4.0 / 3) + (b * b / 2) - (b * b * b / 30));
            Line(string.Create(CultureInfo.InvariantCulture,
                $"  b = {b:F2} | {single / count:F4}  {singleForm:F4}  {(single / count / singleForm) - 1:+0.00%;-0.00%} | {dual / count:F4}  {dualForm:F4}  {(dual / count / dualForm) - 1:+0.00%;-0.00%}"));
        }
    }

    /// <summary>Whole blocks, known at the beginning.</summary>
    private void Blocks()
    {
        Line("");
        Line($"blocks, b = 1, mean of {Draws} draws, cycle / T");
        Line("    n   m |  FCFS     NN  nearest slot   ours  bound | ours over bound: mean, worst | processor ms a plan: median, worst");
        foreach (var (n, m) in ((int, int)[])[(20, 1), (20, 10), (50, 5), (50, 20), (100, 10), (100, 20)])
        {
            var (fcfs, nearest, shortest, ours, bound, worst) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            var times = new List<double>();
            for (var draw = 0; draw < Draws; draw++)
            {
                var problem = Block((ulong)draw + 1, n, m);
                var began = Environment.CpuUsage.TotalTime;
                var plan = DualCommandSequencer.Plan(problem, 1);
                times.Add((Environment.CpuUsage.TotalTime - began).TotalMilliseconds);
                fcfs += BlockRules.FirstCome(problem);
                nearest += BlockRules.Nearest(problem, withWayIn: false);
                shortest += BlockRules.Nearest(problem, withWayIn: true);
                ours += plan.Total;
                bound += plan.LowerBound;
                worst = Math.Max(worst, ((double)plan.Total / plan.LowerBound) - 1);
            }

            times.Sort();
            double Cycle(double total) => total / Draws / n / One;
            Line(string.Create(CultureInfo.InvariantCulture,
                $"  {n,3} {m,3} | {Cycle(fcfs):F3}  {Cycle(nearest):F3}         {Cycle(shortest):F3}  {Cycle(ours):F3}  {Cycle(bound):F3} | {(ours / bound) - 1:0.00%}, {worst:0.00%} | {times[Draws / 2]:F2}, {times[^1]:F2}"));
        }
    }

    /// <summary>As one is done the next arrives, so that the queue keeps its length; each is due so many mean cycles after it came.</summary>
    private void Live()
    {
        Line("");
        Line($"live, b = 1, 5 open slots, {LiveCommands} commands of each of {Streams} seeds, due after 3 queues of 1.8 T");
        Line("  queue |  FCFS   ours  less | oldest, of its time | late");
        foreach (var queue in (int[])[10, 20, 30, 50])
        {
            double fcfs = 0, ours = 0, oldest = 0;
            var late = 0;
            for (var seed = 1UL; seed <= Streams; seed++)
            {
                fcfs += new LiveStream(seed, queue, One).Run(LiveCommands, inOrder: true).Mean;
                var run = new LiveStream(seed, queue, One).Run(LiveCommands, inOrder: false);
                ours += run.Mean;
                oldest = Math.Max(oldest, run.Oldest);
                late += run.Late;
            }

            Line(string.Create(CultureInfo.InvariantCulture,
                $"  {queue,5} | {fcfs / Streams:F3}  {ours / Streams:F3}  {1 - (ours / fcfs):0.0%} | {oldest:0%} | {late}"));
        }
    }

    private static DualCommandProblem Block(ulong seed, int retrievals, int slots)
    {
        var chance = new Chance(seed).For("block");
        return new DualCommandProblem(
            default, [.. Enumerable.Range(0, retrievals).Select(_ => Point(chance, One))],
            [.. Enumerable.Range(0, slots).Select(_ => Point(chance, One))], Travel.Chebyshev);
    }

    internal static RackPoint Point(Chance chance, int height) => new(chance.Below(One), chance.Below(height));

    private void Line(string text) => print.WriteLine(text);
}
