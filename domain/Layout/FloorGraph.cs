using System.Collections.Immutable;

namespace Warehouse.Domain.Layout;

/// <summary>
/// A layout with its ways looked up: nodes are numbered in the order of their ids. Edges that lead to another floor or
/// into a no-go zone are no ways here.
/// </summary>
public sealed class FloorGraph
{
    private readonly int[] firstOut;
    private readonly int[] outs;
    private readonly int[] firstIn;
    private readonly int[] ins;
    private readonly ImmutableArray<NodeId> ids;

    /// <summary>The ways of a layout. Of several nodes with one id the first counts; <see cref="LayoutRules"/> tells such things.</summary>
    public FloorGraph(FloorLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
        Nodes = [.. layout.Nodes.DistinctBy(node => node.Point.Node).OrderBy(node => node.Point.Node)];
        ids = [.. Nodes.Select(node => node.Point.Node)];
        var closed = Nodes.Select(node => layout.Zones.Any(zone => zone.Kind == FloorZoneKind.NoGo && zone.Holds(node.Point))).ToArray();
        Ways =
        [
            .. layout.Edges.Select(edge => new FloorWay(edge, IndexOf(edge.From), IndexOf(edge.To)))
                .Where(way => way.From >= 0 && way.To >= 0 && way.From != way.To && !closed[way.From] && !closed[way.To]),
        ];
        (firstOut, outs) = Sorted(way => way.From);
        (firstIn, ins) = Sorted(way => way.To);
    }

    /// <summary>What it was made from.</summary>
    public FloorLayout Layout { get; }

    /// <summary>All nodes, by id.</summary>
    public ImmutableArray<FloorNode> Nodes { get; }

    /// <summary>All edges that can be driven on this floor.</summary>
    public ImmutableArray<FloorWay> Ways { get; }

    /// <summary>The number of a node, or -1.</summary>
    public int IndexOf(NodeId node) => ids.BinarySearch(node) is >= 0 and var at ? at : -1;

    /// <summary>The ways that leave a node, as numbers in <see cref="Ways"/>.</summary>
    public ReadOnlySpan<int> Out(int node) => outs.AsSpan(firstOut[node]..firstOut[node + 1]);

    /// <summary>The ways that lead to a node, as numbers in <see cref="Ways"/>.</summary>
    public ReadOnlySpan<int> In(int node) => ins.AsSpan(firstIn[node]..firstIn[node + 1]);

    /// <summary>Whether there is a way from one node straight to another.</summary>
    public bool Leads(NodeId from, NodeId to)
    {
        var start = IndexOf(from);
        if (start < 0)
        {
            return false;
        }

        foreach (var way in Out(start))
        {
            if (Ways[way].Edge.To == to)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Which nodes can be reached from one, itself included.</summary>
    /// <param name="from">The node.</param>
    /// <param name="backwards">True for the nodes from which it can be reached.</param>
    public bool[] Reached(int from, bool backwards = false)
    {
        var seen = new bool[Nodes.Length];
        var open = new Stack<int>([from]);
        seen[from] = true;
        while (open.TryPop(out var node))
        {
            foreach (var number in backwards ? In(node) : Out(node))
            {
                var next = backwards ? Ways[number].From : Ways[number].To;
                if (!seen[next])
                {
                    seen[next] = true;
                    open.Push(next);
                }
            }
        }

        return seen;
    }

    private (int[] First, int[] Numbers) Sorted(Func<FloorWay, int> end)
    {
        var first = new int[Nodes.Length + 1];
        foreach (var way in Ways)
        {
            first[end(way) + 1]++;
        }

        for (var node = 0; node < Nodes.Length; node++)
        {
            first[node + 1] += first[node];
        }

        return (first, [.. Enumerable.Range(0, Ways.Length).OrderBy(number => end(Ways[number]))]);
    }
}

/// <summary>An edge with the numbers of its nodes.</summary>
public readonly record struct FloorWay(FloorEdge Edge, int From, int To);
