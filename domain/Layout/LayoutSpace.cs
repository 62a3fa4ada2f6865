using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Fleet;

namespace Warehouse.Domain.Layout;

/// <summary>
/// The rules of a layout that look at distances: a vehicle owns nodes, so whatever it can touch must be a node of its
/// own. Straight edges are assumed; all arithmetic is in whole millimetres.
/// </summary>
internal static class LayoutSpace
{
    public static IEnumerable<LayoutFinding> Broken(FloorGraph graph, LayoutNeeds needs)
    {
        var points = graph.Nodes.Where((_, node) => graph.Out(node).Length + graph.In(node).Length > 0)
            .Select(node => node.Point).OrderBy(point => point.XMillimetres).ToImmutableArray();
        var ways = graph.Ways.DistinctBy(way => (Math.Min(way.From, way.To), Math.Max(way.From, way.To)))
            .Select(way => new Line(way.Edge, graph.Nodes[way.From].Point, graph.Nodes[way.To].Point))
            .OrderBy(line => line.Left).ToImmutableArray();
        return TooClose(points, needs).Concat(InTheWay(points, ways, needs)).Concat(Crossing(ways));
    }

    private static IEnumerable<LayoutFinding> TooClose(ImmutableArray<RoutePoint> points, LayoutNeeds needs)
    {
        for (var i = 0; i < points.Length; i++)
        {
            for (var j = i + 1; j < points.Length && Across(points[i], points[j]) < needs.VehicleLengthMillimetres; j++)
            {
                var square = Square(points[i], points[j]);
                if (square < (long)needs.VehicleLengthMillimetres * needs.VehicleLengthMillimetres)
                {
                    yield return new(
                        LayoutRule.NodesTooClose, $"node {points[i].Node}",
                        Text($"{points[j].Node} is nearer than a vehicle's {needs.VehicleLengthMillimetres} mm: two standing there touch"));
                }
            }
        }
    }

    private static IEnumerable<LayoutFinding> InTheWay(
        ImmutableArray<RoutePoint> points, ImmutableArray<Line> ways, LayoutNeeds needs)
    {
        var room = ((long)needs.VehicleLengthMillimetres + needs.VehicleWidthMillimetres) / 2;
        foreach (var way in ways)
        {
            for (var i = FirstFrom(points, way.Left - room); i < points.Length && points[i].XMillimetres <= way.Right + room; i++)
            {
                var point = points[i];
                if (point.Node != way.From.Node && point.Node != way.To.Node && way.PassesWithin(point, room))
                {
                    yield return new(
                        LayoutRule.NodeInTheWay, $"edge {way.Edge.Edge}", $"it passes {point.Node} so closely that it touches who stands there");
                }
            }
        }
    }

    private static IEnumerable<LayoutFinding> Crossing(ImmutableArray<Line> ways)
    {
        for (var i = 0; i < ways.Length; i++)
        {
            for (var j = i + 1; j < ways.Length && ways[j].Left <= ways[i].Right; j++)
            {
                if (ways[i].Crosses(ways[j]))
                {
                    yield return new(
                        LayoutRule.WaysCross, $"edge {ways[i].Edge.Edge}", $"it crosses {ways[j].Edge.Edge} where there is no node");
                }
            }
        }
    }

    private static int FirstFrom(ImmutableArray<RoutePoint> points, long left)
    {
        var (low, high) = (0, points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = points[middle].XMillimetres < left ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static long Across(RoutePoint one, RoutePoint other) => Math.Abs((long)other.XMillimetres - one.XMillimetres);

    private static long Square(RoutePoint one, RoutePoint other)
    {
        var (x, y) = ((long)other.XMillimetres - one.XMillimetres, (long)other.YMillimetres - one.YMillimetres);
        return x * x + y * y;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>An edge as a straight line; it stands for its way back too.</summary>
    private sealed class Line(FloorEdge edge, RoutePoint from, RoutePoint to)
    {
        public FloorEdge Edge => edge;

        public RoutePoint From => from;

        public RoutePoint To => to;

        public long Left { get; } = Math.Min(from.XMillimetres, to.XMillimetres);

        public long Right { get; } = Math.Max(from.XMillimetres, to.XMillimetres);

        /// <summary>Distance from the line below <paramref name="room"/>: by its foot within the line, or by its ends.</summary>
        public bool PassesWithin(RoutePoint point, long room)
        {
            var (x, y) = ((long)to.XMillimetres - from.XMillimetres, (long)to.YMillimetres - from.YMillimetres);
            var (px, py) = ((long)point.XMillimetres - from.XMillimetres, (long)point.YMillimetres - from.YMillimetres);
            var (along, length) = (px * x + py * y, x * x + y * y);
            if (along <= 0 || along >= length)
            {
                return false; // nearest to an end: that is the rule of nodes too close
            }

            Int128 aside = px * y - py * x;
            return aside * aside < (Int128)room * room * length;
        }

        public bool Crosses(Line other)
        {
            if (from.Node == other.From.Node || from.Node == other.To.Node || to.Node == other.From.Node || to.Node == other.To.Node)
            {
                return false;
            }

            return Turn(from, to, other.From) * Turn(from, to, other.To) < 0
                && Turn(other.From, other.To, from) * Turn(other.From, other.To, to) < 0;
        }

        private static int Turn(RoutePoint a, RoutePoint b, RoutePoint c) => Math.Sign(
            ((long)b.XMillimetres - a.XMillimetres) * ((long)c.YMillimetres - a.YMillimetres)
            - ((long)b.YMillimetres - a.YMillimetres) * ((long)c.XMillimetres - a.XMillimetres));
    }
}
