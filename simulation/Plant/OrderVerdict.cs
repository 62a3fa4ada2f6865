using System.Collections.Immutable;
using Warehouse.Devices.Vda5050;

namespace Warehouse.Simulation.Plant;

/// <summary>
/// What a conforming vehicle does with an order message (VDA 5050 2.1.0, 6.6.4.1 and figure 8; 3.0.0, 6.6.4): take it,
/// join it to the one it has, leave it because it has it, or refuse it. Pure.
/// </summary>
internal abstract record OrderVerdict
{
    private OrderVerdict()
    {
    }

    /// <summary>It has this order and update: only tell the state.</summary>
    public sealed record Same : OrderVerdict;

    /// <summary>A new order.</summary>
    public sealed record Begin(VdaOrder Order) : OrderVerdict;

    /// <summary>The order that it has, with the update joined to it.</summary>
    public sealed record Join(VdaOrder Order) : OrderVerdict;

    /// <summary>No, and the error's type in 2.x and in 3.0.0.</summary>
    public sealed record Refuse(string TypeOf2, string TypeOf3, string Why) : OrderVerdict;

    /// <summary>Judges a message.</summary>
    /// <param name="next">The message.</param>
    /// <param name="now">The order that the vehicle had last, whole; null when it remembers none.</param>
    /// <param name="cancelled">Whether that one was cancelled.</param>
    /// <param name="busy">Whether anything of it is left, horizon included.</param>
    /// <param name="here">The node where the vehicle stands.</param>
    /// <param name="knows">Whether there is such a node.</param>
    public static OrderVerdict Of(VdaOrder next, VdaOrder? now, bool cancelled, bool busy, string here, Func<string, bool> knows) =>
        Malformed(next, knows) is { } malformed ? new Refuse("validationError", "VALIDATION_FAILURE", malformed)
        : now is null || now.OrderId != next.OrderId ? OfNew(next, busy, here)
        : cancelled && next.OrderUpdateId > now.OrderUpdateId ? new Refuse("orderUpdateError", "ORDER_UPDATE_FOLLOWING_CANCEL", "the order was cancelled")
        : next.OrderUpdateId == now.OrderUpdateId ? new Same()
        : next.OrderUpdateId < now.OrderUpdateId ? new Refuse("orderUpdateError", "OUTDATED_ORDER_UPDATE", $"update {now.OrderUpdateId} is here already")
        : OfUpdate(next, now);

    private static OrderVerdict OfNew(VdaOrder next, bool busy, string here) =>
        busy ? new Refuse("orderUpdateError", "OTHER_ORDER_ACTIVE", "another order is not done yet")
        : next.Nodes[0].NodeId != here ? new Refuse("noRouteError", "START_NODE_OUT_OF_RANGE", $"the order does not begin at {here}")
        : new Begin(next);

    private static OrderVerdict OfUpdate(VdaOrder next, VdaOrder now)
    {
        var end = now.Nodes.Last(node => node.Released);
        if (next.Nodes[0].NodeId != end.NodeId || next.Nodes[0].SequenceId != end.SequenceId)
        {
            return new Refuse("orderUpdateError", "VALIDATION_FAILURE", $"the update does not begin at {end.NodeId} {end.SequenceId}");
        }

        return new Join(next with
        {
            Nodes = [.. now.Nodes.TakeWhile(node => node.SequenceId <= end.SequenceId), .. next.Nodes.Skip(1)],
            Edges = [.. now.Edges.TakeWhile(edge => edge.SequenceId < end.SequenceId), .. next.Edges],
        });
    }

    private static string? Malformed(VdaOrder order, Func<string, bool> knows)
    {
        if (order.Nodes.IsEmpty || order.Edges.Length != order.Nodes.Length - 1 || !order.Nodes[0].Released)
        {
            return "an order has one edge less than nodes, and its first node is released";
        }

        for (var i = 0; i < order.Nodes.Length; i++)
        {
            var expected = order.Nodes[0].SequenceId + (2u * (uint)i);
            if (order.Nodes[i].SequenceId != expected || expected % 2 != 0 || (i > 0 && order.Edges[i - 1].SequenceId != expected - 1))
            {
                return $"sequence ids have a gap at {order.Nodes[i].SequenceId}";
            }

            if (i > 0 && order.Nodes[i].Released && !order.Nodes[i - 1].Released)
            {
                return $"{order.Nodes[i].NodeId} is released behind what is not";
            }

            if (!knows(order.Nodes[i].NodeId))
            {
                return $"there is no node {order.Nodes[i].NodeId}";
            }
        }

        ImmutableArray<string> ids = [.. order.Nodes.SelectMany(node => node.Actions).Select(action => action.ActionId)];
        return ids.Distinct(StringComparer.Ordinal).Count() == ids.Length ? null : "an action id stands twice";
    }
}
