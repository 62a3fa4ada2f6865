namespace Warehouse.Domain.Fleet.Planning;

/// <summary>
/// Plans the next steps of all vehicles of a floor, over and over (lifelong). In the class of EPIBT (arXiv 2511.09193):
/// every vehicle holds an operation of a few steps; in order of priority each one takes the best operation it can get, and
/// one that stands in the way is displaced, which may displace another in turn; when that leads nowhere, all is put back.
/// What everybody holds is free of conflicts at every moment, and ends in standing: so there is always a plan, and the
/// plan of the step before, moved on by a step, is one. Then the improver tries other displacements and keeps those that
/// bring the fleet as a whole nearer to its goals. One thread; no allocation while planning; nothing here knows a clock.
/// </summary>
public sealed partial class FleetPlanner
{
    /// <summary>Entries for a cell in the table of who is where: steps 0 to 7.</summary>
    private const int StepBits = 3;

    /// <summary>More than anybody can have waited: those who make way, then their leader, come before all others. The other way round it would push them past their places.</summary>
    private const long Foremost = 1L << 36;

    private const int Nobody = -1;
    private const int Several = -2;

    private readonly MoveGraph graph;
    private readonly DistanceTables distances;
    private readonly PlannerOptions options;
    private readonly Operations operations;
    private readonly int depth;

    // who is in a cell after a step: cell << 3 | step
    private readonly int[] occupied;

    // state of a vehicle after a step, as its held operation has it: vehicle << 3 | step
    private readonly int[] path;
    private readonly int[] cost;
    private readonly int[] power;
    private readonly int[] order;
    private readonly int[] rank;
    private readonly long[] orderKey;
    private readonly int vehicles;
    private bool planned;

    /// <summary>A planner for a floor and a number of vehicles.</summary>
    public FleetPlanner(MoveGraph graph, DistanceTables distances, int vehicles, PlannerOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vehicles, graph.Cells);
        (this.graph, this.distances, this.options, this.vehicles) = (graph, distances, options, vehicles);
        operations = Operations.OfDepth(options.Depth);
        depth = operations.Depth;
        Plan = new StepPlan(vehicles, depth);
        occupied = new int[graph.Cells << StepBits];
        path = new int[vehicles << StepBits];
        cost = new int[vehicles];
        power = new int[vehicles];
        order = new int[vehicles];
        rank = new int[vehicles];
        orderKey = new long[vehicles];
        key = new int[vehicles * operations.Count];
        keyCount = new int[vehicles];
        keySorted = new bool[vehicles];
        nodeState = new int[operations.NodeParent.Length];
        nodePassed = new byte[operations.NodeParent.Length];
        settled = new int[vehicles];
        visits = new int[vehicles];
        visitedIn = new int[vehicles];
        trial = new int[(DeepestChain + 1) << StepBits];
        kept = new int[(DeepestChain + 1) << StepBits];
        improvable = new int[vehicles];
        lastGoal = new int[vehicles];
        nearest = new int[vehicles];
        nearestAt = new long[vehicles];
        escape = new int[vehicles];
        seen = new int[graph.Cells];
        queue = new int[graph.Cells];
        Array.Fill(escape, Nobody);
        Array.Fill(lastGoal, Nobody);
        draw = new PlanDraw(options.Seed);
    }

    /// <summary>The plan that was made last.</summary>
    public StepPlan Plan { get; }

    /// <summary>Plans anew from where the vehicles are.</summary>
    /// <param name="fleet">States, goals and waiting times.</param>
    /// <param name="improvements">Tries of the improver; the options' number when none is given.</param>
    public void Next(FleetView fleet, int? improvements = null)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentOutOfRangeException.ThrowIfNotEqual(fleet.Count, vehicles);
        Inherit(fleet);
        MakeWay(fleet);
        for (var vehicle = 0; vehicle < vehicles; vehicle++)
        {
            Rank(fleet, vehicle);
        }

        Prioritise(fleet);
        TakeTurns();
        Improve(improvements ?? options.Improvements);
        for (var vehicle = 0; vehicle < vehicles; vehicle++)
        {
            path.AsSpan(vehicle << StepBits, depth + 1).CopyTo(Plan.Of(vehicle));
        }

        planned = true;
    }

    /// <summary>Everybody holds what is left of the operation from the step before, when all are where it put them; otherwise everybody stands.</summary>
    private void Inherit(FleetView fleet)
    {
        var moved = planned;
        for (var vehicle = 0; vehicle < vehicles && moved; vehicle++)
        {
            moved = path[vehicle << StepBits | 1] == fleet.States[vehicle];
        }

        Array.Fill(occupied, Nobody);
        for (var vehicle = 0; vehicle < vehicles; vehicle++)
        {
            var own = path.AsSpan(vehicle << StepBits, depth + 1);
            if (moved)
            {
                own[1..].CopyTo(own);
            }
            else
            {
                own.Fill(fleet.States[vehicle]);
            }

            for (var step = 0; step <= depth; step++)
            {
                ref var there = ref occupied[MoveGraph.CellOf(own[step]) << StepBits | step];
                if (there != Nobody)
                {
                    throw new InvalidOperationException($"vehicles {there} and {vehicle} are both in cell {MoveGraph.CellOf(own[step])}");
                }

                there = vehicle;
            }
        }
    }

    /// <summary>Who has waited beyond its way's length comes first, the longest first; then who has least left to go.</summary>
    private void Prioritise(FleetView fleet)
    {
        for (var vehicle = 0; vehicle < vehicles; vehicle++)
        {
            order[vehicle] = vehicle;
            var goal = GoalOf(fleet, vehicle);
            var left = goal == FleetView.None
                ? 2L * DistanceTables.Unreachable
                : DistanceTables.Read(distances.Of(goal), fleet.States[vehicle]);
            left -= escape[vehicle] != Nobody ? Foremost * 2 : vehicle == leader ? Foremost : fleet.Waited[vehicle] * 16L;
            orderKey[vehicle] = (left << 24) | (uint)vehicle;
        }

        Array.Sort(orderKey, order);
        for (var place = 0; place < vehicles; place++)
        {
            rank[order[place]] = place;
            // From 1024 for the first down to 1 for the last, as the square of the rank: the improver weighs gains by it.
            var left = (long)(vehicles - place) * 1024 / vehicles;
            power[order[place]] = (int)Math.Max(1, left * left / 1024);
        }
    }
}
