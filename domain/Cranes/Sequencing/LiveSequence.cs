using System.Collections.Immutable;

namespace Warehouse.Domain.Cranes.Sequencing;

/// <summary>A retrieval that waits.</summary>
/// <param name="At">Where the load stands.</param>
/// <param name="Due">When it must be done, on the clock that the caller counts in.</param>
public readonly record struct WaitingRetrieval(RackPoint At, long Due);

/// <summary>
/// The next dual command while requests arrive: of those that leave every other one enough time to be done before it is
/// due, the one that the plan for all of them would do with the least empty travel. When none leaves enough time, the
/// one that is due first.
/// </summary>
public static class LiveSequence
{
    /// <summary>Kicks of each plan: none, because the next arrival changes more than they would.</summary>
    public const int Kicks = 0;

    /// <summary>What the crane does next; slots of the answer are always open ones.</summary>
    /// <param name="exchange">Where loads come in and go out.</param>
    /// <param name="waiting">At least one.</param>
    /// <param name="open">At least one.</param>
    /// <param name="travel">How long the crane needs.</param>
    /// <param name="now">The time.</param>
    /// <param name="longest">No dual command takes longer than this.</param>
    public static DualCommand Next(
        RackPoint exchange, ImmutableArray<WaitingRetrieval> waiting, ImmutableArray<RackPoint> open, TravelTime travel,
        long now, long longest)
    {
        ArgumentNullException.ThrowIfNull(travel);
        var problem = new DualCommandProblem(exchange, [.. waiting.Select(one => one.At)], open, travel);
        var dues = waiting.Select(one => one.Due).Order().ToArray();
        DualCommand? best = null;
        var least = long.MaxValue;
        foreach (var command in DualCommandSequencer.Plan(problem, (ulong)waiting.Length, Kicks).Commands)
        {
            if (command.Slot >= open.Length || !LeavesTime(dues, waiting[command.Retrieval].Due, now, longest))
            {
                continue;
            }

            var empty = travel(problem.Slot(command.Slot), problem.Retrievals[command.Retrieval]);
            if (empty < least)
            {
                (best, least) = (command, empty);
            }
        }

        return best ?? FirstDue(problem, waiting);
    }

    /// <summary>True when, this one being done next, the others can still be done in the order of their dues.</summary>
    private static bool LeavesTime(long[] dues, long mine, long now, long longest)
    {
        var (after, left) = (now + longest, true);
        var skipped = false;
        foreach (var due in dues)
        {
            if (!skipped && due == mine)
            {
                skipped = true;
                continue;
            }

            after += longest;
            left &= after <= due;
        }

        return left;
    }

    private static DualCommand FirstDue(DualCommandProblem problem, ImmutableArray<WaitingRetrieval> waiting)
    {
        var first = Enumerable.Range(0, waiting.Length).MinBy(one => (waiting[one].Due, one));
        return new DualCommand(
            Enumerable.Range(0, problem.OpenSlots.Length)
                .MinBy(slot => (problem.TimeOf(new DualCommand(slot, first)), slot)), first);
    }
}
