namespace Warehouse.Domain.Fleet.Planning;

/// <summary>
/// The operations a vehicle may choose from: sequences of as many moves as the horizon has steps (EPIBT, "Enhancing PIBT
/// via Multi-Action Operations", arXiv 2511.09193). Left out are those that turn for nothing: a turn that no drive
/// follows, a turn taken back, three turns one way; and of several that are in the same cells at the same steps and end
/// alike, all but one. Kept as a tree of moves, so that common beginnings are looked at once.
/// </summary>
internal sealed class Operations
{
    /// <summary>Steps at most: a key has eight bits for the operation, and there are 136 of five steps and some 380 of six.</summary>
    public const int MaxDepth = 5;

    private readonly Move[][] moves;

    private Operations(int depth, Move[][] moves)
    {
        Depth = depth;
        this.moves = moves;
        (NodeParent, NodeMove, NodeDepth, Leaves) = Tree(moves);
    }

    /// <summary>Steps of an operation.</summary>
    public int Depth { get; }

    /// <summary>How many there are; 0 is the one that is to be preferred among equals, the last is standing.</summary>
    public int Count => moves.Length;

    /// <summary>Standing all the time.</summary>
    public int Stand => moves.Length - 1;

    /// <summary>The tree: a node's parent comes before it; node 0 is the root.</summary>
    public short[] NodeParent { get; }

    /// <summary>The move that leads to a node.</summary>
    public byte[] NodeMove { get; }

    /// <summary>The step after which a vehicle is at a node.</summary>
    public byte[] NodeDepth { get; }

    /// <summary>The node at which each operation ends.</summary>
    public short[] Leaves { get; }

    /// <summary>An operation's moves.</summary>
    public ReadOnlySpan<Move> this[int operation] => moves[operation];

    public static Operations OfDepth(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, MaxDepth);
        var all = new List<Move[]>();
        for (var code = 0; code < 1 << (2 * depth); code++)
        {
            var one = new Move[depth];
            for (var step = 0; step < depth; step++)
            {
                one[step] = (Move)((code >> (2 * step)) & 3);
            }

            if (TurnsForSomething(one))
            {
                all.Add(one);
            }
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        Move[][] kept = [.. all.OrderByDescending(Eagerness).Where(one => seen.Add(TraceOf(one)))];
        return new(depth, [.. kept.Where(one => !Stands(one)), .. kept.Where(Stands)]);
    }

    private static bool Stands(Move[] one) => one.All(move => move == Move.Wait);

    private static bool TurnsForSomething(Move[] one)
    {
        var (right, left) = (0, 0);
        foreach (var move in one)
        {
            (right, left) = move switch
            {
                Move.Forward => (0, 0),
                Move.TurnRight => (right + 1, left),
                Move.TurnLeft => (right, left + 1),
                _ => (right, left),
            };
            if ((right > 0 && left > 0) || right > 2 || left > 2)
            {
                return false;
            }
        }

        return right + left == 0;
    }

    /// <summary>Drives early rather than late, and waits late rather than early.</summary>
    private static int Eagerness(Move[] one)
    {
        var sum = 0;
        for (var step = 0; step < one.Length; step++)
        {
            var left = one.Length - step;
            sum += one[step] switch { Move.Forward => (left + 1) * 10, Move.Wait => -3 * left, _ => -2 * left };
        }

        return sum;
    }

    /// <summary>Where it is at each step on an open floor, and which way it looks at the end.</summary>
    private static string TraceOf(Move[] one)
    {
        var (x, y, heading) = (0, 0, 0);
        var trace = new System.Text.StringBuilder();
        foreach (var move in one)
        {
            heading = move switch { Move.TurnRight => (heading + 1) % 4, Move.TurnLeft => (heading + 3) % 4, _ => heading };
            if (move == Move.Forward)
            {
                (x, y) = (x + (heading == 0 ? 1 : heading == 2 ? -1 : 0), y + (heading == 1 ? 1 : heading == 3 ? -1 : 0));
            }

            trace.Append(System.Globalization.CultureInfo.InvariantCulture, $"{x},{y};");
        }

        return trace.Append(heading).ToString();
    }

    private static (short[] Parent, byte[] Move, byte[] Depth, short[] Leaves) Tree(Move[][] moves)
    {
        List<short> parent = [-1];
        List<byte> by = [0];
        List<byte> depth = [0];
        var children = new SortedDictionary<(int Node, Move Move), short>();
        var leaves = new short[moves.Length];
        for (var operation = 0; operation < moves.Length; operation++)
        {
            short node = 0;
            for (var step = 0; step < moves[operation].Length; step++)
            {
                var move = moves[operation][step];
                if (!children.TryGetValue((node, move), out var child))
                {
                    child = (short)parent.Count;
                    children.Add((node, move), child);
                    parent.Add(node);
                    by.Add((byte)move);
                    depth.Add((byte)(step + 1));
                }

                node = child;
            }

            leaves[operation] = node;
        }

        return ([.. parent], [.. by], [.. depth], leaves);
    }
}
