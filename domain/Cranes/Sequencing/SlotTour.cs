using System.Collections.Immutable;

namespace Warehouse.Domain.Cranes.Sequencing;

/// <summary>A tour through all slots and retrievals, and how it gets shorter.</summary>
internal sealed class SlotTour
{
    private readonly Arcs _arcs;
    private readonly int[] _order;
    private readonly int[] _kept;
    private readonly int[] _scratch;

    /// <summary>The tour that goes from each node to its next.</summary>
    public SlotTour(Arcs arcs, int[] next)
    {
        _arcs = arcs;
        _order = new int[arcs.Nodes];
        _kept = new int[arcs.Nodes];
        _scratch = new int[arcs.Nodes];
        for (var (at, node) = (0, 0); at < arcs.Nodes; at++, node = next[node])
        {
            _order[at] = node;
        }

        Cost = Measured();
    }

    /// <summary>Travel without the ways back.</summary>
    public long Cost { get; private set; }

    /// <summary>The next node of each by the cheapest assignment, its circles patched into one tour.</summary>
    /// <param name="arcs">What each step costs.</param>
    /// <param name="bound">The cost of the assignment alone.</param>
    public static int[] FromAssignment(Arcs arcs, out long bound)
    {
        var (slots, wanted) = (arcs.Slots, arcs.Nodes - arcs.Slots);
        var cost = new long[wanted * arcs.Nodes];
        for (var row = 0; row < wanted; row++)
        {
            for (var slot = 0; slot < arcs.Nodes; slot++)
            {
                cost[(row * arcs.Nodes) + slot] = arcs[slot, slots + row];
            }
        }

        var slotOf = Assignment.Solve(cost, wanted, arcs.Nodes);
        var next = new int[arcs.Nodes];
        Array.Fill(next, -1);
        bound = 0;
        for (var row = 0; row < wanted; row++)
        {
            next[slotOf[row]] = slots + row;
            bound += arcs[slotOf[row], slots + row];
        }

        Join(arcs, next);
        return next;
    }

    /// <summary>Exchanges segments, and turns them round, until nothing gets shorter.</summary>
    public void Improve()
    {
        while (ExchangeSegments() || TurnSegments())
        {
        }
    }

    /// <summary>Cuts the tour at four places near each other, joins it otherwise, improves it, and goes back when that was no gain.</summary>
    public void Kick(ref ulong seed)
    {
        var before = Cost;
        _order.CopyTo(_kept, 0);
        var span = Math.Min(_order.Length, KickSpan);
        if (span < 4)
        {
            return;
        }

        Rotate(Draw(ref seed, _order.Length));
        var (one, two, three) = (1 + Draw(ref seed, span - 2), 1 + Draw(ref seed, span - 2), 1 + Draw(ref seed, span - 2));
        var first = Math.Min(one, Math.Min(two, three));
        var last = Math.Max(one, Math.Max(two, three));
        var middle = one + two + three - first - last;
        if (first < middle && middle < last)
        {
            Reorder(first, middle, last, span);
            Cost = Measured();
            Improve();
        }

        if (Cost >= before)
        {
            _kept.CopyTo(_order, 0);
            Cost = before;
        }
    }

    /// <summary>The dual commands, each after the one that opens its slot.</summary>
    public ImmutableArray<DualCommand> Commands()
    {
        Rotate(Array.FindIndex(_order, node => node < _arcs.Slots));
        var commands = ImmutableArray.CreateBuilder<DualCommand>(_arcs.Nodes - _arcs.Slots);
        for (var at = 1; at < _order.Length; at++)
        {
            if (_order[at] >= _arcs.Slots)
            {
                commands.Add(new DualCommand(_order[at - 1], _order[at] - _arcs.Slots));
            }
        }

        return commands.ToImmutable();
    }

    private const int KickSpan = 30;

    /// <summary>Ends of paths go on to the next open slot; circles are patched in, the cheapest patch first.</summary>
    private static void Join(Arcs arcs, int[] next)
    {
        var inTour = new bool[arcs.Nodes];
        for (var slot = 0; slot < arcs.Slots; slot++)
        {
            var node = slot;
            for (inTour[node] = true; next[node] >= 0; inTour[node] = true)
            {
                node = next[node];
            }

            next[node] = (slot + 1) % arcs.Slots;
        }

        while (CheapestPatch(arcs, next, inTour) is { } patch)
        {
            (next[patch.Circle], next[patch.Tour]) = (next[patch.Tour], next[patch.Circle]);
            for (var node = patch.Circle; !inTour[node]; node = next[node])
            {
                inTour[node] = true;
            }

            for (var node = next[patch.Tour]; !inTour[node]; node = next[node])
            {
                inTour[node] = true;
            }
        }
    }

