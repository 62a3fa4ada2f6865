using System.Collections.Immutable;
using System.Globalization;

namespace Warehouse.Domain.Layout;

/// <summary>
/// The agents and tasks files of the League of Robot Runners (Start-Kit, "Input_Output_Format.md"): comment lines begin
/// with #, the first other line is a count, then one entry a line. An agent is its cell, facing east; a task is one or
/// more cells, to be visited in order.
/// </summary>
public static class RunnersFile
{
    /// <summary>Agents at most.</summary>
    public const int MaxAgents = 100_000;

    /// <summary>Tasks at most.</summary>
    public const int MaxTasks = 1_000_000;

    /// <summary>Cells of one task at most.</summary>
    public const int MaxErrands = 16;

    /// <summary>The cell of each agent.</summary>
    /// <returns>The cells (no two alike, all free), or none and what is wrong.</returns>
    public static (ImmutableArray<int> Cells, LayoutFault? Fault) ReadAgents(string text, GridMap map)
    {
        var (entries, fault) = Entries(text, map, MaxAgents, 1);
        if (fault is not null)
        {
            return ([], fault);
        }

        var taken = new bool[map.Width * map.Height];
        for (var agent = 0; agent < entries.Length; agent++)
        {
            if (taken[entries[agent][0]])
            {
                return ([], new(LayoutFaultKind.Occupied, agent + 2, 1, $"agent {agent} stands where another one does"));
            }

            taken[entries[agent][0]] = true;
        }

        return ([.. entries.Select(entry => entry[0])], null);
    }

    /// <summary>The cells of each task.</summary>
    /// <returns>The tasks, or none and what is wrong.</returns>
    public static (ImmutableArray<ImmutableArray<int>> Tasks, LayoutFault? Fault) ReadTasks(string text, GridMap map) =>
        Entries(text, map, MaxTasks, MaxErrands);

    private static (ImmutableArray<ImmutableArray<int>> Entries, LayoutFault? Fault) Entries(
        string text, GridMap map, int most, int cellsMost)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(map);
        var lines = new TextLines(text);
        var count = NextEntry(lines);
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var total) || total > most)
        {
            return ([], new(LayoutFaultKind.TooLarge, lines.Line, 1, $"the first line must say how many follow, at most {most}"));
        }

        var entries = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        while (entries.Count < total)
        {
            if (NextEntry(lines) is not { } line)
            {
                return ([], new(LayoutFaultKind.Missing, lines.Line, 0, $"there are {entries.Count} entries of {total}"));
            }

            var (entry, fault) = Entry(line, lines.Line, map, cellsMost);
            if (fault is not null)
            {
                return ([], fault);
            }

            entries.Add(entry);
        }

        return (entries.ToImmutable(), null);
    }

    private static (ImmutableArray<int> Cells, LayoutFault? Fault) Entry(string line, int at, GridMap map, int most)
    {
        var cells = ImmutableArray.CreateBuilder<int>(2);
        foreach (var range in line.AsSpan().Split(','))
        {
            if (cells.Count == most)
            {
                return ([], new(LayoutFaultKind.TooLarge, at, range.Start.Value + 1, $"an entry has at most {most} cells"));
            }

            if (!int.TryParse(line.AsSpan()[range].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var cell))
            {
                return ([], new(LayoutFaultKind.Malformed, at, range.Start.Value + 1, "a cell is a number"));
            }

            if (cell >= map.Width * map.Height || !map.IsFree(cell))
            {
                return ([], new(LayoutFaultKind.NotACell, at, range.Start.Value + 1, $"no vehicle can stand in cell {cell}"));
            }

            cells.Add(cell);
        }

        return (cells.ToImmutable(), null);
    }

    private static string? NextEntry(TextLines lines)
    {
        var line = lines.Next();
        while (line is not null && (line.StartsWith('#') || string.IsNullOrWhiteSpace(line)))
        {
            line = lines.Next();
        }

        return line;
    }
}
