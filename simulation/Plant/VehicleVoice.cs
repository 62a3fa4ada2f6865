using System.Globalization;
using System.Text.Json;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Vda5050;

namespace Warehouse.Simulation.Plant;

/// <summary>What a vehicle says: VDA 5050 messages under its own topics.</summary>
internal sealed class VehicleVoice(VirtualVehicle vehicle, VehicleWorld world)
{
    private const string NoOrder = "";
    private readonly VdaTopics topics = VdaTopics.OfVirtual(vehicle.Id);
    private uint states;
    private uint poses;

    public long LastState { get; private set; }

    public void Connected() => Connection(VdaConnectionState.Online);

    public void WasAway() => Connection(VdaConnectionState.ConnectionBroken);

    public void State() => State([]);

    public void Refuse(VdaOrder order, string type, string why) => State(
    [
        new VdaError(type, VdaErrorLevel.Warning, [new VdaErrorReference("orderId", order.OrderId)], why),
    ]);

    public void Pose() => Send(topics.Visualization, JsonSerializer.SerializeToUtf8Bytes(
        new VdaVisualization(poses++, Stamp(), VdaTopics.Version, topics.Manufacturer, topics.SerialNumber, Position()),
        VdaJson.Default.VdaVisualization), MqttQos.AtMostOnce, retain: false);

    private void Connection(VdaConnectionState state) => Send(topics.Connection, JsonSerializer.SerializeToUtf8Bytes(
        new VdaConnection(0, Stamp(), VdaTopics.Version, topics.Manufacturer, topics.SerialNumber, state),
        VdaJson.Default.VdaConnection), MqttQos.AtLeastOnce, retain: true);

    private void State(VdaError[] errors)
    {
        LastState = world.Agenda.Now;
        var order = vehicle.Order;
        var ahead = order is null ? [] : order.Nodes[(vehicle.NodesPassed + 1)..];
        var edges = order is null ? [] : order.Edges[Math.Min(vehicle.NodesPassed, order.Edges.Length)..];
        var last = order?.Nodes[vehicle.NodesPassed].SequenceId ?? 0;
        var state = new VdaState(
            states++, Stamp(), VdaTopics.Version, topics.Manufacturer, topics.SerialNumber, order?.OrderId ?? NoOrder,
            order?.OrderUpdateId ?? 0, vehicle.Here.Node.Text, last,
            [.. ahead.Select(node => new VdaNodeState(node.NodeId, node.SequenceId, node.Released))],
            [.. edges.Select(edge => new VdaEdgeState(edge.EdgeId, edge.SequenceId, edge.Released))],
            vehicle.Driving, vehicle.ActionStates, new VdaBattery(vehicle.BatteryPermille / 10m, Charging: !vehicle.Busy),
            VdaOperatingMode.Automatic, [.. errors], new VdaSafetyState(VdaEStop.None, FieldViolation: false), Position(),
            vehicle.Load is { } load ? [new VdaLoad(load.Text)] : [], Paused: false);
        Send(topics.State, JsonSerializer.SerializeToUtf8Bytes(state, VdaJson.Default.VdaState), MqttQos.AtMostOnce, retain: false);
    }

    private VdaPosition Position() => new(
        vehicle.Here.XMillimetres / 1000m, vehicle.Here.YMillimetres / 1000m, 0m, world.Floor.Plan.Id.Text, PositionInitialized: true);

    private string Stamp() => DateTimeOffset.FromUnixTimeMilliseconds(world.Agenda.Now)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void Send(string topic, byte[] payload, MqttQos qos, bool retain) =>
        world.Send(new MqttMessage(topic, payload, qos, retain));
}
