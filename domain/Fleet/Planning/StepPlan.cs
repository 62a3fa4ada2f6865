namespace Warehouse.Domain.Fleet.Planning;

/// <summary>
/// A plan: where each vehicle is at each step from now (step 0) to the horizon, as states of the <see cref="MoveGraph"/>.
/// Free of conflicts: at no step are two vehicles in one cell, and no two exchange cells within a step. At the last step
/// everyone may stand for good, so the plan stays safe when no other follows.
/// </summary>
public sealed class StepPlan
{
    private readonly int[] states;

    /// <summary>A plan in which everyone stands.</summary>
    public StepPlan(int vehicles, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(vehicles);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        Vehicles = vehicles;
        Horizon = horizon;
        states = new int[vehicles * (horizon + 1)];
    }

    /// <summary>How many vehicles there are.</summary>
    public int Vehicles { get; }

    /// <summary>The last step.</summary>
    public int Horizon { get; }

    /// <summary>A vehicle's states from step 0 to the horizon.</summary>
    public Span<int> Of(int vehicle) => states.AsSpan(vehicle * (Horizon + 1), Horizon + 1);

    /// <summary>A vehicle's cell at a step.</summary>
    public int Cell(int vehicle, int step) => MoveGraph.CellOf(states[vehicle * (Horizon + 1) + step]);

    /// <summary>A vehicle's heading at a step, 0 to 3.</summary>
    public int Heading(int vehicle, int step) => states[vehicle * (Horizon + 1) + step] & (MoveGraph.Headings - 1);
}
