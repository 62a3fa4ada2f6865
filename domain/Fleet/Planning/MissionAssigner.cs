namespace Warehouse.Domain.Fleet.Planning;

/// <summary>How missions are dealt out. Costs are in quarters of a step, as in <see cref="MoveCosts"/>.</summary>
public sealed record AssignerOptions
{
    /// <summary>
    /// By how much a mission's own length counts beside the way to it, in hundredths. Short missions first finishes more
    /// of them; ageing sees that the long ones come too.
    /// </summary>
    public int LengthPercent { get; init; } = 20;

    /// <summary>How much nearer a mission comes by waiting, a hundred steps.</summary>
    public int AgeingPerHundredSteps { get; init; } = 100;

    /// <summary>How much farther a pick-up is for each vehicle that is on its way there already.</summary>
    public int Crowding { get; init; } = 8;

    /// <summary>In how many steps every vehicle that has not yet picked up looks once for a better mission.</summary>
    public int ReviewSteps { get; init; } = 8;

    /// <summary>By how much a mission must be better than the one held.</summary>
    public int Margin { get; init; } = 8;

    /// <summary>Exchanges between two vehicles that are tried a step, in hundredths of the number of vehicles.</summary>
    public int ExchangePercent { get; init; } = 400;

    /// <summary>Seed of the draws.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>
/// Deals missions (a pick-up, then a drop) to vehicles. A free vehicle takes the mission that costs it least: the way to the
/// pick-up, a part of the mission's own length, less for having waited, more for a crowd at the pick-up. Until it has
/// picked up, it may change to a better one, and two may exchange. Nothing starves: waiting lowers a mission's cost
/// steadily, and costs are bounded, so from some age on it is before every younger one (see <see cref="WaitingMost"/>).
/// </summary>
public sealed class MissionAssigner
{
    private const int Free = -1;

    private readonly DistanceTables distances;
    private readonly DistanceTables fromPickup;
    private readonly AssignerOptions options;
    private readonly int[] pickup;
    private readonly int[] drop;
    private readonly long[] key;
    private readonly int[] holder;
    private readonly int[] held;
    private readonly bool[] carries;
    private readonly int[] groupOf;
    private readonly List<Group> groups = [];
    private readonly int[] onTheWay;
    private PlanDraw draw;

    /// <summary>An assigner without missions.</summary>
    /// <param name="distances">Ways to a goal.</param>
    /// <param name="fromPickup">Ways from a start (<see cref="DistanceTables.From"/>), for the missions' own lengths.</param>
    /// <param name="cells">Cells of the floor.</param>
    /// <param name="vehicles">Vehicles.</param>
    /// <param name="missionsMost">Missions that are open at once.</param>
    /// <param name="options">How they are dealt out.</param>
    public MissionAssigner(
        DistanceTables distances, DistanceTables fromPickup, int cells, int vehicles, int missionsMost, AssignerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (this.distances, this.fromPickup, this.options) = (distances, fromPickup, options);
        pickup = new int[missionsMost];
        drop = new int[missionsMost];
        key = new long[missionsMost];
        holder = new int[missionsMost];
        held = new int[vehicles];
        carries = new bool[vehicles];
        groupOf = new int[cells];
        onTheWay = new int[vehicles];
        Array.Fill(held, Free);
        Array.Fill(groupOf, Free);
        draw = new PlanDraw(options.Seed);
    }

    /// <summary>The mission that a vehicle holds, or -1.</summary>
    public int HeldBy(int vehicle) => held[vehicle];

    /// <summary>Whether a vehicle has picked up.</summary>
    public bool Carries(int vehicle) => carries[vehicle];

    /// <summary>
    /// For how many steps a mission may wait before no mission that is opened from now on can come before it, for a vehicle
    /// that is free: costs differ by at most the dearest way and the dearest length, and ageing makes up for that.
    /// </summary>
    /// <param name="dearest">The dearest way on the floor.</param>
    public int WaitingMost(int dearest) => options.AgeingPerHundredSteps == 0
        ? int.MaxValue
        : (int)(100L * (dearest + dearest * (long)options.LengthPercent / 100 + (long)options.Crowding * held.Length) / options.AgeingPerHundredSteps);

    /// <summary>Opens a mission under a number that is not in use.</summary>
    public void Open(int mission, int pickupCell, int dropCell, int step)
    {
        (pickup[mission], drop[mission]) = (pickupCell, dropCell);
        var length = DistanceTables.ReadCell(fromPickup.Of(pickupCell), dropCell);
        key[mission] = (length * (long)options.LengthPercent + step * (long)options.AgeingPerHundredSteps) / 100;
        if (groupOf[pickupCell] == Free)
        {
            groupOf[pickupCell] = groups.Count;
            groups.Add(new Group(pickupCell));
        }

        Release(mission);
    }

