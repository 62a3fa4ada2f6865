using System.Collections.Immutable;
using System.Globalization;

namespace Warehouse.Domain.Layout;

/// <summary>
/// What a floor must keep to, so that vehicles which own their nodes can neither touch nor shut each other in. Every rule
/// says what is wrong and where.
/// </summary>
public static class LayoutRules
{
    /// <summary>Findings that are told; a floor with more has one thing wrong many times.</summary>
    public const int FindingsMost = 200;

    /// <summary>Ways out of a node at most: as many headings as the planner counts.</summary>
    public const int WaysOutMost = 4;

    /// <summary>Every rule that a layout breaks, in the order of <see cref="LayoutRule"/>; empty when it is sound.</summary>
    public static ImmutableArray<LayoutFinding> Broken(FloorLayout layout, LayoutNeeds needs)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(needs);
        var names = Names(layout).Take(FindingsMost).ToImmutableArray();
        if (!names.IsEmpty)
        {
            return names; // the rules below look things up by their ids
        }

        var graph = new FloorGraph(layout);
        return [.. Edges(graph, needs).Concat(LayoutSpace.Broken(graph, needs)).Concat(Ways(graph)).Take(FindingsMost)];
    }

    private static IEnumerable<LayoutFinding> Names(FloorLayout layout) =>
    [
        .. Twice(layout.Nodes.Select(node => node.Point.Node.Text), "node"),
        .. Twice(layout.Edges.Select(edge => edge.Edge.Text), "edge"),
        .. Twice(layout.Stations.Select(station => station.Place.Text), "station"),
        .. Unknown(layout),
        .. layout.Edges.Where(edge => edge.From == edge.To).Select(edge => new LayoutFinding(
            LayoutRule.EdgeToItself, $"edge {edge.Edge}", $"it begins and ends at {edge.From}")),
    ];

    private static IEnumerable<LayoutFinding> Twice(IEnumerable<string> ids, string kind) => ids
        .GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Count() > 1).OrderBy(same => same.Key, StringComparer.Ordinal)
        .Select(same => new LayoutFinding(
            LayoutRule.DuplicateId, $"{kind} {same.Key}", Text($"{same.Count()} {kind}s have this id")));

    private static IEnumerable<LayoutFinding> Unknown(FloorLayout layout)
    {
        var known = layout.Nodes.Select(node => node.Point.Node).ToImmutableSortedSet();
        foreach (var edge in layout.Edges.Where(edge => !known.Contains(edge.From)))
        {
            yield return new(LayoutRule.UnknownNode, $"edge {edge.Edge}", $"it begins at {edge.From}, which is no node of this floor");
        }

        foreach (var station in layout.Stations)
        {
            foreach (var node in station.Nodes.Where(node => !known.Contains(node)))
            {
                yield return new(LayoutRule.UnknownNode, $"station {station.Place}", $"it names {node}, which is no node of this floor");
            }
        }
    }

    private static IEnumerable<LayoutFinding> Edges(FloorGraph graph, LayoutNeeds needs)
    {
        foreach (var (edge, _, _) in graph.Ways)
        {
            if (edge.LengthMillimetres < needs.VehicleLengthMillimetres)
            {
                yield return new(
                    LayoutRule.EdgeTooShort, $"edge {edge.Edge}",
                    Text($"it is {edge.LengthMillimetres} mm long, a vehicle {needs.VehicleLengthMillimetres} mm"));
            }
        }

        foreach (var (edge, _, _) in graph.Ways)
        {
            if (edge.WidthMillimetres < needs.VehicleWidthMillimetres)
            {
                yield return new(
                    LayoutRule.EdgeTooNarrow, $"edge {edge.Edge}",
                    Text($"it is {edge.WidthMillimetres} mm wide, a vehicle {needs.VehicleWidthMillimetres} mm"));
            }
        }
    }

    private static IEnumerable<LayoutFinding> Ways(FloorGraph graph)
    {
        var findings = new List<LayoutFinding>();
        for (var node = 0; node < graph.Nodes.Length; node++)
        {
            var (ways, inward) = (graph.Out(node).Length, graph.In(node).Length);
            var where = $"node {graph.Nodes[node].Point.Node}";
            if (ways > WaysOutMost)
            {
                findings.Add(new(LayoutRule.TooManyWaysOut, where, Text($"{ways} edges leave it, {WaysOutMost} are the most")));
            }
            else if (ways == 0 && inward > 0)
            {
                findings.Add(new(LayoutRule.NoWayOut, where, "edges lead there and none leaves it: a vehicle would stay for good"));
            }
            else if (inward == 0 && ways > 0)
            {
                findings.Add(new(LayoutRule.NoWayIn, where, "edges leave it and none leads there: no vehicle would come"));
            }
        }

        return findings.OrderBy(finding => finding.Rule).Concat(Reach(graph));
    }

    /// <summary>The floor is the part that holds most nodes and in which every node can be reached from every other.</summary>
    private static IEnumerable<LayoutFinding> Reach(FloorGraph graph)
    {
        var part = LargestPart(graph);
        foreach (var station in graph.Layout.Stations)
        {
            if (!station.Nodes.Any(node => part[graph.IndexOf(node)]))
            {
                yield return new(
                    LayoutRule.UnreachableStation, $"station {station.Place}",
                    station.Nodes.IsEmpty ? "it has no node" : "there is no way from the floor to any of its nodes and back");
            }
        }

        var outside = Enumerable.Range(0, graph.Nodes.Length)
            .Where(node => !part[node] && graph.Out(node).Length > 0 && graph.In(node).Length > 0)
            .Select(node => graph.Nodes[node].Point.Node.Text).ToArray();
        if (outside.Length > 0)
        {
            yield return new(
                LayoutRule.FallsApart, "floor",
                Text($"{outside.Length} nodes have no way there and back to the other {part.Count(one => one)}: {string.Join(", ", outside.Take(10))}"));
        }
    }

    private static bool[] LargestPart(FloorGraph graph)
    {
        var best = new bool[graph.Nodes.Length];
        var (most, assigned) = (0, new bool[graph.Nodes.Length]);
        for (var node = 0; node < graph.Nodes.Length; node++)
        {
            if (assigned[node])
            {
                continue;
            }

            var (there, back) = (graph.Reached(node), graph.Reached(node, backwards: true));
            var size = 0;
            for (var other = 0; other < there.Length; other++)
            {
                there[other] &= back[other];
                assigned[other] |= there[other];
                size += there[other] ? 1 : 0;
            }

            (most, best) = size > most ? (size, there) : (most, best);
        }

        return best;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
