using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet.Planning;

/// <summary>What a vehicle does in one step.</summary>
public enum Move
{
    /// <summary>Stand.</summary>
    Wait,
    /// <summary>Drive to the cell ahead.</summary>
    Forward,
    /// <summary>Turn to the next heading clockwise, in its cell.</summary>
    TurnRight,
    /// <summary>Turn to the next heading counter-clockwise, in its cell.</summary>
    TurnLeft,
}

/// <summary>
/// A floor as the planner sees it: cells that hold one vehicle, and up to four headings in each. A <em>state</em> is cell
/// × 4 + heading; from a state there are four moves, each of one step. On a grid the headings are east, south, west and
/// north. On any other layout a node's headings are its ways out, in clockwise order, and driving along a way ends in
/// the heading in which it arrives; a node has at most four ways out.
/// </summary>
public sealed class MoveGraph
{
    /// <summary>Headings of a cell.</summary>
    public const int Headings = 4;

    /// <summary>Moves from a state.</summary>
    public const int Moves = 4;

    private readonly int[] next;

    private MoveGraph(int cells, int[] next, int[] place)
    {
        Cells = cells;
        this.next = next;
        Places = place;
        Check();
    }

    /// <summary>How many cells there are.</summary>
    public int Cells { get; }

    /// <summary>How many states there are.</summary>
    public int States => Cells * Headings;

    /// <summary>Where a state leads by a move, at state × 4 + move; -1 when there is no way ahead. Waiting leads to the state itself.</summary>
    public ReadOnlySpan<int> Next => next;

    /// <summary>The number that each cell has in the layout it was made from: on a grid row × width + column.</summary>
    public ReadOnlyMemory<int> Places { get; }

    /// <summary>The cell of a state.</summary>
    public static int CellOf(int state) => state >> 2;

    /// <summary>
    /// A grid of square cells, each joined with its four neighbours. Cells near each other get numbers near each other
    /// (tiles of four by four), for the processor's caches.
    /// </summary>
    public static MoveGraph OfGrid(GridMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var cellOf = new int[map.Width * map.Height];
        Array.Fill(cellOf, -1);
        var places = new List<int>();
        for (var tile = 0; tile < Tiles(map.Width) * Tiles(map.Height); tile++)
        {
            for (var i = 0; i < TileSide * TileSide; i++)
            {
                var row = tile / Tiles(map.Width) * TileSide + i / TileSide;
                var column = tile % Tiles(map.Width) * TileSide + i % TileSide;
                if (row < map.Height && column < map.Width && map.IsFree(row * map.Width + column))
                {
                    cellOf[row * map.Width + column] = places.Count;
                    places.Add(row * map.Width + column);
                }
            }
        }

        var next = new int[places.Count * Headings * Moves];
        for (var cell = 0; cell < places.Count; cell++)
        {
            var (row, column) = Math.DivRem(places[cell], map.Width);
            for (var heading = 0; heading < Headings; heading++)
            {
                var (toRow, toColumn) = (row + DownOf(heading), column + RightOf(heading));
                var inside = toRow >= 0 && toRow < map.Height && toColumn >= 0 && toColumn < map.Width;
                var ahead = inside ? cellOf[toRow * map.Width + toColumn] : -1;
                var at = (cell * Headings + heading) * Moves;
                next[at + (int)Move.Wait] = cell * Headings + heading;
                next[at + (int)Move.Forward] = ahead < 0 ? -1 : ahead * Headings + heading;
                next[at + (int)Move.TurnRight] = cell * Headings + (heading + 1) % Headings;
                next[at + (int)Move.TurnLeft] = cell * Headings + (heading + 3) % Headings;
            }
        }

        return new(places.Count, next, [.. places]);
    }

    /// <summary>Any layout. Refuses (throws) a table that is not a graph of cells as described above.</summary>
    /// <param name="next">Where a state leads by a move, at state × 4 + move, as <see cref="Next"/> has it.</param>
    /// <param name="places">What each cell is called in the layout.</param>
    public static MoveGraph Of(ReadOnlySpan<int> next, ReadOnlySpan<int> places) =>
        new(places.Length, next.ToArray(), places.ToArray());

    /// <summary>The cell that is called so in the layout, or -1.</summary>
    public int CellAt(int place) => Places.Span.IndexOf(place);

    private const int TileSide = 4;

    private static int Tiles(int side) => (side + TileSide - 1) / TileSide;

    private static int DownOf(int heading) => heading switch { 1 => 1, 3 => -1, _ => 0 };

    private static int RightOf(int heading) => heading switch { 0 => 1, 2 => -1, _ => 0 };

    private void Check()
    {
        if (next.Length != States * Moves)
        {
            throw new ArgumentException($"{Cells} cells have {States * Moves} moves, the table has {next.Length}");
        }

        for (var at = 0; at < next.Length; at++)
        {
            var (state, to) = (at / Moves, next[at]);
            var sound = (Move)(at % Moves) switch
            {
                Move.Wait => to == state,
                Move.Forward => to == -1 || (to >= 0 && to < States && CellOf(to) != CellOf(state)),
                _ => to >= 0 && to < States && CellOf(to) == CellOf(state),
            };
            if (!sound)
            {
                throw new ArgumentException($"state {state} may not lead to {to} by {(Move)(at % Moves)}");
            }
        }
    }
}
