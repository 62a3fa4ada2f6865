using Warehouse.Domain.Fleet.Planning;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>
/// Loosens jams that priority inheritance cannot: who stands in a dead end before one of higher priority that wants in,
/// two that meet in a corridor with one bay. While a vehicle has had its goal for far longer than usual, every other while
/// half of the vehicles around it (more of them the longer it lasts) go somewhere drawn instead, after all others. The draws follow from the
/// version of the floor, so a replay makes the same ones.
/// </summary>
internal static class JamShuffle
{
    /// <summary>Plans since a vehicle was sent after which it counts as jammed.</summary>
    private const int Jam = 100;

    /// <summary>Plans of one while.</summary>
    private const int While = 32;

    /// <summary>Jams that are loosened at a time, the oldest first.</summary>
    private const int JamsMost = 8;

    private const int NearNodes = 6;
    private const int NodesPerPlans = 40;

    /// <summary>Gives vehicles around jams other goals for this plan.</summary>
    public static void Loosen(FleetState fleet, ReadOnlySpan<VehicleId> ids, FleetView view)
    {
        var turn = fleet.Version / While;
        if (turn % 2 == 0)
        {
            return;
        }

        foreach (var jammed in Jammed(fleet))
        {
            var age = fleet.Version - jammed.SentIn - Jam;
            var near = Near(fleet.Graph, fleet.Graph.IndexOf(jammed.End), (int)Math.Min(NearNodes + age / NodesPerPlans, fleet.Graph.Nodes.Length));
            for (var i = 0; i < ids.Length; i++)
            {
                var draw = new PlanDraw(unchecked((ulong)turn * 1_000_003 + (ulong)i));
                if (near[MoveGraph.CellOf(view.States[i])] && !fleet.IsFixed(fleet.Vehicles[ids[i]]) && draw.Below(2) == 0)
                {
                    (view.Goals[i], view.Waited[i]) = (draw.Below(near.Length), 0);
                }
            }
        }
    }

    private static IEnumerable<FleetVehicle> Jammed(FleetState fleet) => fleet.Vehicles.Values
        .Where(vehicle => vehicle.Goal is not null && fleet.Version - vehicle.SentIn > Jam && !fleet.IsFixed(vehicle))
        .OrderBy(vehicle => vehicle.SentIn).Take(JamsMost);

    /// <summary>Nodes from which another can be reached, or the other way round, by a few edges.</summary>
    private static bool[] Near(FloorGraph graph, int from, int edges)
    {
        var near = new bool[graph.Nodes.Length];
        near[from] = true;
        List<int> rim = [from];
        for (var far = 0; far < edges && rim.Count > 0; far++)
        {
            var next = new List<int>();
            foreach (var node in rim)
            {
                Add(graph.Out(node), way => graph.Ways[way].To);
                Add(graph.In(node), way => graph.Ways[way].From);
            }

            rim = next;

            void Add(ReadOnlySpan<int> ways, Func<int, int> end)
            {
                foreach (var way in ways)
                {
                    if (!near[end(way)])
                    {
                        near[end(way)] = true;
                        next.Add(end(way));
                    }
                }
            }
        }

        return near;
    }
}
