namespace Warehouse.Domain.Fleet.Planning;

/// <content>Priority inheritance over operations: who stands in the way is displaced, and displaces in turn.</content>
public sealed partial class FleetPlanner
{
    /// <summary>Vehicles in one chain of displacements at most; a bound for the stack.</summary>
    private const int DeepestChain = 256;

    // The number of the turn or try in which a vehicle got its operation for good, or stands in the current chain.
    private readonly int[] settled;
    private readonly int[] visits;
    private readonly int[] visitedIn;

    // By depth of the chain: the operation being looked at, and the one to put back.
    private readonly int[] trial;
    private readonly int[] kept;
    private int turn;
    private int turnRank;
    private int displacements;
    private int displacementsMost;
    private long gain;
    private bool mustGain;

    /// <summary>Each vehicle in order of priority, unless one before it has already given it an operation.</summary>
    private void TakeTurns()
    {
        turn++;
        mustGain = false;
        displacementsMost = options.DisplacementsMost;
        for (turnRank = 0; turnRank < vehicles; turnRank++)
        {
            var vehicle = order[turnRank];
            if (visitedIn[vehicle] != turn)
            {
                displacements = 0;
                Vacate(vehicle);
                if (Displace(vehicle, 0, int.MaxValue) != Outcome.Taken)
                {
                    Occupy(vehicle);
                }
            }
        }
    }

    private enum Outcome
    {
        /// <summary>Everybody in the chain has an operation.</summary>
        Taken,
        /// <summary>This vehicle finds none; who displaced it may try another.</summary>
        NoneFree,
        /// <summary>The chain is to be given up as a whole.</summary>
        GivenUp,
    }

    /// <summary>
    /// Finds an operation for a vehicle that holds none, best first, displacing one other if need be. Unless the outcome is
    /// taken, everything is as before, and the vehicle still holds none.
    /// </summary>
    /// <param name="vehicle">The vehicle.</param>
    /// <param name="chain">How many it is down the chain.</param>
    /// <param name="below">Only operations that cost less.</param>
    private Outcome Displace(int vehicle, int chain, int below)
    {
        visits[vehicle] = visitedIn[vehicle] == turn ? visits[vehicle] + 1 : 1;
        visitedIn[vehicle] = turn;
        settled[vehicle] = turn;
        var tried = trial.AsSpan(chain << StepBits, depth + 1);
        var own = path.AsSpan(vehicle << StepBits, depth + 1);
        var before = kept.AsSpan(chain << StepBits, depth + 1);
        own.CopyTo(before);
        var costBefore = cost[vehicle];
        foreach (var candidate in Keys(vehicle))
        {
            if (CostOfKey(candidate) >= below)
            {
                break;
            }

            Follow(own[0], OperationOfKey(candidate), tried);
            var blocker = WhoBlocks(vehicle, tried);
            if (blocker == Several || (blocker != Nobody && !MayDisplace(blocker, chain)))
            {
                continue;
            }

            var step = (long)power[vehicle] * (costBefore - CostOfKey(candidate));
            gain += step;
            var outcome = Take(vehicle, candidate, tried, blocker, chain);
            if (outcome == Outcome.Taken)
            {
                return outcome;
            }

            gain -= step;
            before.CopyTo(own);
            cost[vehicle] = costBefore;
            if (outcome == Outcome.GivenUp)
            {
                settled[vehicle] = 0;
                return outcome;
            }
        }

        settled[vehicle] = 0;
        return Outcome.NoneFree;
    }

    /// <summary>Takes an operation, and finds another for the one in the way. Unless it is taken, nobody's place has changed.</summary>
    private Outcome Take(int vehicle, int candidate, ReadOnlySpan<int> tried, int blocker, int chain)
    {
        if (blocker == Nobody && mustGain && gain < 0)
        {
            return Outcome.GivenUp;
        }

        if (blocker != Nobody)
        {
            Vacate(blocker);
        }

        tried.CopyTo(path.AsSpan(vehicle << StepBits));
        cost[vehicle] = CostOfKey(candidate);
        Occupy(vehicle);
        if (blocker == Nobody)
        {
            return Outcome.Taken;
        }

        var outcome = ++displacements >= displacementsMost ? Outcome.GivenUp : Displace(blocker, chain + 1, int.MaxValue);
        if (outcome != Outcome.Taken)
        {
            Vacate(vehicle);
            Occupy(blocker);
        }

        return outcome;
    }

    private bool MayDisplace(int blocker, int chain) =>
        settled[blocker] != turn && (mustGain || rank[blocker] > turnRank) && (visitedIn[blocker] != turn || visits[blocker] < options.Revisits) && chain < DeepestChain;

    private void Follow(int state, int operation, Span<int> into)
    {
        var next = graph.Next;
        var moves = operations[operation];
        into[0] = state;
        for (var step = 0; step < moves.Length; step++)
        {
            state = next[(state << 2) | (int)moves[step]];
            into[step + 1] = state;
        }
    }

    /// <summary>Who is where the operation would be, or comes the other way through the same step: nobody, one, or several.</summary>
    private int WhoBlocks(int vehicle, ReadOnlySpan<int> tried)
    {
        var who = Nobody;
        var from = MoveGraph.CellOf(tried[0]);
        for (var step = 1; step < tried.Length; step++)
        {
            var to = MoveGraph.CellOf(tried[step]);
            var there = occupied[to << StepBits | step];
            if (there != Nobody && there != who)
            {
                if (who != Nobody)
                {
                    return Several;
                }

                who = there;
            }

            if (from != to)
            {
                var coming = occupied[to << StepBits | (step - 1)];
                if (coming != Nobody && coming != vehicle && coming != who && Crosses(from, to, step, coming))
                {
                    if (who != Nobody)
                    {
                        return Several;
                    }

                    who = coming;
                }

                if (!options.MayFollow && Tails(from, to, step, vehicle) is var tail and not Nobody && tail != who)
                {
                    if (who != Nobody || tail == Several)
                    {
                        return Several;
                    }

                    who = tail;
                }
            }

            from = to;
        }

        return who;
    }

    private bool Crosses(int from, int to, int step, int coming) => occupied[from << StepBits | step] == coming && from != to;

    /// <summary>Who leaves the cell that is entered, or enters the one that is left, in the same step. Who stands there now cannot be displaced from now.</summary>
    private int Tails(int from, int to, int step, int vehicle)
    {
        var ahead = occupied[to << StepBits | (step - 1)];
        var behind = occupied[from << StepBits | step];
        ahead = ahead == vehicle ? Nobody : ahead;
        behind = behind == vehicle ? Nobody : behind;
        return ahead == Nobody ? behind
            : step > 1 && (behind == Nobody || behind == ahead) ? ahead
            : Several;
    }

    private void Occupy(int vehicle)
    {
        for (var step = 1; step <= depth; step++)
        {
            occupied[MoveGraph.CellOf(path[vehicle << StepBits | step]) << StepBits | step] = vehicle;
        }
    }

    private void Vacate(int vehicle)
    {
        for (var step = 1; step <= depth; step++)
        {
            occupied[MoveGraph.CellOf(path[vehicle << StepBits | step]) << StepBits | step] = Nobody;
        }
    }
}
