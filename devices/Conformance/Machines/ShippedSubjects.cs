using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.Rfid;
using Warehouse.Devices.Sensors;
using Warehouse.Devices.Sensors.Json;
using Warehouse.Devices.Sensors.Sparkplug;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Gs1;

namespace Warehouse.Devices.Conformance.Machines;

/// <summary>The adapters of the house that the kit grades.</summary>
public static class ShippedSubjects
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<IConformanceSubject> All { get; } = [new TagSubject(), new VehicleSubject(), new ReaderSubject(), new SensorSubject(), new EdgeSubject()];
}

/// <summary>Pick-to-light.</summary>
public sealed class TagSubject : IConformanceSubject
{
    /// <inheritdoc/>
    public IDeviceAdapter Adapter { get; } = new PickTagAdapter();

    /// <inheritdoc/>
    public DeviceManifest Manifest { get; } = DeviceManifest.Of(new("MAIN/ptl-S1-03"), DeviceKind.PickTag);

    /// <inheritdoc/>
    public IMachine NewMachine(TimeProvider clock) => new TagMachine(new PickTagTopics("MAIN", "S1-03"), clock);

    /// <inheritdoc/>
    public MachineCommand Command(int number) => new MachineCommand.ShowPick(
        new(string.Create(CultureInfo.InvariantCulture, $"MAIN/S1/{number:000000}")), "green", 2, "2 x");

    /// <inheritdoc/>
    public string? FactOf(DeviceSignal signal) => signal is DeviceSignal.ButtonPressed press ? TagMachine.FactOf(press.Task.Text) : null;
}

/// <summary>Vehicles of VDA 5050 in one of its versions: totes are carried from A to B and back.</summary>
public sealed class VehicleSubject(string version = VdaTopics.DefaultVersion) : IConformanceSubject
{
    private static readonly ImmutableArray<WayPoint> There =
    [
        new(new(new("N1"), 0, 0), LegAction.Pick, new("MAIN/A01/out1")), new(new(new("N2"), 1_500, 0)),
        new(new(new("N3"), 3_000, 0)), new(new(new("N4"), 4_500, 0), LegAction.Drop, new("MAIN/S1/dock01")),
    ];

    private static readonly ImmutableArray<WayPoint> Back =
    [
        There[3] with { Action = LegAction.Pick }, There[2], There[1], There[0] with { Action = LegAction.Drop },
    ];

    /// <inheritdoc/>
    public IDeviceAdapter Adapter { get; } = new VehicleAdapter();

    /// <inheritdoc/>
    public DeviceManifest Manifest { get; } = DeviceManifest.Of(new("MAIN/agv-V07"), DeviceKind.Vehicle).With(VehicleSettings.Version, version);

    /// <inheritdoc/>
    public IMachine NewMachine(TimeProvider clock) => new VehicleMachine(VdaTopics.OfVirtual(new("MAIN/V07"), version), clock, "N1");

    /// <inheritdoc/>
    public MachineCommand Command(int number) => new MachineCommand.Follow(
        new(string.Create(CultureInfo.InvariantCulture, $"MAIN/M{number:000000}")), new("T000123"), 0, 0, number % 2 == 1 ? There : Back, 4, Ends: true);

    /// <inheritdoc/>
    public string? FactOf(DeviceSignal signal) =>
        signal is DeviceSignal.WayPassed { Nodes: 4, Acts: 2 } passed ? VehicleMachine.FactOf(passed.Mission.Text) : null;
}

/// <summary>RFID readers, by a field map of their own.</summary>
public sealed class ReaderSubject : IConformanceSubject
{
    /// <inheritdoc/>
    public IDeviceAdapter Adapter { get; } = new ReaderAdapter();

    /// <inheritdoc/>
    public DeviceManifest Manifest { get; } = DeviceManifest.Of(new("MAIN/rfid-gate"), new("rfidReader"))
        .With(ReaderAdapter.Area, "gate").With(ReaderAdapter.Topic, "rfid/gate").With(ReaderAdapter.Preset, "custom")
        .With(ReaderAdapter.Fields, """{"epcHex":"epc","rssi":"rssi","time":"t","timeFormat":"ms"}""").With(ReaderAdapter.LeaveMilliseconds, "20000");

