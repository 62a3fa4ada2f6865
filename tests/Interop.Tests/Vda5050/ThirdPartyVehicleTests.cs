using Interop.Tests.Staging;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;

namespace Interop.Tests.Vda5050;

/// <summary>Our master control leads a vehicle that others made, over Mosquitto, while a watcher checks every message.</summary>
public sealed class ThirdPartyVehicleTests : IAsyncLifetime
{
    private static readonly DeviceId Device = new("MAIN/agv-V07");
    private static readonly VdaTopics Topics = new("uagv", "2.0.0", "RobotCo", "AGV001");
    private readonly LiveDesk _desk = new();
    private readonly ConformanceWatcher _watcher = new(Topics);
    private Mosquitto? _broker;
    private MqttNetLink? _watching;
    private MqttNetLink? _link;
    private SessionHost? _host;
    private PeerProcess? _vehicle;

    [PeerFact("mosquitto", "npm:vda-5050-lib")]
    public async Task An_order_with_horizon_a_stitched_update_and_a_pick_is_driven_to_its_end()
    {
        await Start();
        var way = Way("MAIN/M000001", 0, 5, released: 2);
        _desk.Enqueue(way);
        await _desk.Says(said => said is DeviceSignal.WayPassed { Nodes: >= 1 });
        var more = way.Next(
            [At(2), At(3) with { Action = LegAction.Pick, Place = new("MAIN/A01/out1") }, At(4)], 5, ends: true);
        _desk.Enqueue(more);
        await _desk.Until(one => one is DeviceEvent.Ended { Outcome.Outcome: CommandOutcome.Accepted });

        Assert.Contains(new DeviceSignal.WayPassed(way.Mission, 5, 1), _desk.Said);
        Clean();
    }

    [PeerFact("mosquitto", "npm:vda-5050-lib")]
    public async Task A_cancelled_order_ends_and_the_next_one_begins_where_the_vehicle_stands()
    {
        await Start();
        var way = Way("MAIN/M000001", 0, 9, released: 9);
        _desk.Enqueue(way);
        await _desk.Says(said => said is DeviceSignal.WayPassed { Nodes: >= 2 });
        Assert.True(_desk.Tell(new DeviceCommand.Cancel(way.Mission.Text, "the order was cancelled")).Accepted);
        await _desk.Says(said => said is DeviceSignal.DriveCancelled);
        var stands = _desk.Said.OfType<DeviceSignal.DriveCancelled>().Single().Nodes - 1;

        _desk.Enqueue(Way("MAIN/M000002", stands, 2, released: 2));
        await _desk.Says(said => said is DeviceSignal.WayPassed { Mission.Text: "MAIN/M000002", Nodes: 2 });
        Clean();
    }

    [PeerFact("mosquitto", "npm:vda-5050-lib")]
    public async Task An_order_goes_on_after_the_broker_was_away_and_nothing_is_picked_twice()
    {
        await Start();
        var way = Way("MAIN/M000001", 0, 9, released: 9);
        way = way with { Way = way.Way.SetItem(7, way.Way[7] with { Action = LegAction.Pick, Place = new("MAIN/A01/out1") }) };
        _desk.Enqueue(way);
        await _desk.Says(said => said is DeviceSignal.WayPassed { Nodes: >= 2 });
        var down = Links.Becomes(_link!, LinkState.Down);
        await _broker!.Kill();
        await down;
        await _broker.StartAgain();
        await _desk.Until(one => one is DeviceEvent.Ended { Outcome.Outcome: CommandOutcome.Accepted });

        Assert.Contains(new DeviceSignal.WayPassed(way.Mission, 9, 1), _desk.Said);
        Assert.DoesNotContain(_desk.Said, said => said is DeviceSignal.DriveFailed);
        Clean();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await (_host?.Stop() ?? Task.CompletedTask);
        foreach (var part in new IAsyncDisposable?[] { _vehicle, _watching, _link, _broker })
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task Start()
    {
        _broker = await Mosquitto.Start();
        _watching = await Links.Up(new MqttLinkOptions { ClientId = "watcher", Port = _broker.Port });
        await _watcher.Watch(_watching);
        _vehicle = PeerProcess.Node("vda5050-vehicle.mjs", $"{_broker.Port}");
        await _vehicle.Says("^READY");
        Assert.True(_desk.Tell(new DeviceCommand.Register(Device, DeviceKind.Vehicle, new("agv:MAIN/V07"))).Accepted);
        _link = Links.NotStarted(new MqttLinkOptions { ClientId = "master", Port = _broker.Port });
        var manifest = new ManifestFile(AdapterCatalogue.Shipped).Parse("agv.json", """
            {"id": "MAIN/agv-V07", "kind": "vehicle", "settings": {
            "version": "2.0.0", "manufacturer": "RobotCo", "serialNumber": "AGV001", "actionsField": "both",
            "stationType": "floor", "loadType": "EPAL", "loads": "counted", "resendSeconds": 2, "validation": "count"}}
            """u8.ToArray());
        _host = new SessionHost(
            [manifest], new DeviceLinks(_link, _ => throw new NotSupportedException()), _desk, new NoTelemetry(),
            new DeviceClocks(TimeProvider.System, TimeProvider.System), new SessionHostOptions { Host = "interop" });
        await _host.Start();
    }

    /// <summary>We broke nothing; what the vehicle breaks is known, and none of it is in what it says of its orders.</summary>
    private void Clean()
    {
        Assert.Empty(_watcher.Ours);
        Assert.DoesNotContain(_watcher.Theirs, breach => breach.StartsWith("State: $", StringComparison.Ordinal));
        Assert.True(_watcher.Messages > 10);
    }

    private static WayPoint At(int number) => new(new RoutePoint(new NodeId($"N{number}"), number * 4000, 0));

    private static MachineCommand.Follow Way(string mission, int from, int count, int released) => new(
        new(mission), new("T000123"), 0, 0, [.. Enumerable.Range(from, count).Select(At)], released, Ends: released == count);

    private sealed class NoTelemetry : ITelemetrySink
    {
        public void Vehicle(VehicleSeen seen)
        {
        }

        public void Crane(CraneSeen seen)
        {
        }
    }
}