    /// <summary>Gives every free vehicle a mission, lets some look for better ones, and sets goals.</summary>
    public void Assign(FleetView fleet, int step)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        var count = 0;
        for (var vehicle = 0; vehicle < fleet.Count; vehicle++)
        {
            if (held[vehicle] == Free)
            {
                Take(vehicle, Best(fleet.States[vehicle], long.MaxValue));
            }
            else if (!carries[vehicle] && (vehicle + step) % options.ReviewSteps == 0)
            {
                Review(fleet, vehicle);
            }

            if (held[vehicle] != Free && !carries[vehicle])
            {
                onTheWay[count++] = vehicle;
            }
        }

        Exchange(fleet, count);
        SetGoals(fleet);
    }

    /// <summary>Is told where everybody is; those at their goal pick up or drop.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="finished">Missions that ended are added here; their numbers are free again.</param>
    public void Arrived(FleetView fleet, ICollection<int> finished)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(finished);
        for (var vehicle = 0; vehicle < fleet.Count; vehicle++)
        {
            if (held[vehicle] == Free || MoveGraph.CellOf(fleet.States[vehicle]) != fleet.Goals[vehicle])
            {
                continue;
            }

            if (carries[vehicle])
            {
                finished.Add(held[vehicle]);
                held[vehicle] = Free;
            }
            else
            {
                groups[groupOf[pickup[held[vehicle]]]].Heading--;
            }

            carries[vehicle] = !carries[vehicle];
        }
    }

    private void SetGoals(FleetView fleet)
    {
        for (var vehicle = 0; vehicle < fleet.Count; vehicle++)
        {
            var mission = held[vehicle];
            (fleet.Goals[vehicle], fleet.NextGoals[vehicle]) =
                mission == Free ? (FleetView.None, FleetView.None)
                : carries[vehicle] ? (drop[mission], FleetView.None)
                : (pickup[mission], drop[mission]);
        }
    }

    /// <summary>The group whose first mission costs a vehicle least, or -1 when none costs less than the bound.</summary>
    private int Best(int state, long below)
    {
        var best = Free;
        for (var at = 0; at < groups.Count; at++)
        {
            var group = groups[at];
            if (group.Missions.Count == 0 || group.First >= below)
            {
                continue;
            }

            var cost = group.First + group.Heading * (long)options.Crowding + WayTo(state, group.Cell);
            if (cost < below)
            {
                (best, below) = (at, cost);
            }
        }

        return best;
    }

    private int WayTo(int state, int cell) => DistanceTables.Read(distances.Of(cell), state);

    private void Take(int vehicle, int at)
    {
        if (at == Free)
        {
            return;
        }

        var group = groups[at];
        var mission = group.Missions.Dequeue();
        group.Heading++;
        group.LookAgain();
        (held[vehicle], holder[mission]) = (mission, vehicle);
    }

    private void Release(int mission)
    {
        var group = groups[groupOf[pickup[mission]]];
        group.Missions.Enqueue(mission, (key[mission], mission));
        group.LookAgain();
        holder[mission] = Free;
    }

    private void Review(FleetView fleet, int vehicle)
    {
        var mission = held[vehicle];
        var group = groups[groupOf[pickup[mission]]];
        var cost = key[mission] + (group.Heading - 1) * (long)options.Crowding + WayTo(fleet.States[vehicle], group.Cell);
        var better = Best(fleet.States[vehicle], cost - options.Margin);
        if (better != Free)
        {
            Take(vehicle, better);
            group.Heading--;
            Release(mission);
        }
    }

    private void Exchange(FleetView fleet, int count)
    {
        for (var tries = count < 2 ? 0 : count * options.ExchangePercent / 100; tries > 0; tries--)
        {
            var (one, other) = (onTheWay[draw.Below(count)], onTheWay[draw.Below(count)]);
            var (mine, yours) = (held[one], held[other]);
            if (pickup[mine] == pickup[yours])
            {
                continue;
            }

            var (here, there) = (distances.Of(pickup[mine]), distances.Of(pickup[yours]));
            var now = DistanceTables.Read(here, fleet.States[one]) + DistanceTables.Read(there, fleet.States[other]);
            var then = DistanceTables.Read(there, fleet.States[one]) + DistanceTables.Read(here, fleet.States[other]);
            if (then + options.Margin < now)
            {
                (held[one], held[other]) = (yours, mine);
                (holder[yours], holder[mine]) = (one, other);
            }
        }
    }

    /// <summary>Missions that begin in one cell: those that nobody holds, and how many vehicles are on their way for another.</summary>
    private sealed class Group(int cell)
    {
        public int Cell => cell;

        public PriorityQueue<int, (long Key, int Mission)> Missions { get; } = new();

        public int Heading { get; set; }

        /// <summary>The key of the first mission.</summary>
        public long First { get; private set; }

        public void LookAgain() => First = Missions.TryPeek(out _, out var first) ? first.Key : long.MaxValue;
    }
}