    private static (int Circle, int Tour)? CheapestPatch(Arcs arcs, int[] next, bool[] inTour)
    {
        (int, int)? cheapest = null;
        var least = long.MaxValue;
        for (var circle = 0; circle < arcs.Nodes; circle++)
        {
            for (var tour = 0; tour < arcs.Nodes && !inTour[circle]; tour++)
            {
                var more = inTour[tour]
                    ? arcs[circle, next[tour]] + arcs[tour, next[circle]] - arcs[circle, next[circle]] - arcs[tour, next[tour]]
                    : long.MaxValue;
                if (more < least)
                {
                    (cheapest, least) = ((circle, tour), more);
                }
            }
        }

        return cheapest;
    }

    /// <summary>Or-3-opt: two neighbouring segments change places. True when something got shorter.</summary>
    private bool ExchangeSegments()
    {
        var any = false;
        var length = _order.Length;
        for (var i = 0; i < length - 2; i++)
        {
            for (var j = i + 1; j < length - 1; j++)
            {
                var (a, b, c, d) = (_order[i], _order[i + 1], _order[j], _order[j + 1]);
                var gain = _arcs[a, b] + _arcs[c, d] - _arcs[a, d];
                if (gain <= 0)
                {
                    continue;
                }

                var fromC = _arcs.From(c);
                for (var k = j + 1; k < length; k++)
                {
                    var (e, f) = (_order[k], _order[k + 1 == length ? 0 : k + 1]);
                    var fromE = _arcs.From(e);
                    var more = fromE[b] + fromC[f] - fromE[f];
                    if (more < gain)
                    {
                        Reorder(i + 1, j + 1, k + 1, k + 1);
                        Cost -= gain - more;
                        any = true;
                        break;
                    }
                }
            }
        }

        return any;
    }

    /// <summary>2-opt: one segment is turned round; its own arcs change too, because ways into slots and out of them differ.</summary>
    private bool TurnSegments()
    {
        for (var i = 0; i < _order.Length - 2; i++)
        {
            long forth = 0, back = 0;
            for (var j = i + 2; j < _order.Length; j++)
            {
                forth += _arcs[_order[j - 1], _order[j]];
                back += _arcs[_order[j], _order[j - 1]];
                var after = _order[j + 1 == _order.Length ? 0 : j + 1];
                var gain = _arcs[_order[i], _order[i + 1]] + forth + _arcs[_order[j], after]
                    - _arcs[_order[i], _order[j]] - back - _arcs[_order[i + 1], after];
                if (gain > 0)
                {
                    Array.Reverse(_order, i + 1, j - i);
                    Cost -= gain;
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The segments [first, middle), [middle, last) and [last, end) in the opposite order; the last may be empty.</summary>
    private void Reorder(int first, int middle, int last, int end)
    {
        _order.AsSpan(first, end - first).CopyTo(_scratch);
        _scratch.AsSpan(last - first, end - last).CopyTo(_order.AsSpan(first));
        _scratch.AsSpan(middle - first, last - middle).CopyTo(_order.AsSpan(first + end - last));
        _scratch.AsSpan(0, middle - first).CopyTo(_order.AsSpan(first + end - middle));
    }

    private void Rotate(int by)
    {
        _order.AsSpan().CopyTo(_scratch);
        _scratch.AsSpan(by).CopyTo(_order);
        _scratch.AsSpan(0, by).CopyTo(_order.AsSpan(_order.Length - by));
    }

    private long Measured()
    {
        var cost = _arcs[_order[^1], _order[0]];
        for (var at = 1; at < _order.Length; at++)
        {
            cost += _arcs[_order[at - 1], _order[at]];
        }

        return cost;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
    private static int Draw(ref ulong seed, int below)
    {
        unchecked
        {
            seed += 0x9E3779B97F4A7C15;
            var mixed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)below);
        }
    }
}
