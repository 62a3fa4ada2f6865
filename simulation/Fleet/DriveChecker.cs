using System.Collections.Immutable;
using System.Globalization;

namespace Warehouse.Simulation.Fleet;

/// <summary>
/// Watches where vehicles really are, from the drawing of the floor and nothing else: it knows no plan, no reservation
/// and no graph. A vehicle is at a place, or between two and then at both; no place may hold two vehicles, and every
/// drive must be one that the drawing allows. Tasks must end where they lead, within their bound.
/// </summary>
/// <param name="rows">The drawing.</param>
/// <param name="vehicles">How many vehicles there are.</param>
public sealed class DriveChecker(ImmutableArray<string> rows, int vehicles)
{
    private const int FaultsKept = 20;

    private readonly int[,] holder = new int[rows.Length, rows[0].Length];
    private readonly (int Row, int Column)[] at = new (int, int)[vehicles];
    private readonly (int Row, int Column)?[] to = new (int, int)?[vehicles];
    private readonly ((int Row, int Column) Goal, long Until, long Since)?[] tasks = new ((int, int), long, long)?[vehicles];

    /// <summary>What was wrong; the first twenty.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Drives from one place to the next that were ended.</summary>
    public long Moves { get; private set; }

    /// <summary>Tasks that were ended.</summary>
    public long Tasks { get; private set; }

    /// <summary>The longest that a task took, in ticks.</summary>
    public long LongestTask { get; private set; }

    /// <summary>A vehicle stands there, or a person has carried it there.</summary>
    public void Put(int vehicle, (int Row, int Column) place, bool first)
    {
        if (!first)
        {
            Leave(vehicle, at[vehicle]);
            if (to[vehicle] is { } way)
            {
                Leave(vehicle, way);
            }
        }

        (at[vehicle], to[vehicle]) = (place, null);
        Enter(vehicle, place, 0);
    }

    /// <summary>A vehicle begins to drive.</summary>
    public void Departs(int vehicle, (int Row, int Column) place, long tick)
    {
        if (to[vehicle] is not null || !MayDrive(at[vehicle], place))
        {
            Fault($"tick {tick}: vehicle {vehicle} drives from {at[vehicle]} to {place}, where no way is");
        }

        to[vehicle] = place;
        Enter(vehicle, place, tick);
    }

    /// <summary>A vehicle has come where it was driving.</summary>
    public void Arrives(int vehicle)
    {
        Leave(vehicle, at[vehicle]);
        (at[vehicle], to[vehicle]) = (to[vehicle]!.Value, null);
        Moves++;
    }

    /// <summary>A vehicle has a task, to be done by then.</summary>
    public void Begins(int vehicle, (int Row, int Column) goal, long tick, long until) => tasks[vehicle] = (goal, until, tick);

    /// <summary>A vehicle's task is said to be done.</summary>
    public void Ends(int vehicle, long tick)
    {
        if (tasks[vehicle] is not { } task || task.Goal != at[vehicle])
        {
            Fault($"tick {tick}: vehicle {vehicle} ends a task at {at[vehicle]}, and it leads to {tasks[vehicle]?.Goal}");
            return;
        }

        LongestTask = Math.Max(LongestTask, tick - task.Since);
        Overdue(vehicle, tick);
        tasks[vehicle] = null;
        Tasks++;
    }

    /// <summary>Whether any task is open; those beyond their bound are faults.</summary>
    public bool AnyOpen(long tick)
    {
        var open = false;
        for (var vehicle = 0; vehicle < vehicles; vehicle++)
        {
            open |= tasks[vehicle] is not null;
            Overdue(vehicle, tick);
        }

        return open;
    }

    private void Overdue(int vehicle, long tick)
    {
        if (tasks[vehicle] is { } task && tick > task.Until)
        {
            Fault($"tick {tick}: vehicle {vehicle} at {at[vehicle]} should have been at {task.Goal} by {task.Until}, since {task.Since}");
            tasks[vehicle] = task with { Until = long.MaxValue };
        }
    }

    private void Enter(int vehicle, (int Row, int Column) place, long tick)
    {
        if (holder[place.Row, place.Column] is > 0 and var other)
        {
            Fault(string.Create(CultureInfo.InvariantCulture, $"tick {tick}: vehicle {vehicle} drives into vehicle {other - 1} at {place}"));
        }

        holder[place.Row, place.Column] = vehicle + 1;
    }

    private void Leave(int vehicle, (int Row, int Column) place)
    {
        if (holder[place.Row, place.Column] == vehicle + 1)
        {
            holder[place.Row, place.Column] = 0;
        }
    }

    private bool MayDrive((int Row, int Column) from, (int Row, int Column) to)
    {
        var step = (to.Row - from.Row, to.Column - from.Column);
        var arrow = rows[from.Row][from.Column];
        return Math.Abs(step.Item1) + Math.Abs(step.Item2) == 1 && rows[to.Row][to.Column] != '#'
            && (arrow == '.' || rows[to.Row][to.Column] == '.'
                || step == arrow switch { '>' => (0, 1), '<' => (0, -1), 'v' => (1, 0), _ => (-1, 0) });
    }

    private void Fault(string what)
    {
        if (Faults.Count < FaultsKept)
        {
            Faults.Add(what);
        }
    }
}
