namespace Warehouse.Domain.Fleet.Planning;

/// <summary>What the planner is told of a fleet: flat arrays, a place for each vehicle. The caller owns and changes them.</summary>
public sealed class FleetView
{
    /// <summary>No goal.</summary>
    public const int None = -1;

    /// <summary>A fleet in which nobody has a goal and everybody is in state 0 until told.</summary>
    public FleetView(int vehicles)
    {
        States = new int[vehicles];
        Goals = new int[vehicles];
        NextGoals = new int[vehicles];
        Waited = new int[vehicles];
        Array.Fill(Goals, None);
        Array.Fill(NextGoals, None);
    }

    /// <summary>How many vehicles there are.</summary>
    public int Count => States.Length;

    /// <summary>Where each one is: a state of the graph, no two in one cell.</summary>
    public int[] States { get; }

    /// <summary>The cell to which each one is to go, or <see cref="None"/>.</summary>
    public int[] Goals { get; }

    /// <summary>The cell to which it will go then, as far as that is known, or <see cref="None"/>.</summary>
    public int[] NextGoals { get; }

    /// <summary>For how many steps each one has had its goal longer than the way alone takes; who waits longest comes first.</summary>
    public int[] Waited { get; }
}
