using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Fleet;

namespace Warehouse.Simulation.Plant;

/// <summary>What a vehicle says: VDA 5050 messages of its version under its own topics. Errors stay until the next order is accepted.</summary>
internal sealed class VehicleVoice(VirtualVehicle vehicle, VehicleWorld world, VdaTopics topics)
{
    private const string NoOrder = "";
    private uint states;
    private uint poses;
    private uint factsheets;

    public VdaTopics Topics => topics;

    public long LastState { get; private set; }

    /// <summary>Errors that it reports with each state.</summary>
    public ImmutableArray<VdaError> Errors { get; set; } = [];

    public void Connected() => Connection(VdaConnectionState.Online);

    public void WasAway() => Connection(VdaConnectionState.ConnectionBroken);

    public void Sleeps() => Connection(VdaConnectionState.Hibernating);

    /// <summary>It does not do what was asked, and says why with each state from now on.</summary>
    public void Refuse(string type, string why, params ImmutableArray<VdaErrorReference> about)
    {
        Errors = [.. Errors.Where(error => error.ErrorType != type), new VdaError(type, ErrorLevel.Warning, about, why)];
        State();
    }

    public void Pose() => Send(VdaTopic.Visualization, new VdaVisualization(
        poses++, Stamp(), topics.Version, topics.Manufacturer, topics.SerialNumber, Position(), states == 0 ? 0 : states - 1));

    public void State()
    {
        LastState = world.Agenda.Now;
        var order = vehicle.Order;
        var ahead = order is null || vehicle.Cancelled ? [] : order.Nodes[(vehicle.NodesPassed + 1)..];
        var edges = order is null || vehicle.Cancelled ? [] : order.Edges[Math.Min(vehicle.NodesPassed, order.Edges.Length)..];
        var separate = topics.Dialect.Major >= 3;
        Send(VdaTopic.State, new VdaState(
            states++, Stamp(), topics.Version, topics.Manufacturer, topics.SerialNumber, order?.OrderId ?? NoOrder,
            order?.OrderUpdateId ?? 0, vehicle.Here.Node.Text, order?.Nodes[vehicle.NodesPassed].SequenceId ?? 0,
            [.. ahead.Select(node => new VdaNodeState(node.NodeId, node.SequenceId, node.Released))],
            [.. edges.Select(edge => new VdaEdgeState(edge.EdgeId, edge.SequenceId, edge.Released))],
            vehicle.Driving, separate ? vehicle.ActionStates : [.. vehicle.ActionStates, .. vehicle.InstantActionStates],
            new VdaPowerSupply(vehicle.BatteryPermille / 10m, Charging: !vehicle.Busy), vehicle.Mode, Errors,
            new VdaSafetyState(VdaEStop.None, FieldViolation: false), Position(),
            vehicle.Load is { } load ? [new VdaLoad(load.Text)] : [], vehicle.Paused, vehicle.WantsBase,
            separate ? vehicle.InstantActionStates : null, separate ? vehicle.Zones.Sets : null,
            separate ? vehicle.Zones.Requests : null, separate ? [] : null));
    }

    /// <summary>Its type and its limits: one thing can be done at a node, and ids may have 200 characters.</summary>
    public void Factsheet() => Send(VdaTopic.Factsheet, new VdaFactsheet(
        factsheets++, Stamp(), topics.Version, topics.Manufacturer, topics.SerialNumber,
        new VdaProtocolLimits(
            new VdaStringLengths(MaximumIdLength: 200), new VdaArrayLengths(NodeActions: 8), new VdaTiming(MinimumOrderInterval: 0)),
        new VdaProtocolFeatures([new("pick"), new("drop")]), new VdaTypeSpecification("virtual tote carrier")));

    private void Connection(VdaConnectionState state) => Send(
        VdaTopic.Connection, new VdaConnection(0, Stamp(), topics.Version, topics.Manufacturer, topics.SerialNumber, state),
        MqttQos.AtLeastOnce, retain: true);

    private VdaPosition Position() => new(
        vehicle.Here.XMillimetres / 1000m, vehicle.Here.YMillimetres / 1000m, 0m, world.Floor.Plan.Id.Text, Localized: true);

    private string Stamp() => DateTimeOffset.FromUnixTimeMilliseconds(world.Agenda.Now)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void Send<T>(VdaTopic topic, T message, MqttQos qos = MqttQos.AtMostOnce, bool retain = false)
        where T : class => world.Send(new MqttMessage(topics[topic], topics.Dialect.Write(message), qos, retain));
}
