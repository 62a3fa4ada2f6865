using CsCheck;
using Warehouse.Domain.Fleet.Planning;

namespace Warehouse.Domain.Tests.Fleet.Planning;

public sealed class DistanceTablesTests
{
    private static readonly string[] Rows = ["....@", ".@...", ".@.@.", "....."];

    /// <summary>Against a model that knows no buckets and no packing: relax every move until nothing changes.</summary>
    [Fact]
    public void Distances_are_those_of_the_plainest_search() => Gen.Select(Gen.Int[4, 255], Gen.Int[1, MoveCosts.MostTurn]).Sample((against, turn) =>
    {
        var map = TestFloor.MapOf(Rows);
        var graph = MoveGraph.OfGrid(map);
        var costs = Lanes.Of(map, graph, against, turn);
        var (to, from) = (new DistanceTables(graph, costs, 0), DistanceTables.From(graph, costs, 0));
        for (var goal = 0; goal < graph.Cells; goal++)
        {
            var (plainTo, plainFrom) = (Plain(graph, costs, goal, from: false), Plain(graph, costs, goal, from: true));
            for (var state = 0; state < graph.States; state++)
            {
                Assert.Equal(plainTo[state], DistanceTables.Read(to.Of(goal), state));
                Assert.Equal(plainFrom[state], DistanceTables.Read(from.Of(goal), state));
            }
        }

        Assert.Equal(2, to.Held);
        Assert.Equal(graph.Cells, to.Made);
    }, iter: 20);

    [Fact]
    public void Lanes_alternate_and_forbid_nothing()
    {
        var map = TestFloor.MapOf(Rows);
        var graph = MoveGraph.OfGrid(map);
        var costs = Lanes.Of(map, graph, against: 40);
        for (var state = 0; state < graph.States; state++)
        {
            var back = state ^ 2;
            Assert.Equal(44, costs.Drives[state] + costs.Drives[back]);
        }

        Assert.NotEqual(costs.Drives[graph.CellAt(0) * MoveGraph.Headings], costs.Drives[graph.CellAt(15) * MoveGraph.Headings]);
    }

    private static int[] Plain(MoveGraph graph, MoveCosts costs, int goal, bool from)
    {
        var distance = new int[graph.States];
        Array.Fill(distance, DistanceTables.Unreachable);
        distance.AsSpan(goal * MoveGraph.Headings, MoveGraph.Headings).Clear();
        for (var changed = true; changed;)
        {
            changed = false;
            for (var at = 0; at < graph.Next.Length; at++)
            {
                var (state, next) = (at / MoveGraph.Moves, graph.Next[at]);
                var cost = at % MoveGraph.Moves == (int)Move.Forward ? costs.Drives[state] : costs.Turn;
                var (near, far) = from ? (state, next) : (next, state);
                if (next >= 0 && next != state && distance[near] + cost < distance[far])
                {
                    distance[far] = distance[near] + cost;
                    changed = true;
                }
            }
        }

        return distance;
    }
}
