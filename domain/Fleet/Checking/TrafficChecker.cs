using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet.Checking;

/// <summary>What may be wrong with a step of traffic.</summary>
public enum TrafficFaultKind
{
    /// <summary>A vehicle is where none can stand.</summary>
    OffFloor,
    /// <summary>A vehicle did what none can do in one step: drove further, sideways or backwards, or turned while driving.</summary>
    NoSuchMove,
    /// <summary>Two vehicles are in one cell.</summary>
    Vertex,
    /// <summary>Two vehicles exchanged cells.</summary>
    Swap,
    /// <summary>A vehicle entered a cell that another one left in the same step, where that is forbidden.</summary>
    Follow,
    /// <summary>A vehicle had a goal for longer than the bound.</summary>
    WaitedTooLong,
}

/// <summary>A fault of traffic.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Step">After which step, from 1.</param>
/// <param name="Vehicle">Whose.</param>
/// <param name="Other">The other one, or -1.</param>
/// <param name="Cell">Where: row × width + column.</param>
public sealed record TrafficFault(TrafficFaultKind Kind, int Step, int Vehicle, int Other, int Cell);

/// <summary>
/// Watches traffic on a grid step by step, from the rows of its map and nothing else: it shares no code with the planner
/// and knows neither its graph nor its plan, only where everybody was and is.
/// </summary>
/// <param name="map">The floor.</param>
/// <param name="mayFollow">Whether a vehicle may enter a cell that another leaves in the same step.</param>
/// <param name="goalStepsMost">For how many steps a vehicle may have one goal.</param>
public sealed class TrafficChecker(GridMap map, bool mayFollow = true, int goalStepsMost = int.MaxValue)
{
    /// <summary>Faults that are kept; the count goes on.</summary>
    private const int FaultsKept = 100;

    private readonly List<TrafficFault> faults = [];
    private readonly Dictionary<int, int> was = [];
    private readonly Dictionary<int, int> now = [];
    private (int Cell, int Heading)[]? last;
    private (int Goal, int Since)[] goals = [];

    /// <summary>The first hundred faults.</summary>
    public IReadOnlyList<TrafficFault> Faults => faults;

    /// <summary>How many faults there were.</summary>
    public long FaultCount { get; private set; }

    /// <summary>Steps that were looked at.</summary>
    public int Steps { get; private set; }

    /// <summary>The longest that any vehicle had one goal so far, in steps.</summary>
    public int LongestGoal { get; private set; }

    /// <summary>Drives, turns and waits that were looked at.</summary>
    public long Moves { get; private set; }

    /// <summary>Looks at where everybody is now. The first call tells where they begin.</summary>
    /// <param name="places">A cell (row × width + column) and a heading (0 east, 1 south, 2 west, 3 north) for each vehicle.</param>
    public void Look(IReadOnlyList<(int Cell, int Heading)> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        now.Clear();
        for (var vehicle = 0; vehicle < places.Count; vehicle++)
        {
            var (cell, heading) = places[vehicle];
            if (cell < 0 || cell >= map.Width * map.Height || !map.IsFree(cell) || heading is < 0 or > 3)
            {
                Report(TrafficFaultKind.OffFloor, vehicle, -1, cell);
            }
            else if (!now.TryAdd(cell, vehicle))
            {
                Report(TrafficFaultKind.Vertex, vehicle, now[cell], cell);
            }
        }

        if (last is not null)
        {
            Steps++;
            Moves += places.Count;
            for (var vehicle = 0; vehicle < places.Count; vehicle++)
            {
                Compare(vehicle, last[vehicle], places[vehicle]);
            }
        }

        last = [.. places];
        was.Clear();
        foreach (var (cell, vehicle) in now)
        {
            was[cell] = vehicle;
        }
    }

    /// <summary>Is told the goal that each vehicle has during the next step (-1 for none), and counts for how long it has it.</summary>
    /// <param name="current">A number for each vehicle that changes whenever it has reached its goal.</param>
    public void Goals(IReadOnlyList<int> current)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (goals.Length != current.Count)
        {
            goals = [.. current.Select(goal => (goal, Steps))];
        }

        for (var vehicle = 0; vehicle < current.Count; vehicle++)
        {
            if (goals[vehicle].Goal != current[vehicle])
            {
                goals[vehicle] = (current[vehicle], Steps);
            }

            var steps = current[vehicle] < 0 ? 0 : Steps - goals[vehicle].Since;
            LongestGoal = Math.Max(LongestGoal, steps);
            if (steps == (long)goalStepsMost + 1)
            {
                Report(TrafficFaultKind.WaitedTooLong, vehicle, -1, last is null ? -1 : last[vehicle].Cell);
            }
        }
    }

    private void Compare(int vehicle, (int Cell, int Heading) from, (int Cell, int Heading) to)
    {
        if (!IsMove(from, to))
        {
            Report(TrafficFaultKind.NoSuchMove, vehicle, -1, to.Cell);
        }

        if (from.Cell == to.Cell || !was.TryGetValue(to.Cell, out var ahead) || ahead == vehicle)
        {
            return;
        }

        if (now.TryGetValue(from.Cell, out var there) && there == ahead)
        {
            Report(TrafficFaultKind.Swap, vehicle, ahead, to.Cell);
        }
        else if (!mayFollow)
        {
            Report(TrafficFaultKind.Follow, vehicle, ahead, to.Cell);
        }
    }

    /// <summary>Standing, a quarter turn on the spot, or one cell straight ahead.</summary>
    private bool IsMove((int Cell, int Heading) from, (int Cell, int Heading) to)
    {
        if (from.Cell == to.Cell)
        {
            return (to.Heading - from.Heading + 4) % 4 != 2;
        }

        var (fromRow, fromColumn) = (from.Cell / map.Width, from.Cell % map.Width);
        var (row, column) = (to.Cell / map.Width, to.Cell % map.Width);
        return to.Heading == from.Heading && from.Heading switch
        {
            0 => row == fromRow && column == fromColumn + 1,
            1 => row == fromRow + 1 && column == fromColumn,
            2 => row == fromRow && column == fromColumn - 1,
            _ => row == fromRow - 1 && column == fromColumn,
        };
    }

    private void Report(TrafficFaultKind kind, int vehicle, int other, int cell)
    {
        FaultCount++;
        if (faults.Count < FaultsKept)
        {
            faults.Add(new(kind, Steps, vehicle, other, cell));
        }
    }
}
