using System.Collections.Immutable;

namespace Warehouse.Domain.Cranes;

/// <summary>Which waiting job the machine gets next.</summary>
public static class CraneSequence
{
    /// <summary>
    /// The oldest of the other kind than the last one, so that a store on the way in and a retrieve on the way out make
    /// one double cycle; when there is none, the oldest. So a job waits for at most one of the other kind between any
    /// two of its own.
    /// </summary>
    public static CraneJob? Next(ImmutableArray<CraneJob> waiting, CraneJobKind last) =>
        waiting.FirstOrDefault(job => job.Kind != last) ?? waiting.FirstOrDefault();
}
