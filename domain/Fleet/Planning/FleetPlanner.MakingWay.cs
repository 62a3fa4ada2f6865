namespace Warehouse.Domain.Fleet.Planning;

/// <content>
/// Making way. Displacing looks a few steps ahead; two that meet in a corridor may need a passing place farther off. A
/// vehicle that has come no nearer for long leads: those on its way are sent to cells beside it, each to one that it can
/// reach without passing the leader, until the leader is through. When that cannot be, the next that is stuck leads: of
/// two in a corridor it is the one whose opposite has a passing place behind it. One leads at a time.
/// </content>
public sealed partial class FleetPlanner
{
    /// <summary>
    /// Steps without coming nearer after which a vehicle is stuck, and one more for each vehicle on the floor, up to a bound:
    /// in dense traffic it is usual to stand, and leading there costs others more than it brings.
    /// </summary>
    private const int StuckSteps = 40;

    private const int StuckStepsMost = 1000;

    /// <summary>How far ahead of the leader the way is cleared, in cells, and for how many vehicles.</summary>
    private const int ClearedCells = 64;

    private const int ClearedVehicles = 12;

    private readonly int[] lastGoal;
    private readonly int[] nearest;
    private readonly long[] nearestAt;
    private readonly int[] escape;
    private readonly int[] seen;
    private readonly int[] queue;
    private readonly int[] way = new int[ClearedCells];
    private readonly int[] sent = new int[ClearedVehicles];
    private int sentCount;
    private int seenMark;
    private int leader = Nobody;
    private int leaderGoal;
    private int firstAsked;
    private int turnsInARow;
    private long leadsUntil;
    private long step;

    /// <summary>Where a vehicle is to go now: beside the leader's way, or to its goal.</summary>
    private int GoalOf(FleetView fleet, int vehicle) => escape[vehicle] != Nobody ? escape[vehicle] : fleet.Goals[vehicle];

    private void MakeWay(FleetView fleet)
    {
        step++;
        if (leader != Nobody && (fleet.Goals[leader] != leaderGoal || step > leadsUntil))
        {
            EndLead();
        }

        for (var vehicle = 0; vehicle < vehicles; vehicle++)
        {
            var goal = fleet.Goals[vehicle];
            var left = goal == FleetView.None ? 0 : DistanceTables.Read(distances.Of(goal), fleet.States[vehicle]);
            if (goal != lastGoal[vehicle] || left < nearest[vehicle])
            {
                (lastGoal[vehicle], nearest[vehicle], nearestAt[vehicle]) = (goal, left, step);
            }
        }

        for (var i = 0; i < vehicles && leader == Nobody; i++)
        {
            var vehicle = (firstAsked + i) % vehicles;
            if (fleet.Goals[vehicle] != FleetView.None && step - nearestAt[vehicle] > Math.Min(StuckSteps + vehicles, StuckStepsMost))
            {
                // Tried once in so many steps, whether it leads then or not.
                nearestAt[vehicle] = step;
                TryLead(fleet, vehicle);
                firstAsked = leader == Nobody ? firstAsked : (vehicle + 1) % vehicles;
            }
        }
    }

    private void EndLead()
    {
        for (var i = 0; i < sentCount; i++)
        {
            escape[sent[i]] = Nobody;
            nearestAt[sent[i]] = leader == Nobody ? nearestAt[sent[i]] : step;
        }

        (leader, sentCount) = (Nobody, 0);
    }

    private void TryLead(FleetView fleet, int vehicle)
    {
        var length = FindWay(fleet.States[vehicle], distances.Of(fleet.Goals[vehicle]));
        for (var i = 0; i < length && sentCount < ClearedVehicles; i++)
        {
            var blocker = occupied[way[i] << StepBits];
            if (blocker == Nobody || blocker == vehicle)
            {
                continue;
            }

            escape[blocker] = FindEscape(fleet, blocker, vehicle, length);
            sent[sentCount++] = blocker;
            if (escape[blocker] == Nobody)
            {
                EndLead();
                return;
            }
        }

        if (sentCount > 0)
        {
            (leader, leaderGoal, leadsUntil) = (vehicle, fleet.Goals[vehicle], step + 4 * length + StuckSteps);
        }
    }

    /// <summary>The cells of the cheapest way from a state to a goal, without the first, as far as the way is cleared.</summary>
    private int FindWay(int state, uint[] table)
    {
        var length = 0;
        while (length < ClearedCells && DistanceTables.Read(table, state) is > 0 and < DistanceTables.Unreachable)
        {
            var (best, bestLeft) = (state, int.MaxValue);
            for (var move = Move.Forward; move <= Move.TurnLeft; move++)
            {
                var to = graph.Next[(state << 2) | (int)move];
                var left = to < 0 ? int.MaxValue : DistanceTables.Read(table, to);
                (best, bestLeft) = left < bestLeft ? (to, left) : (best, bestLeft);
            }

            if (bestLeft >= DistanceTables.Read(table, state))
            {
                // Two turns of one cost: the second leads on.
                best = graph.Next[(state << 2) | (int)Move.TurnRight];
                if (++turnsInARow > MoveGraph.Headings)
                {
                    break;
                }
            }
            else
            {
                turnsInARow = 0;
            }

            if (MoveGraph.CellOf(best) != MoveGraph.CellOf(state))
            {
                way[length++] = MoveGraph.CellOf(best);
            }

            state = best;
        }

        turnsInARow = 0;
        return length;
    }

    /// <summary>The nearest empty cell off the way that a vehicle can reach without passing the leader, and that no other was sent to.</summary>
    private int FindEscape(FleetView fleet, int vehicle, int leads, int length)
    {
        seenMark += 2;
        var (from, to) = (0, 1);
        queue[0] = MoveGraph.CellOf(fleet.States[vehicle]);
        seen[queue[0]] = seenMark;
        seen[MoveGraph.CellOf(fleet.States[leads])] = seenMark;
        while (from < to)
        {
            var cell = queue[from++];
            if (occupied[cell << StepBits] == Nobody && !way.AsSpan(0, length).Contains(cell) && !IsSentTo(cell))
            {
                return cell;
            }

            for (var heading = 0; heading < MoveGraph.Headings; heading++)
            {
                var ahead = graph.Next[((cell << 2 | heading) << 2) | (int)Move.Forward];
                if (ahead >= 0 && seen[MoveGraph.CellOf(ahead)] != seenMark)
                {
                    seen[MoveGraph.CellOf(ahead)] = seenMark;
                    queue[to++] = MoveGraph.CellOf(ahead);
                }
            }
        }

        return Nobody;
    }

    private bool IsSentTo(int cell)
    {
        for (var i = 0; i < sentCount; i++)
        {
            if (escape[sent[i]] == cell)
            {
                return true;
            }
        }

        return false;
    }
}
