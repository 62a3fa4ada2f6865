using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Layout;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.Fleet;

/// <summary>
/// A floor drawn as rows of signs: <c>#</c> is wall, <c>.</c> can be left in all four directions, and <c>&gt; v &lt; ^</c>
/// are a one-way road that is left along its arrow or into a <c>.</c> beside it.
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="Rows">From top to bottom, all of one length.</param>
public sealed record SoakMap(string Name, ImmutableArray<string> Rows)
{
    private const int Pitch = 1500;

    /// <summary>The maps that every soak drives: warehouse, sortation, random, corridor with a swap, dead ends, roundabout.</summary>
    public static ImmutableArray<SoakMap> All(ulong seed) =>
        [Warehouse(), Sortation(), Random(seed), Corridor(), DeadEnds(), Roundabout()];

    /// <summary>The layout of the drawing: a node for each sign that is no wall, an edge for each step.</summary>
    public FloorLayout ToLayout()
    {
        var nodes = ImmutableArray.CreateBuilder<FloorNode>();
        var edges = ImmutableArray.CreateBuilder<FloorEdge>();
        for (var row = 0; row < Rows.Length; row++)
        {
            for (var column = 0; column < Rows[row].Length; column++)
            {
                if (Rows[row][column] == '#')
                {
                    continue;
                }

                nodes.Add(new(new(Node(row, column), column * Pitch, -row * Pitch)));
                foreach (var (down, right) in new[] { (0, 1), (1, 0), (0, -1), (-1, 0) })
                {
                    if (Leads(row, column, down, right))
                    {
                        var (from, to) = (Node(row, column), Node(row + down, column + right));
                        edges.Add(new(new($"{from}-{to}"), from, to, Pitch));
                    }
                }
            }
        }

        return new(Name, nodes.ToImmutable(), edges.ToImmutable(), [], []);
    }

    /// <summary>The node of a place in the drawing.</summary>
    public static NodeId Node(int row, int column) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{row:000}-{column:000}"));

    private bool Leads(int row, int column, int down, int right)
    {
        var (toRow, toColumn) = (row + down, column + right);
        if (toRow < 0 || toRow >= Rows.Length || toColumn < 0 || toColumn >= Rows[toRow].Length || Rows[toRow][toColumn] == '#')
        {
            return false;
        }

        return Rows[toRow][toColumn] == '.' || Rows[row][column] switch
        {
            '.' => true,
            '>' => right == 1,
            '<' => right == -1,
            'v' => down == 1,
            _ => down == -1,
        };
    }

    /// <summary>Shelves of ten by two between aisles one wide, and a lane around.</summary>
    private static SoakMap Warehouse() => new("warehouse", Drawn(21, 46, (row, column) =>
        row is > 1 and < 19 && column is > 2 and < 43 && row % 3 != 1 && (column - 3) % 11 != 10));

    /// <summary>Pillars (chutes) on every third place.</summary>
    private static SoakMap Sortation() => new("sortation", Drawn(25, 43, (row, column) =>
        row % 3 == 1 && column % 3 == 1 && row is > 0 and < 24 && column is > 0 and < 42));

    /// <summary>A fifth is wall, drawn from the seed; what cannot be reached from the largest part is wall too.</summary>
    private static SoakMap Random(ulong seed)
    {
        var chance = new Chance(seed).For("random map");
        var walls = new SortedSet<(int, int)>();
        for (var row = 0; row < 32; row++)
        {
            for (var column = 0; column < 32; column++)
            {
                if (chance.Below(5) == 0)
                {
                    walls.Add((row, column));
                }
            }
        }

        var drawn = new SoakMap("random", Drawn(32, 32, (row, column) => walls.Contains((row, column))));
        var graph = new FloorGraph(drawn.ToLayout());
        var best = Enumerable.Range(0, graph.Nodes.Length).Select(node => graph.Reached(node)).MaxBy(part => part.Count(one => one))!;
        return drawn with
        {
            Rows = Drawn(32, 32, (row, column) => graph.IndexOf(Node(row, column)) is var node && (node < 0 || !best[node])),
        };
    }

    /// <summary>Two rooms joined by a corridor one wide, with one place in its middle to let somebody by.</summary>
    private static SoakMap Corridor() => new("corridor",
    [
        "......###########......",
        "......###########......",
        "......#####.#####......",
        ".......................",
        "......###########......",
        "......###########......",
    ]);

    /// <summary>A street with dead ends two deep on both sides.</summary>
    private static SoakMap DeadEnds() => new("dead ends",
    [
        "#.#.#.#.#.#.#.#.#.#.#",
        "#.#.#.#.#.#.#.#.#.#.#",
        ".....................",
        ".....................",
        "#.#.#.#.#.#.#.#.#.#.#",
        "#.#.#.#.#.#.#.#.#.#.#",
    ]);

    /// <summary>A one-way ring with bays inside and outside, as the demo's floor.</summary>
    private static SoakMap Roundabout() => new("roundabout",
    [
        "#.#.#.#.#.#.#.#.#",
        ".>>>>>>>>>>>>>>v#",
        "#^.#.#.#.#.#.#.v.",
        ".^#############v#",
        "#^.#.#.#.#.#.#.v.",
        ".^<<<<<<<<<<<<<<#",
        "#.#.#.#.#.#.#.#.#",
    ]);

    private static ImmutableArray<string> Drawn(int rows, int columns, Func<int, int, bool> isWall) =>
    [
        .. Enumerable.Range(0, rows).Select(row =>
            string.Concat(Enumerable.Range(0, columns).Select(column => isWall(row, column) ? '#' : '.'))),
    ];
}
