namespace Warehouse.Domain.Fleet.Planning;

/// <summary>
/// What it costs to get from any state to a goal's cell, whatever the heading there: a table for each goal, made when it
/// is first asked for and kept while the memory lasts. A cell has 32 bits: the cost from its best heading in the lower 16,
/// then four bits for each heading, what it costs more. So a table has four bytes a cell, and one read gives any heading.
/// </summary>
public sealed class DistanceTables
{
    /// <summary>From where the goal cannot be reached.</summary>
    public const int Unreachable = ushort.MaxValue;

    private const int Buckets = 256;

    private readonly MoveGraph graph;
    private readonly uint[]?[] tables;
    private readonly byte[] recent;
    private readonly int most;
    private readonly int[] before;
    private readonly int[] beforeStart;
    private readonly byte[] beforeCost;
    private readonly int[] distance;
    private readonly int[][] bucket = new int[Buckets][];
    private readonly int[] bucketCount = new int[Buckets];
    private int held;
    private int hand;

    /// <summary>No tables yet.</summary>
    /// <param name="graph">The floor.</param>
    /// <param name="costs">What moves cost.</param>
    /// <param name="bytesMost">How much memory the tables may take; there is always room for two.</param>
    public DistanceTables(MoveGraph graph, MoveCosts costs, long bytesMost)
        : this(graph, costs, bytesMost, from: false)
    {
    }

    private DistanceTables(MoveGraph graph, MoveCosts costs, long bytesMost, bool from)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(costs);
        this.graph = graph;
        tables = new uint[graph.Cells][];
        recent = new byte[graph.Cells];
        most = (int)Math.Clamp(bytesMost / (sizeof(uint) * (long)Math.Max(1, graph.Cells)), 2, int.MaxValue);
        (beforeStart, before, beforeCost) = Neighbours(graph, costs, from);
        distance = new int[graph.States];
        for (var i = 0; i < Buckets; i++)
        {
            bucket[i] = new int[256];
        }
    }

    /// <summary>Tables the other way: what it costs to get to any state from a cell, whatever the heading there.</summary>
    public static DistanceTables From(MoveGraph graph, MoveCosts costs, long bytesMost) => new(graph, costs, bytesMost, from: true);

    /// <summary>How many tables were made.</summary>
    public int Made { get; private set; }

    /// <summary>How many tables are held.</summary>
    public int Held => held;

    /// <summary>The table of a goal. It stays sound for who holds it when it is dropped here: nobody writes to it again.</summary>
    public uint[] Of(int goal)
    {
        recent[goal] = 1;
        return tables[goal] ?? Make(goal);
    }

    /// <summary>Whether the table is there already.</summary>
    public bool Has(int goal) => tables[goal] is not null;

    /// <summary>The cost from a state, read from a goal's table.</summary>
    public static int Read(uint[] table, int state)
    {
        var word = table[state >> 2];
        return (int)((word & 0xFFFF) + ((word >> (16 + ((state & 3) << 2))) & 15));
    }

    /// <summary>The cost from the best heading of a cell, read from a goal's table.</summary>
    public static int ReadCell(uint[] table, int cell) => (int)(table[cell] & 0xFFFF);

    private uint[] Make(int goal)
    {
        if (held == most)
        {
            Drop();
        }

        var table = new uint[graph.Cells];
        Search(goal);
        Pack(table);
        tables[goal] = table;
        held++;
        Made++;
        return table;
    }

    /// <summary>The clock: a table that was asked for since the hand last came by gets another round.</summary>
    private void Drop()
    {
        while (tables[hand] is null || recent[hand] != 0)
        {
            recent[hand] = 0;
            hand = hand + 1 == tables.Length ? 0 : hand + 1;
        }

        tables[hand] = null;
        held--;
    }

    /// <summary>Dial's search backwards from the goal: buckets of states by cost, modulo the dearest move.</summary>
    private void Search(int goal)
    {
        Array.Fill(distance, Unreachable);
        var waiting = 0;
        for (var heading = 0; heading < MoveGraph.Headings; heading++)
        {
            distance[goal * MoveGraph.Headings + heading] = 0;
            Push(0, goal * MoveGraph.Headings + heading);
            waiting++;
        }

        for (var cost = 0; waiting > 0 && cost < Unreachable; cost++)
        {
            var slot = cost & (Buckets - 1);
            for (var i = 0; i < bucketCount[slot]; i++)
            {
                var state = bucket[slot][i];
                waiting--;
                if (distance[state] == cost)
                {
                    waiting += Relax(state, cost);
                }
            }

            bucketCount[slot] = 0;
        }

        Array.Clear(bucketCount);
    }

    private int Relax(int state, int cost)
    {
        var pushed = 0;
        for (var at = beforeStart[state]; at < beforeStart[state + 1]; at++)
        {
            var (from, through) = (before[at], cost + beforeCost[at]);
            if (through < distance[from])
            {
                distance[from] = through;
                Push(through & (Buckets - 1), from);
                pushed++;
            }
        }

        return pushed;
    }

    private void Push(int slot, int state)
    {
        if (bucketCount[slot] == bucket[slot].Length)
        {
            Array.Resize(ref bucket[slot], bucket[slot].Length * 2);
        }

        bucket[slot][bucketCount[slot]++] = state;
    }

    private void Pack(uint[] table)
    {
        for (var cell = 0; cell < table.Length; cell++)
        {
            var of = distance.AsSpan(cell * MoveGraph.Headings, MoveGraph.Headings);
            var best = Math.Min(Math.Min(of[0], of[1]), Math.Min(of[2], of[3]));
            var word = (uint)best;
            for (var heading = 0; heading < MoveGraph.Headings; heading++)
            {
                word |= (uint)Math.Min(15, of[heading] - best) << (16 + 4 * heading);
            }

            table[cell] = word;
        }
    }

    /// <summary>For each state, from where one gets there in one move and at what cost; or, the other way, whereto.</summary>
    private static (int[] Start, int[] Before, byte[] Cost) Neighbours(MoveGraph graph, MoveCosts costs, bool from)
    {
        var start = new int[graph.States + 1];
        foreach (var one in Drives(graph))
        {
            start[(from ? one.From : one.To) + 1]++;
        }

        for (var state = 0; state < graph.States; state++)
        {
            start[state + 1] += start[state];
        }

        var (before, cost, filled) = (new int[start[^1]], new byte[start[^1]], start[..^1]);
        foreach (var one in Drives(graph))
        {
            var (at, other) = from ? (one.From, one.To) : (one.To, one.From);
            before[filled[at]] = other;
            cost[filled[at]++] = one.Move == Move.Forward ? costs.Drives[one.From] : (byte)costs.Turn;
        }

        return (start, before, cost);
    }

    private static IEnumerable<(int From, Move Move, int To)> Drives(MoveGraph graph)
    {
        for (var state = 0; state < graph.States; state++)
        {
            for (var move = Move.Forward; move <= Move.TurnLeft; move++)
            {
                var to = graph.Next[state * MoveGraph.Moves + (int)move];
                if (to >= 0 && to != state)
                {
                    yield return (state, move, to);
                }
            }
        }
    }
}
