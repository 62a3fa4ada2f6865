using System.Diagnostics;
using System.Globalization;
using Warehouse.Simulation.Fleet;

namespace Warehouse.Bench.Fleet;

/// <summary>The long soak of the fleet: every map of <see cref="SoakMap.All"/>, seed after seed, a line for each.</summary>
internal static class SoakBench
{
    /// <summary>Exit code: 0 when the checker found nothing.</summary>
    /// <param name="args">Drives for each map and seed, how many seeds, the first seed, and a map's name when only that one is to be driven.</param>
    /// <param name="report">Where the lines go.</param>
    public static int Run(IReadOnlyList<string> args, TextWriter report)
    {
        var moves = Number(args, 0, 200_000);
        var seeds = Number(args, 1, 9);
        var first = Number(args, 2, 1);
        var (all, faults) = (0L, 0);
        for (var seed = (ulong)first; seed < (ulong)(first + seeds); seed++)
        {
            foreach (var map in SoakMap.All(seed).Where(map => args.Count < 4 || map.Name == args[3]))
            {
                var before = Process.GetCurrentProcess().TotalProcessorTime;
                var soak = FleetSoak.Run(map, seed, new SoakOptions { Moves = moves });
                var spent = Process.GetCurrentProcess().TotalProcessorTime - before;
                report.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{soak.Map,-11} seed={seed} vehicles={soak.Vehicles} ticks={soak.Ticks} moves={soak.Moves} tasks={soak.Tasks} longest={soak.LongestTask} troubles={soak.Troubles} faults={soak.Faults.Count} digest={soak.Digest:x16} cpu={spent.TotalSeconds:0.0}s"));
                foreach (var fault in soak.Faults)
                {
                    report.WriteLine("   " + fault);
                }

                (all, faults) = (all + soak.Moves, faults + soak.Faults.Count);
            }
        }

        report.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all} moves, {faults} faults"));
        return faults == 0 ? 0 : 1;
    }

    private static long Number(IReadOnlyList<string> args, int at, long otherwise) =>
        at < args.Count ? long.Parse(args[at], NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}
