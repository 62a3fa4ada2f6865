using System.Globalization;
using Warehouse.Domain.Fleet.Planning;

namespace Warehouse.Bench.Fleet;

/// <summary>What the command line says.</summary>
internal sealed record FleetBenchOptions
{
    public required string Instance { get; init; }

    public int Steps { get; init; } = 500;

    public int PrepareMost { get; init; } = 100_000;

    public bool Verbose { get; init; }

    public string Guidance { get; init; } = "plain";

    public PlannerOptions Planner { get; init; } = new() { TableBytes = 4L << 30 };

    public static FleetBenchOptions Read(string[] args)
    {
        var options = new FleetBenchOptions { Instance = args[0] };
        for (var i = 1; i < args.Length; i++)
        {
            int Number() => int.Parse(args[++i], CultureInfo.InvariantCulture);
            options = args[i] switch
            {
                "--steps" => options with { Steps = Number() },
                "--budget" => options with { Planner = options.Planner with { Improvements = Number() } },
                "--depth" => options with { Planner = options.Planner with { Depth = Number() } },
                "--seed" => options with { Planner = options.Planner with { Seed = (ulong)Number() } },
                "--prepare" => options with { PrepareMost = Number() },
                "--guidance" => options with { Guidance = args[++i] },
                "--verbose" => options with { Verbose = true },
                _ => throw new ArgumentException($"no such option: {args[i]}"),
            };
        }

        return options;
    }

    public MoveCosts CostsOf(RunnersInstance instance, MoveGraph graph) => MoveCosts.Plain(graph);
}
