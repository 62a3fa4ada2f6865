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
                "--displacements" => options with { Planner = options.Planner with { DisplacementsMost = Number() } },
                "--revisits" => options with { Planner = options.Planner with { Revisits = Number() } },
                "--seed" => options with { Planner = options.Planner with { Seed = (ulong)Number() } },
                "--prepare" => options with { PrepareMost = Number() },
                "--against" => options with { Against = Number() },
                "--length" => options with { Assigner = options.Assigner with { LengthPercent = Number() } },
                "--ageing" => options with { Assigner = options.Assigner with { AgeingPerHundredSteps = Number() } },
                "--crowding" => options with { Assigner = options.Assigner with { Crowding = Number() } },
                "--margin" => options with { Assigner = options.Assigner with { Margin = Number() } },
                "--review" => options with { Assigner = options.Assigner with { ReviewSteps = Number() } },
                "--exchange" => options with { Assigner = options.Assigner with { ExchangePercent = Number() } },
                "--turn" => options with { Turn = Number() },
                "--verbose" => options with { Verbose = true },
                _ => throw new ArgumentException($"no such option: {args[i]}"),
            };
        }

        return options;
    }

    public AssignerOptions Assigner { get; init; } = new();

    public int Against { get; init; } = 40;

    public int Turn { get; init; } = MoveCosts.Drive;

    public MoveCosts CostsOf(RunnersInstance instance, MoveGraph graph) =>
        Against == 0 ? MoveCosts.Plain(graph) : Lanes.Of(instance.Map, graph, Against, Turn);
}
