namespace Warehouse.Domain.Fleet.Planning;

/// <summary>How the planner works. Everything here is a number of something, never a time: a replay makes the same plan.</summary>
public sealed record PlannerOptions
{
    /// <summary>Steps that a vehicle's operation has, 1 to 5. Longer sees jams earlier and costs about three times as much a step.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>How often one vehicle may be displaced while one other is planned.</summary>
    public int Revisits { get; init; } = 100;

    /// <summary>How many displacements may be tried for one vehicle before it keeps what it had.</summary>
    public int DisplacementsMost { get; init; } = 20_000;

    /// <summary>Tries of the improver after the plan stands, unless a call says another number.</summary>
    public int Improvements { get; init; }

    /// <summary>Whether a vehicle may enter a cell in the same step in which another leaves it.</summary>
    public bool MayFollow { get; init; } = true;

    /// <summary>Memory for distance tables, in bytes.</summary>
    public long TableBytes { get; init; } = 1L << 30;

    /// <summary>Seed of the improver's draws.</summary>
    public ulong Seed { get; init; } = 1;
}
