namespace Warehouse.Domain.Fleet.Planning;

/// <content>What each operation is worth to a vehicle: what remains to be driven when it has ended.</content>
public sealed partial class FleetPlanner
{
    /// <summary>Keeps keys positive: an operation that reaches the goal early costs less than nothing.</summary>
    private const int Bias = 1 << 17;

    private const int OperationBits = 8;

    // For each vehicle the operations it could do, as (cost + bias) << 8 | operation, in order once keySorted says so.
    private readonly int[] key;
    private readonly int[] keyCount;
    private readonly bool[] keySorted;
    private readonly int[] nodeState;
    private readonly byte[] nodePassed;

    private void Rank(FleetView fleet, int vehicle)
    {
        var goal = GoalOf(fleet, vehicle);
        // Who makes way stays there: it never passes.
        WalkTree(fleet.States[vehicle], escape[vehicle] == Nobody ? goal : FleetView.None);
        var first = vehicle * operations.Count;
        var count = 0;
        var leaves = operations.Leaves;
        if (goal == FleetView.None)
        {
            for (var operation = 0; operation < leaves.Length; operation++)
            {
                if (nodeState[leaves[operation]] >= 0)
                {
                    // Standing before all else; the order of the others says nothing.
                    key[first + count++] = (Bias + (operation == operations.Stand ? 0 : 1)) << OperationBits | operation;
                }
            }

            cost[vehicle] = path[vehicle << StepBits | depth] == fleet.States[vehicle] ? 0 : 1;
        }
        else
        {
            var table = distances.Of(goal);
            var nextGoal = fleet.NextGoals[vehicle];
            // Asked for only near the goal: a table is dear to make.
            var nextTable = nextGoal != FleetView.None && nextGoal != goal && Passes() ? distances.Of(nextGoal) : null;
            var offset = nextTable is null ? 0 : DistanceTables.ReadCell(nextTable, goal);
            for (var operation = 0; operation < leaves.Length; operation++)
            {
                var node = leaves[operation];
                if (nodeState[node] >= 0)
                {
                    var left = Left(table, nextTable, offset, nodeState[node], nodePassed[node]);
                    key[first + count++] = (Bias + left) << OperationBits | operation;
                }
            }

            cost[vehicle] = CostOfPath(vehicle, escape[vehicle] == Nobody ? goal : FleetView.None, table, nextTable, offset);
        }

        keyCount[vehicle] = count;
        keySorted[vehicle] = false;
    }

    /// <summary>Where each beginning of an operation leads, and at which step it first was at the goal (0: not yet).</summary>
    private void WalkTree(int start, int goal)
    {
        var (parents, moves, depths) = (operations.NodeParent, operations.NodeMove, operations.NodeDepth);
        var next = graph.Next;
        nodeState[0] = start;
        for (var node = 1; node < parents.Length; node++)
        {
            var from = nodeState[parents[node]];
            var to = from < 0 ? from : next[(from << 2) | moves[node]];
            nodeState[node] = to;
            var passed = nodePassed[parents[node]];
            nodePassed[node] = passed != 0 || to < 0 || MoveGraph.CellOf(to) != goal ? passed : depths[node];
        }
    }

    private bool Passes() => nodePassed.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>What remains after the goal was passed at a step (0: it was not).</summary>
    private int Left(uint[] table, uint[]? nextTable, int offset, int state, int passed) =>
        passed == 0 ? DistanceTables.Read(table, state)
        : nextTable is null ? (passed - depth) * MoveCosts.Drive
        : DistanceTables.Read(nextTable, state) - offset;

    private int CostOfPath(int vehicle, int goal, uint[] table, uint[]? nextTable, int offset)
    {
        var own = path.AsSpan(vehicle << StepBits, depth + 1);
        var passed = 0;
        for (var step = 1; step <= depth && passed == 0; step++)
        {
            passed = MoveGraph.CellOf(own[step]) == goal ? step : 0;
        }

        return Left(table, nextTable, offset, own[depth], passed);
    }

    /// <summary>A vehicle's keys, best first. Sorted when first asked for: most vehicles get one of their first.</summary>
    private ReadOnlySpan<int> Keys(int vehicle)
    {
        var keys = key.AsSpan(vehicle * operations.Count, keyCount[vehicle]);
        if (!keySorted[vehicle])
        {
            keys.Sort();
            keySorted[vehicle] = true;
        }

        return keys;
    }

    private static int CostOfKey(int key) => (key >> OperationBits) - Bias;

    private static int OperationOfKey(int key) => key & ((1 << OperationBits) - 1);
}
