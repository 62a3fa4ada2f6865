using System.Text.Json;
using Warehouse.Devices.Links.Memory;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.Sessions;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Picking;

namespace Warehouse.Devices.Tests.Staging;

/// <summary>A host with one tag, one vehicle and one crane over links in memory; the test plays the machines by hand.</summary>
internal sealed class Floor
{
    public static readonly DeviceId Tag = new("MAIN/ptl-S1-03");
    public static readonly DeviceId Vehicle = new("MAIN/agv-V07");
    public static readonly DeviceId Crane = new("MAIN/crane-A01");
    public static readonly PickTagTopics TagTopics = new("MAIN", "S1-03");
    public static readonly VdaTopics VehicleTopics = VdaTopics.OfVirtual(new("MAIN/V07"));

    private SessionHost? _host;

    public Floor()
    {
        Broker = new MemoryMqttBroker(Stage.Clock, new MemoryMqttOptions { RepeatAfter = TimeSpan.FromSeconds(1) });
        Machines = new MemoryMqttLink(Broker, new MqttLinkOptions { ClientId = "machines" }, new Random(7));
        CraneSession = new MemoryOpcUa(Stage.Clock);
        Desk = new Desk(Stage);
        Stage.Finish(async () =>
        {
            await Broker.Start();
            await Machines.Subscribe("#", MqttQos.AtLeastOnce, message =>
            {
                Wire.Add(message);
                OnWire?.Invoke(message);
                return Task.CompletedTask;
            });
            Machines.Start();
            await ((IOpcUaServer)CraneSession).Start(new JobReceiverMachine(CraneMachine));
        });
    }

    public Stage Stage { get; } = new();

    public Desk Desk { get; }

    public MemoryMqttBroker Broker { get; }

    public MemoryMqttLink Machines { get; }

    public MemoryOpcUa CraneSession { get; }

    public HandCrane CraneMachine { get; } = new();

    public SeenMachines Seen { get; } = new();

    /// <summary>Every message on the broker, in order.</summary>
    public List<MqttMessage> Wire { get; } = [];

    public Action<MqttMessage>? OnWire { get; set; }

    public SessionHost Host => _host!;

    /// <summary>Registers and starts one device under a host of this name.</summary>
    public Floor With(DeviceId device, DeviceKind kind, string host = "one", bool register = true, params (string Key, string Value)[] settings)
    {
        var manifest = DeviceManifest.Of(device, kind);
        manifest = manifest with { Settings = manifest.Settings.AddRange(settings.Select(one => KeyValuePair.Create(one.Key, one.Value))) };
        if (register)
        {
            Desk.Register(device, kind);
        }

        var link = new MemoryMqttLink(Broker, new MqttLinkOptions { ClientId = $"host-{host}" }, new Random(8));
        _host = new SessionHost(
            [manifest], new DeviceLinks(link, _ => CraneSession), Desk, Seen,
            new DeviceClocks(Stage.Clock, Stage.Clock), new SessionHostOptions { Host = host });
        Stage.Finish(_host.Start);
        Pass(0.1);
        return this;
    }

    public void Pass(double seconds) => Stage.Pass(TimeSpan.FromSeconds(seconds));

    public IEnumerable<PickTagCommand> TagCommands => Wire.Where(message => message.Topic == TagTopics.Command)
        .Select(message => JsonSerializer.Deserialize(message.Payload.Span, PickTagJson.Default.PickTagCommand)!);

    public IEnumerable<VdaOrder> Orders => Wire.Where(message => message.Topic == VehicleTopics[VdaTopic.Order])
        .Select(message => VehicleTopics.Dialect.Read<VdaOrder>(message.Payload.Span));

    public IEnumerable<VdaAction> InstantActions => Wire.Where(message => message.Topic == VehicleTopics[VdaTopic.InstantActions])
        .SelectMany(message => VehicleTopics.Dialect.Read<VdaInstantActions>(message.Payload.Span).Actions);

    public void Publish(string topic, byte[] payload, MqttQos qos = MqttQos.AtLeastOnce, bool retain = false)
    {
        Stage.Do(() => _ = Machines.Publish(new MqttMessage(topic, payload, qos, retain)));
        Pass(0.02);
    }

    public void TagState(string? lit, long boot = 1, long seq = 0, string? done = null) => Publish(
        TagTopics.State, JsonSerializer.SerializeToUtf8Bytes(new PickTagState(lit, boot, seq, done), PickTagJson.Default.PickTagState), retain: true);

    public void TagEvent(string id, long seq, PickTagEventKind kind = PickTagEventKind.Confirm, int qty = 2) => Publish(
        TagTopics.Event, JsonSerializer.SerializeToUtf8Bytes(new PickTagEvent(id, kind, qty, seq, 1, "2026-03-02T06:00:00.000Z"), PickTagJson.Default.PickTagEvent));

    public void VehicleState(VdaState state) => Publish(
        VehicleTopics[VdaTopic.State], VehicleTopics.Dialect.Write(state), MqttQos.AtMostOnce);

    public void VehicleConnection(VdaConnectionState state) => Publish(
        VehicleTopics[VdaTopic.Connection],
        VehicleTopics.Dialect.Write(new VdaConnection(
            1, "2026-03-02T06:00:00.000Z", VehicleTopics.Version, VehicleTopics.Manufacturer, VehicleTopics.SerialNumber, state)),
        retain: true);

    public static MachineCommand.ShowPick Show(int task, int quantity = 2) => new(TaskId(task), "green", quantity, "2 x");

    public static PickTaskId TaskId(int task) => new($"MAIN/S1/{task:000000}");
}

/// <summary>Keeps what was seen.</summary>
internal sealed class SeenMachines : ITelemetrySink
{
    public List<VehicleSeen> Vehicles { get; } = [];

    public List<CraneSeen> Cranes { get; } = [];

    public void Vehicle(VehicleSeen seen) => Vehicles.Add(seen);

    public void Crane(CraneSeen seen) => Cranes.Add(seen);
}