    /// <inheritdoc/>
    public IMachine NewMachine(TimeProvider clock) => new Machine(clock);

    /// <inheritdoc/>
    public MachineCommand? Command(int number) => null;

    /// <inheritdoc/>
    public string? FactOf(DeviceSignal signal) => signal is DeviceSignal.TagsRead read ? $"arrived {read.Sighting.Hex}" : null;

    private sealed class Machine(TimeProvider clock) : SayingMachine("rfid/gate", clock, null)
    {
        public override void Act(int number)
        {
            var hex = Convert.ToHexString(EpcEncoder.Grai96(0, "0614141", "12345", number));
            Say("""{"epc":"#","rssi":-40,"t":{now}}""".Replace("#", hex, StringComparison.Ordinal), $"arrived {hex}");
        }
    }
}

/// <summary>Plain JSON sensors, in ThingsBoard's form.</summary>
public sealed class SensorSubject : IConformanceSubject
{
    /// <inheritdoc/>
    public IDeviceAdapter Adapter { get; } = new JsonSensorAdapter();

    /// <inheritdoc/>
    public DeviceManifest Manifest { get; } = DeviceManifest.Of(new("MAIN/sensor-cold"), new("jsonSensor"))
        .With(ReaderAdapter.Area, "cold").With(JsonSensorAdapter.Topic, "cold/1").With(JsonSensorAdapter.Preset, "thingsboard")
        .With(Measure.Setting, """[{"name":"temperature","from":"t","unit":"m°C","scale":1,"high":-15000,"hysteresis":500}]""");

    /// <inheritdoc/>
    public IMachine NewMachine(TimeProvider clock) => new Machine(clock);

    /// <inheritdoc/>
    public MachineCommand? Command(int number) => null;

    /// <inheritdoc/>
    public string? FactOf(DeviceSignal signal) => signal is DeviceSignal.Measured measured
        ? string.Create(CultureInfo.InvariantCulture, $"{measured.Level} {measured.Value}") : null;

    private sealed class Machine : SayingMachine
    {
        public Machine(TimeProvider clock) : base("cold/1", clock, """{"ts":{now},"values":{"t":-18000}}""") => Happened("Within -18000");

        public override void Act(int number)
        {
            var value = (number % 2 == 1 ? -14_000 : -18_000) + number;
            Say(
                """{"ts":{now},"values":{"t":#}}""".Replace("#", value.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
                string.Create(CultureInfo.InvariantCulture, $"{(number % 2 == 1 ? "High" : "Within")} {value}"));
        }
    }
}

/// <summary>Sparkplug B edge nodes.</summary>
public sealed class EdgeSubject : IConformanceSubject
{
    /// <inheritdoc/>
    public IDeviceAdapter Adapter { get; } = new SparkplugAdapter();

    /// <inheritdoc/>
    public DeviceManifest Manifest { get; } = DeviceManifest.Of(new("MAIN/sensor-edge1"), new("sparkplugNode"))
        .With(ReaderAdapter.Area, "cold").With(SparkplugAdapter.Group, "WH1").With(SparkplugAdapter.Node, "Edge1").With(SparkplugAdapter.RebirthMilliseconds, "500").With(SparkplugAdapter.ReorderMilliseconds, "4000")
        .With(Measure.Setting, """[{"name":"temperature","from":"Cold01/Temperature","unit":"m°C","scale":1,"high":-15000,"hysteresis":500}]""");

    /// <inheritdoc/>
    public IMachine NewMachine(TimeProvider clock) => new EdgeMachine("WH1", "Edge1", clock);

    /// <inheritdoc/>
    public MachineCommand? Command(int number) => null;

    /// <inheritdoc/>
    public string? FactOf(DeviceSignal signal) => signal is DeviceSignal.Measured measured
        ? string.Create(CultureInfo.InvariantCulture, $"{measured.Level} {measured.Value}") : null;
}
