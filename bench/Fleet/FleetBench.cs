using System.Diagnostics;
using System.Globalization;
using Warehouse.Domain.Fleet.Checking;
using Warehouse.Domain.Fleet.Planning;

namespace Warehouse.Bench.Fleet;

/// <summary>
/// Plays an instance of the League of Robot Runners with the planner, on a floor where every step happens as planned, and
/// has every step looked at by the independent checker.
/// </summary>
internal static class FleetBench
{
    public static int Run(string[] args, TextWriter print)
    {
        var options = FleetBenchOptions.Read(args);
        var instance = RunnersInstance.Read(options.Instance);
        var graph = MoveGraph.OfGrid(instance.Map);
        var costs = options.CostsOf(instance, graph);
        var distances = new DistanceTables(graph, costs, options.Planner.TableBytes);
        var planner = new FleetPlanner(graph, distances, instance.Agents.Length, options.Planner);
        var cellOf = new Dictionary<int, int>();
        for (var cell = 0; cell < graph.Cells; cell++)
        {
            cellOf[graph.Places.Span[cell]] = cell;
        }

        IErrands errands = instance.Picks
            ? Picked(instance, graph, costs, distances, cellOf, options)
            : new RoundRobinErrands([.. instance.Tasks.Select(task => cellOf[task[0]])], instance.Agents.Length);
        int[] states = [.. instance.Agents.Select(place => cellOf[place] * MoveGraph.Headings)];
        var floor = new IdealFloor(distances, planner, errands, states);
        var checker = new TrafficChecker(instance.Map);
        var watch = Stopwatch.StartNew();
        Prepare(distances, instance, cellOf, options);
        var prepared = watch.Elapsed;
        var worked = new List<double>();
        var places = new (int, int)[instance.Agents.Length];
        Look(graph, floor, places, checker);
        var half = 0;
        var report = Math.Max(1, options.Steps / 10);
        for (var step = 1; step <= options.Steps; step++)
        {
            var before = Environment.CpuUsage.TotalTime;
            floor.Advance();
            half = step * 2 == options.Steps ? floor.Finished : half;
            worked.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            checker.Goals(floor.Fleet.Goals);
            Look(graph, floor, places, checker);
            if (step % report == 0 && options.Verbose)
            {
                print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  step {step,5}: {floor.Finished,7} finished, {worked[^1]:F1} ms, {distances.Held} tables"));
            }
        }

        worked.Sort();
        print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {instance.Name}: {instance.Agents.Length} vehicles, {options.Steps} steps: {floor.Finished} finished, {(double)floor.Finished / options.Steps:F3} a step ({half} in the first half); a step {worked.Average():F2} ms mean, {worked[(int)(worked.Count * 0.99)]:F2} p99, {worked[^1]:F2} max; prepared in {prepared.TotalSeconds:F1} s; {checker.FaultCount} faults in {checker.Moves} moves, longest goal {checker.LongestGoal} steps{(errands is PickedErrands picked ? $", longest task {picked.LongestTask}" : "")}; {distances.Made} tables
            """));
        return checker.FaultCount == 0 ? 0 : 1;
    }

    private static PickedErrands Picked(
        RunnersInstance instance, MoveGraph graph, MoveCosts costs, DistanceTables distances, Dictionary<int, int> cellOf, FleetBenchOptions options)
    {
        var known = instance.Agents.Length * instance.RevealedPerAgent / 100;
        var assigner = new MissionAssigner(
            distances, DistanceTables.From(graph, costs, options.Planner.TableBytes / 4), graph.Cells, instance.Agents.Length, known, options.Assigner);
        return new(assigner, [.. instance.Tasks.Select(task => (cellOf[task[0]], cellOf[task[1]]))], known);
    }

    private static void Prepare(DistanceTables distances, RunnersInstance instance, Dictionary<int, int> cellOf, FleetBenchOptions options)
    {
        var goals = instance.Tasks.SelectMany(task => task).Distinct().Select(place => cellOf[place]).Order().Take(options.PrepareMost);
        foreach (var goal in goals)
        {
            distances.Of(goal);
        }
    }

    private static void Look(MoveGraph graph, IdealFloor floor, (int, int)[] places, TrafficChecker checker)
    {
        for (var vehicle = 0; vehicle < places.Length; vehicle++)
        {
            var state = floor.Fleet.States[vehicle];
            places[vehicle] = (graph.Places.Span[MoveGraph.CellOf(state)], state % MoveGraph.Headings);
        }

        checker.Look(places);
    }
}
