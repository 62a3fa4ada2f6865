namespace Warehouse.Domain.Cranes;

/// <summary>
/// Where a stacker crane is in its work. One job runs Idle, ToPick, ForkOut, Loaded, ToDrop, ForkIn, Done; a crane with
/// a second job is Reserved rather than Idle between the two. Any step may end in Fault, and only a job that begins with
/// what is on the forks, or a reset with empty forks, leads out of it.
/// </summary>
public enum CraneStep
{
    /// <summary>No job.</summary>
    Idle,
    /// <summary>A job is accepted and waits for its turn.</summary>
    Reserved,
    /// <summary>Travels empty to where the load stands; forks in the middle.</summary>
    ToPick,
    /// <summary>Stands; the forks go under the load.</summary>
    ForkOut,
    /// <summary>Stands; the load is lifted and the forks come back with it.</summary>
    Loaded,
    /// <summary>Travels with the load; forks in the middle.</summary>
    ToDrop,
    /// <summary>Stands; the forks set the load down and come back empty.</summary>
    ForkIn,
    /// <summary>The load is where it belongs, the forks are in the middle.</summary>
    Done,
    /// <summary>Stopped by itself; a person may have to look.</summary>
    Fault,
}

/// <summary>Which step may follow which, and which of them allow travel.</summary>
public static class CraneSteps
{
    /// <summary>True when a machine that was in one step can be in the other next.</summary>
    public static bool MayFollow(CraneStep before, CraneStep after) => (before, after) switch
    {
        (_, CraneStep.Fault) => before is not (CraneStep.Idle or CraneStep.Done),
        (CraneStep.Idle or CraneStep.Done, CraneStep.Reserved) => true,
        (CraneStep.Reserved, CraneStep.ToPick or CraneStep.ToDrop or CraneStep.Idle) => true,
        (CraneStep.ToPick, CraneStep.ForkOut) => true,
        (CraneStep.ForkOut, CraneStep.Loaded) => true,
        (CraneStep.Loaded, CraneStep.ToDrop) => true,
        (CraneStep.ToDrop, CraneStep.ForkIn) => true,
        (CraneStep.ForkIn, CraneStep.Done) => true,
        (CraneStep.Done, CraneStep.Idle) => true,
        (CraneStep.Fault, CraneStep.Reserved or CraneStep.Idle) => true,
        _ => false,
    };

    /// <summary>True when the crane may travel: its forks are in the middle. Forks out means no travel.</summary>
    public static bool MayTravel(CraneStep step) => step is CraneStep.ToPick or CraneStep.ToDrop;
}
