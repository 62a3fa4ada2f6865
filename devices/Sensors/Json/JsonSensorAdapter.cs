using System.Collections.Immutable;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Rfid;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Areas;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sensors.Json;

/// <summary>Sensors that publish JSON over MQTT, by themselves or through a gateway.</summary>
public sealed class JsonSensorAdapter : IDeviceAdapter
{
    /// <summary>The topic; sensors may share one.</summary>
    public static DeviceSetting Topic { get; } = DeviceSetting.Topic("topic", "The topic on which the values are published; several sensors may share it.", null);

    /// <summary>Whose messages they are.</summary>
    public static DeviceSetting Preset { get; } = DeviceSetting.Choice(
        "preset", "Whose messages they are: 'from' is a member of the message (plain), of ThingsBoard's or Neuron's values, or an EdgeX resource.",
        "plain", "thingsboard", "neuron", "edgex");

    /// <inheritdoc/>
    public DeviceKind Kind { get; } = new("jsonSensor");

    /// <inheritdoc/>
    public string Prefix => "sensor-";

    /// <inheritdoc/>
    public ImmutableArray<string> Capabilities => ["measure"];

    /// <inheritdoc/>
    public ImmutableArray<DeviceSetting> Settings => [ReaderAdapter.Area, Topic, Preset, Measure.Setting];

    /// <inheritdoc/>
    public StreamId OwnerOf(DeviceManifest manifest) => AreaId.Parse($"{manifest.Warehouse}/{manifest.Text(ReaderAdapter.Area)}").Stream;

    /// <inheritdoc/>
    public IDeviceSession SessionOf(DeviceManifest manifest, AdapterPorts ports) => new JsonSensorSession(manifest, ports);
}
