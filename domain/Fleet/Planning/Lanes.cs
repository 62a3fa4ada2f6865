using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet.Planning;

/// <summary>
/// Guidance for a grid: every row and every column is a lane with a direction of its own, and driving against it costs
/// more. Neighbouring lanes alternate, and so do neighbouring aisles (lanes with a wall on both sides somewhere), however
/// many lanes lie between them: so traffic splits into one-way streams without anything being forbidden.
/// </summary>
public static class Lanes
{
    /// <summary>Costs with lanes.</summary>
    /// <param name="map">The grid.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="against">What a drive against its lane costs, <see cref="MoveCosts.Drive"/> to <see cref="MoveCosts.MostDrive"/>.</param>
    /// <param name="turn">What a quarter turn costs, 1 to <see cref="MoveCosts.MostTurn"/>.</param>
    public static MoveCosts Of(GridMap map, MoveGraph graph, int against, int turn = MoveCosts.Drive)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(graph);
        var rows = Directions(Narrow(map, map.Height, map.Width, (row, column) => (row, column)));
        var columns = Directions(Narrow(map, map.Width, map.Height, (column, row) => (row, column)));
        var drives = new byte[graph.States];
        for (var state = 0; state < drives.Length; state++)
        {
            var (row, column) = Math.DivRem(graph.Places.Span[MoveGraph.CellOf(state)], map.Width);
            var along = (state % MoveGraph.Headings) switch
            {
                0 => rows[row],
                1 => columns[column],
                2 => !rows[row],
                _ => !columns[column],
            };
            drives[state] = (byte)(along ? MoveCosts.Drive : against);
        }

        return MoveCosts.Of(graph, drives, turn);
    }

    /// <summary>For each line, how many of its cells have a wall or the edge on both sides.</summary>
    private static int[] Narrow(GridMap map, int lines, int length, Func<int, int, (int Row, int Column)> at)
    {
        var narrow = new int[lines];
        bool Free(int line, int along)
        {
            var (row, column) = at(line, along);
            return line >= 0 && line < lines && map.IsFree(row * map.Width + column);
        }

        for (var line = 0; line < lines; line++)
        {
            for (var along = 0; along < length; along++)
            {
                narrow[line] += Free(line, along) && !Free(line - 1, along) && !Free(line + 1, along) ? 1 : 0;
            }
        }

        return narrow;
    }

    private static bool[] Directions(int[] narrow)
    {
        var directions = new bool[narrow.Length];
        var aisle = narrow.Max() / 8 + 1;
        var (last, lastAisle) = (false, false);
        for (var line = 0; line < narrow.Length; line++)
        {
            if (narrow[line] >= aisle)
            {
                lastAisle = !lastAisle;
                directions[line] = lastAisle;
            }
            else
            {
                directions[line] = !last;
            }

            last = directions[line];
        }

        return directions;
    }
}
