using Warehouse.Domain.Fleet.Planning;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>
/// A floor's graph as moves: the headings of a node are its ways out, clockwise; who drives along a way looks along that
/// way out of the next node which leads straightest on. Turning from one heading to the next is one step.
/// </summary>
internal static class WayMoves
{
    /// <summary>The same moves without those to or from some cells.</summary>
    public static MoveGraph Without(MoveGraph graph, bool[] closed)
    {
        var next = graph.Next.ToArray();
        for (var at = (int)Move.Forward; at < next.Length; at += MoveGraph.Moves)
        {
            if (next[at] >= 0 && (closed[MoveGraph.CellOf(at / MoveGraph.Moves)] || closed[MoveGraph.CellOf(next[at])]))
            {
                next[at] = -1;
            }
        }

        return MoveGraph.Of(next, graph.Places.Span);
    }

    /// <summary>All moves of a floor.</summary>
    public static MoveGraph Of(FloorGraph floor)
    {
        var next = new int[floor.Nodes.Length * MoveGraph.Headings * MoveGraph.Moves];
        for (var node = 0; node < floor.Nodes.Length; node++)
        {
            var ways = Headings(floor, node);
            for (var heading = 0; heading < MoveGraph.Headings; heading++)
            {
                var state = node * MoveGraph.Headings + heading;
                var to = heading < ways.Length ? floor.Ways[ways[heading]].To : -1;
                var ahead = to < 0 ? -1 : State(floor, node, to);
                var at = state * MoveGraph.Moves;
                next[at + (int)Move.Wait] = state;
                next[at + (int)Move.Forward] = ahead;
                next[at + (int)Move.TurnRight] = node * MoveGraph.Headings + (heading + 1 < ways.Length ? heading + 1 : 0);
                next[at + (int)Move.TurnLeft] = node * MoveGraph.Headings + (heading > 0 ? Math.Min(heading, ways.Length) - 1 : Math.Max(0, ways.Length - 1));
            }
        }

        return MoveGraph.Of(next, [.. Enumerable.Range(0, floor.Nodes.Length)]);
    }

    /// <summary>The state of a vehicle where its base ends.</summary>
    public static int StateOf(FloorGraph floor, FleetVehicle vehicle)
    {
        var from = vehicle.Base.Length > 1 ? vehicle.Base[^2] : vehicle.Came;
        var end = floor.IndexOf(vehicle.End);
        return from is { } node ? State(floor, floor.IndexOf(node), end) : end * MoveGraph.Headings;
    }

    /// <summary>At a node, looking along the way out that goes on straightest after a drive from another one.</summary>
    private static int State(FloorGraph floor, int from, int at)
    {
        var ways = Headings(floor, at);
        var best = 0;
        for (var heading = 1; heading < ways.Length; heading++)
        {
            best = IsStraighter(floor, from, at, floor.Ways[ways[heading]].To, floor.Ways[ways[best]].To) ? heading : best;
        }

        return at * MoveGraph.Headings + best;
    }

    private static int[] Headings(FloorGraph floor, int node)
    {
        int[] ways = [.. floor.Out(node)];
        Array.Sort(ways, (one, other) => Clockwise(floor, node, floor.Ways[one].To, floor.Ways[other].To));
        return ways.Length > MoveGraph.Headings ? ways[..MoveGraph.Headings] : ways;
    }

    /// <summary>By angle, the one nearest to east (from above) first.</summary>
    private static int Clockwise(FloorGraph floor, int at, int one, int other)
    {
        var ((x, y), (x2, y2)) = (Towards(floor, at, one), Towards(floor, at, other));
        var (upper, upper2) = (IsUpper(x, y), IsUpper(x2, y2));
        var side = upper == upper2 ? Math.Sign(x * y2 - y * x2) : upper ? 1 : -1;
        return side != 0 ? side : one.CompareTo(other);
    }

    private static bool IsUpper(long x, long y) => y > 0 || (y == 0 && x < 0);

    /// <summary>Compares cosines by their squares, with their signs.</summary>
    private static bool IsStraighter(FloorGraph floor, int from, int at, int one, int other)
    {
        var (x, y) = Towards(floor, from, at);
        var ((x1, y1), (x2, y2)) = (Towards(floor, at, one), Towards(floor, at, other));
        var (dot1, dot2) = ((Int128)x * x1 + (Int128)y * y1, (Int128)x * x2 + (Int128)y * y2);
        var (square1, square2) = ((Int128)x1 * x1 + (Int128)y1 * y1, (Int128)x2 * x2 + (Int128)y2 * y2);
        return (dot1 / 1000) * Int128.Abs(dot1 / 1000) * square2 > (dot2 / 1000) * Int128.Abs(dot2 / 1000) * square1;
    }

    private static (long X, long Y) Towards(FloorGraph floor, int from, int to) => (
        (long)floor.Nodes[to].Point.XMillimetres - floor.Nodes[from].Point.XMillimetres,
        (long)floor.Nodes[to].Point.YMillimetres - floor.Nodes[from].Point.YMillimetres);
}
