namespace Warehouse.Domain.Cranes.Sequencing;

/// <summary>
/// The cheapest way to give each row a column of its own: shortest augmenting paths with dual prices (Jonker and
/// Volgenant, Computing 38, 1987), O(rows² columns).
/// </summary>
internal static class Assignment
{
    /// <summary>A cost that stands for "not allowed"; sums of a few thousand of them still fit.</summary>
    public const long Forbidden = long.MaxValue / 65_536;

    /// <summary>Solves for a matrix stored row by row, with at least as many columns as rows.</summary>
    /// <returns>The column of each row.</returns>
    public static int[] Solve(ReadOnlySpan<long> cost, int rows, int columns)
    {
        if (rows > columns || cost.Length != rows * columns)
        {
            throw new ArgumentException($"{rows} rows cannot have columns of their own among {columns}", nameof(rows));
        }

        var rowPrice = new long[rows];
        var columnPrice = new long[columns];
        var rowOf = new int[columns];
        Array.Fill(rowOf, -1);
        var distance = new long[columns];
        var before = new int[columns];
        var settled = new bool[columns];
        for (var row = 0; row < rows; row++)
        {
            Augment(cost, columns, row, rowPrice, columnPrice, rowOf, distance, before, settled);
        }

        var columnOf = new int[rows];
        for (var column = 0; column < columns; column++)
        {
            if (rowOf[column] >= 0)
            {
                columnOf[rowOf[column]] = column;
            }
        }

        return columnOf;
    }

    /// <summary>Finds the cheapest alternating path from the row to a free column, and turns it over.</summary>
    private static void Augment(
        ReadOnlySpan<long> cost, int columns, int start, long[] rowPrice, long[] columnPrice, int[] rowOf,
        long[] distance, int[] before, bool[] settled)
    {
        Array.Fill(distance, long.MaxValue);
        Array.Clear(settled);
        Array.Fill(before, -1);
        var row = start;
        var last = -1;
        long reached = 0;
        int end;
        while (true)
        {
            var nearest = -1;
            for (var column = 0; column < columns; column++)
            {
                if (settled[column])
                {
                    continue;
                }

                var through = reached + cost[(row * columns) + column] - rowPrice[row] - columnPrice[column];
                if (through < distance[column])
                {
                    distance[column] = through;
                    before[column] = last;
                }

                if (nearest < 0 || distance[column] < distance[nearest])
                {
                    nearest = column;
                }
            }

            settled[nearest] = true;
            reached = distance[nearest];
            if (rowOf[nearest] < 0)
            {
                end = nearest;
                break;
            }

            (row, last) = (rowOf[nearest], nearest);
        }

        rowPrice[start] += reached;
        for (var column = 0; column < columns; column++)
        {
            if (settled[column] && column != end)
            {
                rowPrice[rowOf[column]] += reached - distance[column];
                columnPrice[column] -= reached - distance[column];
            }
        }

        for (var column = end; column >= 0;)
        {
            var previous = before[column];
            rowOf[column] = previous < 0 ? start : rowOf[previous];
            column = previous;
        }
    }
}
