using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;

namespace Warehouse.Simulation.Plant;

/// <summary>What the vehicles of one floor share: the plan, the traffic, the totes, the time and the way to the broker.</summary>
internal sealed record VehicleWorld(
    FloorPlan Floor, Traffic Traffic, FloorTruth Truth, Agenda Agenda, PlantOptions Options, Action<MqttMessage> Send)
{
    public const string PlaceParameter = "stationName";
    public const string LoadParameter = "loadId";

    public static string Parameter(VdaAction action, string key) =>
        action.Parameter(key) ?? throw new FormatException($"action {action.ActionId} has no {key}");

    /// <summary>Whether the floor has a node of this name, whatever the name is.</summary>
    public bool Knows(string node) => GrainKey.IsKey(node) && Floor.Nodes.ContainsKey(NodeId.Parse(node));

    public RoutePoint Point(VdaNode node) => Floor.Nodes[NodeId.Parse(node.NodeId)];

    /// <summary>The stop that comes after a loop node on a way; null when the way goes on along the loop.</summary>
    public NodeId? StopAfter(RoutePoint loop, VdaNode next)
    {
        var node = NodeId.Parse(next.NodeId);
        return IsStop(node) && !IsStop(loop.Node) ? node : null;
    }

    public int EdgeMilliseconds(RoutePoint from, RoutePoint to) =>
        Kinematics.DriveMilliseconds(
            Math.Abs(from.XMillimetres - to.XMillimetres) + Math.Abs(from.YMillimetres - to.YMillimetres),
            Options.CruiseMillimetresPerSecond)
        + (IsStop(from.Node) || IsStop(to.Node) ? Options.DockMilliseconds : 0);

    private bool IsStop(NodeId node) => !LoopNodes.Contains(node);

    private SortedSet<NodeId> LoopNodes { get; } = [.. Floor.Loop.Select(point => point.Node)];
}
