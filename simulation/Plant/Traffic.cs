using Warehouse.Domain.Layout;

namespace Warehouse.Simulation.Plant;

/// <summary>
/// What the vehicles' own scanners see: a node holds one vehicle, and nobody enters one that is taken. Who wants to
/// leave the loop at a stop that is still taken waits one node before, so that whoever stands there can get out.
/// </summary>
public sealed class Traffic
{
    private readonly SortedDictionary<NodeId, VirtualVehicle> taken = [];
    private readonly List<(VirtualVehicle Vehicle, NodeId Node, NodeId? Beyond, Action Enter)> waiting = [];

    /// <summary>Who is at the node, or on its way there.</summary>
    public VirtualVehicle? At(NodeId node) => taken.GetValueOrDefault(node);

    /// <summary>Nodes that are taken now.</summary>
    public IReadOnlyDictionary<NodeId, VirtualVehicle> Taken => taken;

    /// <summary>Stand there from the start.</summary>
    public void Stand(VirtualVehicle vehicle, NodeId node)
    {
        if (!taken.TryAdd(node, vehicle))
        {
            throw new InvalidOperationException($"{vehicle.Id} and {taken[node].Id} are both at {node}");
        }
    }

    /// <summary>Take the node as soon as it is free (and the stop beyond it, where the way ends there), then go on.</summary>
    public void Enter(VirtualVehicle vehicle, NodeId node, NodeId? beyond, Action enter)
    {
        waiting.Add((vehicle, node, beyond, enter));
        Admit();
    }

    /// <summary>The vehicle waits no more to enter a node; true when it did.</summary>
    public bool GiveUp(VirtualVehicle vehicle) => waiting.RemoveAll(one => one.Vehicle == vehicle) > 0;

    /// <summary>The vehicle has left the node.</summary>
    public void Leave(VirtualVehicle vehicle, NodeId node)
    {
        if (taken.TryGetValue(node, out var there) && there == vehicle)
        {
            taken.Remove(node);
            Admit();
        }
    }

    private void Admit()
    {
        for (var i = 0; i < waiting.Count; i++)
        {
            var (vehicle, node, beyond, enter) = waiting[i];
            if (taken.ContainsKey(node) || (beyond is { } stop && taken.TryGetValue(stop, out var there) && there != vehicle))
            {
                continue;
            }

            waiting.RemoveAt(i);
            taken.Add(node, vehicle);
            enter();
            i = -1;
        }
    }
}
