using Warehouse.Domain.Fleet.Checking;
using Warehouse.Domain.Fleet.Planning;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Tests.Fleet.Planning;

/// <summary>A small floor drawn in rows, with a planner, single errands, and the checker looking at every step.</summary>
public sealed class TestFloor
{
    private readonly GridMap map;
    private readonly MoveGraph graph;
    private readonly TrafficChecker checker;
    private readonly IdealFloor floor;

    public TestFloor(string[] rows, int[] starts, int[] errands, PlannerOptions? options = null, int goalStepsMost = int.MaxValue)
    {
        options ??= new PlannerOptions();
        map = MapOf(rows);
        graph = MoveGraph.OfGrid(map);
        var distances = new DistanceTables(graph, MoveCosts.Plain(graph), 1 << 24);
        var planner = new FleetPlanner(graph, distances, starts.Length, options);
        var dealt = new RoundRobinErrands([.. errands.Select(graph.CellAt)], starts.Length);
        floor = new(distances, planner, dealt, [.. starts.Select(place => graph.CellAt(place) * MoveGraph.Headings)]);
        checker = new(map, options.MayFollow, goalStepsMost);
    }

    public int Finished => floor.Finished;

    public TrafficChecker Checker => checker;

    /// <summary>Every state of every step so far, for comparing two runs.</summary>
    public List<int> Trace { get; } = [];

    public static GridMap MapOf(string[] rows) =>
        GridMap.Read($"type octile\nheight {rows.Length}\nwidth {rows[0].Length}\nmap\n{string.Join('\n', rows)}\n").Map!;

    public static int[] FreePlaces(string[] rows) =>
        [.. Enumerable.Range(0, rows.Length * rows[0].Length).Where(MapOf(rows).IsFree)];

    public TestFloor Run(int steps)
    {
        Look();
        for (var step = 0; step < steps; step++)
        {
            floor.Advance();
            Look();
        }

        return this;
    }

    private void Look()
    {
        Trace.AddRange(floor.Fleet.States);
        checker.Look([.. floor.Fleet.States.Select(state => (graph.Places.Span[MoveGraph.CellOf(state)], state % MoveGraph.Headings))]);
        checker.Goals(floor.Fleet.Goals);
    }
}
