namespace Warehouse.Domain.Cranes.Sequencing;

/// <summary>
/// A block of dual commands as a tour: nodes are the slots, the open ones first, then those that retrievals open. The
/// arc from a slot to a retrieval is the dual command which stores in that slot, without its way back; the arc from any
/// node to an open slot costs nothing: the slot before it stays open. So every tour is an order that can be done, and
/// every order a tour.
/// </summary>
internal sealed class Arcs
{
    private readonly long[] _cost;

    private Arcs(int slots, int nodes)
    {
        (Slots, Nodes) = (slots, nodes);
        _cost = new long[nodes * nodes];
    }

    /// <summary>How many slots are open at the beginning.</summary>
    public int Slots { get; }

    /// <summary>Slots and retrievals.</summary>
    public int Nodes { get; }

    /// <summary>The ways back from all retrievals, which no order changes.</summary>
    public long Returns { get; private set; }

    /// <summary>The cost of going from one node to another.</summary>
    public long this[int from, int to] => _cost[(from * Nodes) + to];

    /// <summary>The costs of going from one node to each.</summary>
    public ReadOnlySpan<long> From(int node) => _cost.AsSpan(node * Nodes, Nodes);

    /// <summary>The arcs of a problem.</summary>
    public static Arcs Of(DualCommandProblem problem)
    {
        var arcs = new Arcs(problem.OpenSlots.Length, problem.OpenSlots.Length + problem.Retrievals.Length);
        for (var from = 0; from < arcs.Nodes; from++)
        {
            var way = problem.Travel(problem.Exchange, problem.Slot(from));
            for (var to = arcs.Slots; to < arcs.Nodes; to++)
            {
                arcs._cost[(from * arcs.Nodes) + to] = from == to
                    ? Assignment.Forbidden
                    : way + problem.Travel(problem.Slot(from), problem.Slot(to));
            }
        }

        for (var node = arcs.Slots; node < arcs.Nodes; node++)
        {
            arcs.Returns += problem.Travel(problem.Slot(node), problem.Exchange);
        }

        return arcs;
    }
}
