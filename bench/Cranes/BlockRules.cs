using Warehouse.Domain.Cranes.Sequencing;

namespace Warehouse.Bench.Cranes;

/// <summary>What one would do without a plan.</summary>
internal static class BlockRules
{
    /// <summary>Retrievals as they came, each store into the slot that has been open longest.</summary>
    public static long FirstCome(DualCommandProblem problem)
    {
        long total = 0;
        for (var retrieval = 0; retrieval < problem.Retrievals.Length; retrieval++)
        {
            total += problem.TimeOf(new DualCommand(retrieval, retrieval));
        }

        return total;
    }

    /// <summary>
    /// Always the open slot and the retrieval that are nearest to each other (nearest neighbour); with the way in, the
    /// least sum of the way to the slot and on to the retrieval (shortest leg).
    /// </summary>
    public static long Nearest(DualCommandProblem problem, bool withWayIn)
    {
        long total = 0;
        var open = Enumerable.Range(0, problem.OpenSlots.Length).ToList();
        var waiting = Enumerable.Range(0, problem.Retrievals.Length).ToList();
        while (waiting.Count > 0)
        {
            var best = (from slot in open from retrieval in waiting select new DualCommand(slot, retrieval)).MinBy(command =>
                problem.Travel(problem.Slot(command.Slot), problem.Retrievals[command.Retrieval])
                + (withWayIn ? problem.Travel(problem.Exchange, problem.Slot(command.Slot)) : 0));
            total += problem.TimeOf(best);
            open.Remove(best.Slot);
            open.Add(problem.OpenSlots.Length + best.Retrieval);
            waiting.Remove(best.Retrieval);
        }

        return total;
    }
}
