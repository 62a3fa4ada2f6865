namespace Warehouse.Domain.Fleet.Planning;

/// <summary>
/// A floor on which every step happens as planned: vehicles, a planner, and where they are sent. It measures planners and
/// learns guidance; on a real floor the plan is carried out under delays.
/// </summary>
public sealed class IdealFloor
{
    /// <summary>Steps beyond twice its way alone after which a vehicle counts as waiting.</summary>
    private const int Patience = 16;

    private readonly DistanceTables distances;
    private readonly FleetPlanner planner;
    private readonly IErrands errands;
    private readonly int[] since;
    private readonly int[] goals;
    private readonly int[] way;

    /// <summary>A floor with vehicles in these states.</summary>
    public IdealFloor(DistanceTables distances, FleetPlanner planner, IErrands errands, ReadOnlySpan<int> states)
    {
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentNullException.ThrowIfNull(planner);
        ArgumentNullException.ThrowIfNull(errands);
        (this.distances, this.planner, this.errands) = (distances, planner, errands);
        Fleet = new FleetView(states.Length);
        states.CopyTo(Fleet.States);
        since = new int[states.Length];
        way = new int[states.Length];
        goals = new int[states.Length];
        Array.Fill(goals, FleetView.None);
    }

    /// <summary>Where everybody is, and whereto.</summary>
    public FleetView Fleet { get; }

    /// <summary>Steps done.</summary>
    public int Step { get; private set; }

    /// <summary>Tasks finished.</summary>
    public int Finished => errands.Finished;

    /// <summary>One step: assign, plan, drive, arrive.</summary>
    public void Advance(int? improvements = null)
    {
        errands.Assign(Fleet, Step);
        CountWaiting();
        planner.Next(Fleet, improvements);
        for (var vehicle = 0; vehicle < Fleet.Count; vehicle++)
        {
            Fleet.States[vehicle] = planner.Plan.Of(vehicle)[1];
        }

        Step++;
        errands.Arrived(Fleet, Step);
    }

    private void CountWaiting()
    {
        for (var vehicle = 0; vehicle < Fleet.Count; vehicle++)
        {
            var goal = Fleet.Goals[vehicle];
            if (goal != goals[vehicle])
            {
                goals[vehicle] = goal;
                since[vehicle] = Step;
                way[vehicle] = goal == FleetView.None
                    ? 0
                    : DistanceTables.Read(distances.Of(goal), Fleet.States[vehicle]) / MoveCosts.Drive;
            }

            Fleet.Waited[vehicle] = Math.Max(0, Step - since[vehicle] - 2 * way[vehicle] - Patience);
        }
    }
}
