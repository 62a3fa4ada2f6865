using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;

namespace Warehouse.Simulation.Fleet;

/// <summary>
/// A vehicle as it is: it drives to the end of the base that it knows, counts the nodes it has reached, and knows nothing
/// of the others.
/// </summary>
internal sealed class SoakVehicle(int number, VehicleId id, NodeId at)
{
    private readonly Queue<NodeId> ahead = new();
    private NodeId? target;
    private int remaining;

    public int Number => number;

    public VehicleId Id => id;

    public NodeId At { get; private set; } = at;

    /// <summary>Nodes reached, as it counts them itself.</summary>
    public long Reached { get; private set; }

    /// <summary>Until when it stands broken and silent.</summary>
    public long BrokenUntil { get; set; }

    public bool Standing => target is null;

    /// <summary>Its base as the controller has it: the first node is number <paramref name="reached"/>. What is old is passed over.</summary>
    public void Hear(long reached, ReadOnlySpan<NodeId> nodes)
    {
        var known = Reached + (target is null ? 0 : 1) + ahead.Count;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (reached + i == known + 1)
            {
                ahead.Enqueue(nodes[i]);
                known++;
            }
        }
    }

    /// <summary>It starts anew: what it was told is gone, save where it drives just now.</summary>
    public void Forget() => ahead.Clear();

    /// <summary>A person has set it down there, and told it its count.</summary>
    public void SetDown(NodeId node, long reached)
    {
        ahead.Clear();
        (At, target, Reached) = (node, null, reached);
    }

    /// <summary>One tick of driving: where it departs to now, and whether it has arrived.</summary>
    public (NodeId? Departs, bool Arrives) Tick(Func<int> driveTicks)
    {
        NodeId? departs = null;
        if (target is null && ahead.TryDequeue(out var next))
        {
            (departs, target, remaining) = (next, next, driveTicks());
        }

        if (target is not { } to || --remaining > 0)
        {
            return (departs, false);
        }

        (At, target) = (to, null);
        Reached++;
        return (departs, true);
    }
}
