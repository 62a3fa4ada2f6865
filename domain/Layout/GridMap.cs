using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace Warehouse.Domain.Layout;

/// <summary>
/// A floor of equal square cells, as the MovingAI benchmark writes it: <c>type octile</c>, <c>height</c>, <c>width</c>,
/// <c>map</c>, then a line for each row (Sturtevant 2012, "Benchmarks for Grid-Based Pathfinding"). A cell is numbered
/// row × width + column from the upper left corner; the League of Robot Runners numbers its cells alike.
/// </summary>
public sealed class GridMap
{
    /// <summary>Rows or columns at most.</summary>
    public const int MaxSide = 4096;

    /// <summary>Cells at most, blocked ones included.</summary>
    public const int MaxCells = 1 << 22;

    private const int HeaderLines = 4;

    private static readonly SearchValues<char> Known = SearchValues.Create(".GSE@OTW");

    private GridMap(int width, int height, ImmutableArray<char> signs)
    {
        Width = width;
        Height = height;
        Signs = signs;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The sign of each cell as the file has it: in warehouses, E is a station's cell and S one beside a shelf.</summary>
    public ImmutableArray<char> Signs { get; }

    /// <summary>Whether a vehicle can stand there. In the benchmark's words: <c>.</c>, <c>G</c> and <c>S</c> are free; the League adds <c>E</c>.</summary>
    public bool IsFree(int cell) => Signs[cell] is '.' or 'G' or 'S' or 'E';

    /// <summary>Reads a map. The text may end in blank lines.</summary>
    /// <returns>The map, or none and what is wrong.</returns>
    public static (GridMap? Map, LayoutFault? Fault) Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new TextLines(text);
        if (lines.Next() is not ("type octile" or "type tile"))
        {
            return Refused(LayoutFaultKind.Malformed, lines.Line, 1, "the first line must be \"type octile\"");
        }

        var (height, heightFault) = Side(lines.Next(), "height", lines.Line);
        var (width, widthFault) = heightFault is null ? Side(lines.Next(), "width", lines.Line) : default;
        if ((heightFault ?? widthFault) is { } fault)
        {
            return (null, fault);
        }

        if ((long)width * height > MaxCells)
        {
            return Refused(LayoutFaultKind.TooLarge, lines.Line, 0, $"a map has at most {MaxCells} cells, this one {(long)width * height}");
        }

        return lines.Next() is "map"
            ? Rows(lines, width, height)
            : Refused(LayoutFaultKind.Malformed, HeaderLines, 1, "the fourth line must be \"map\"");
    }

    private static (GridMap? Map, LayoutFault? Fault) Rows(TextLines lines, int width, int height)
    {
        var signs = ImmutableArray.CreateBuilder<char>(width * height);
        for (var row = 0; row < height; row++)
        {
            if (lines.Next() is not { } line)
            {
                return Refused(LayoutFaultKind.Missing, lines.Line, 0, $"the map has {row} rows of {height}");
            }

            if (line.Length != width)
            {
                return Refused(LayoutFaultKind.Malformed, lines.Line, 0, $"the row has {line.Length} cells, width says {width}");
            }

            if (line.AsSpan().IndexOfAnyExcept(Known) is var at and >= 0)
            {
                return Refused(LayoutFaultKind.Malformed, lines.Line, at + 1, $"no such cell: {(int)line[at]:X4}");
            }

            signs.AddRange(line.AsSpan());
        }

        while (lines.Next() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                return Refused(LayoutFaultKind.Malformed, lines.Line, 0, $"the map has more than {height} rows");
            }
        }

        return (new GridMap(width, height, signs.MoveToImmutable()), null);
    }

    private static (int Value, LayoutFault? Fault) Side(string? line, string name, int at)
    {
        if (line?.StartsWith(name + " ", StringComparison.Ordinal) is not true)
        {
            return (0, new(LayoutFaultKind.Missing, at, 1, $"the line must be \"{name}\" and a number"));
        }

        var text = line.AsSpan(name.Length + 1).Trim();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is < 1 or > MaxSide)
        {
            return (0, new(LayoutFaultKind.TooLarge, at, name.Length + 2, $"{name} must be 1 to {MaxSide}"));
        }

        return (value, null);
    }

    private static (GridMap? Map, LayoutFault? Fault) Refused(LayoutFaultKind kind, int line, int column, string reason) =>
        (null, new(kind, line, column, reason));
}
