namespace Warehouse.Devices.Vda5050;

/// <summary>What a vehicle's factsheet says it can take (protocolLimits), and whether a message of ours keeps it. Pure.</summary>
internal static class ProtocolLimits
{
    /// <summary>Most nodes of an order message; how many the vehicle's factsheet and the manifest allow, at least 2.</summary>
    public static int OrderNodes(VdaProtocolLimits? limits, int asked)
    {
        var nodes = Set(limits?.MaximumArrayLengths?.OrderNodes) ?? int.MaxValue;
        var edges = Set(limits?.MaximumArrayLengths?.OrderEdges) is { } most ? most + 1 : int.MaxValue;
        return Math.Max(2, Math.Min(Math.Min(nodes, edges), asked > 0 ? asked : int.MaxValue));
    }

    /// <summary>Milliseconds between order messages.</summary>
    public static long OrderInterval(VdaProtocolLimits? limits) =>
        (long)(Math.Clamp(limits?.Timing?.MinimumOrderInterval ?? 0, 0, 3_600) * 1000);

    /// <summary>Which limit an order breaks; null when it keeps all.</summary>
    public static string? Breach(VdaOrder order, int bytes, VdaProtocolLimits? limits)
    {
        var ids = order.Nodes.Select(node => node.NodeId).Concat(order.Edges.Select(edge => edge.EdgeId)).Append(order.OrderId)
            .Concat(order.Nodes.SelectMany(node => node.Actions).Select(action => action.ActionId));
        return Breach(ids, bytes, limits)
            ?? Over(order.Nodes.Max(node => node.Actions.Length), limits?.MaximumArrayLengths?.NodeActions, "node.actions")
            ?? order.Nodes.SelectMany(node => node.Actions).Select(action => Breach(action, limits)).FirstOrDefault(breach => breach is not null);
    }

    /// <summary>Which limit instant actions break; null when they keep all.</summary>
    public static string? Breach(VdaInstantActions actions, int bytes, VdaProtocolLimits? limits) =>
        Breach(actions.Actions.Select(action => action.ActionId), bytes, limits)
            ?? Over(actions.Actions.Length, limits?.MaximumArrayLengths?.InstantActions, "instantActions")
            ?? actions.Actions.Select(action => Breach(action, limits)).FirstOrDefault(breach => breach is not null);

    private static string? Breach(VdaAction action, VdaProtocolLimits? limits) =>
        Over(action.ActionParameters?.Length ?? 0, limits?.MaximumArrayLengths?.ActionParameters, "actions.actionsParameters")
            ?? Over(action.Parameter("loadId")?.Length ?? 0, limits?.MaximumStringLengths?.MaximumLoadIdLength, "loadId");

    private static string? Breach(IEnumerable<string> ids, int bytes, VdaProtocolLimits? limits)
    {
        if (limits?.MaximumStringLengths is not { } strings)
        {
            return null;
        }

        foreach (var id in ids)
        {
            if (strings.IdNumericalOnly == true && !id.All(char.IsAsciiDigit))
            {
                return $"the vehicle takes only ids of digits, and '{id}' is none";
            }

            if (Over(id.Length, strings.MaximumIdLength, $"id '{id}'") is { } over)
            {
                return over;
            }
        }

        return Over(bytes, strings.MaximumMessageLength, "message length");
    }

    private static string? Over(int length, int? most, string what) =>
        Set(most) is { } limit && length > limit ? $"the vehicle's limit of {what} is {limit}, and this has {length}" : null;

    private static int? Set(int? limit) => limit > 0 ? limit : null;
}
