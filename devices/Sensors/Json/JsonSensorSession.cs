using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;

namespace Warehouse.Devices.Sensors.Json;

/// <summary>One sensor, or one gateway's part that a manifest names. Plain JSON knows no request: what it says next is its read-back.</summary>
public sealed class JsonSensorSession : ReportingSession
{
    private readonly MeasureBook _book;
    private readonly JsonMeasures _places;

    /// <summary>The session of a sensor's manifest.</summary>
    public JsonSensorSession(DeviceManifest manifest, AdapterPorts ports) : base(manifest, ports, "a sensor")
    {
        _book = new MeasureBook(manifest.Id, Measure.Of(manifest), ports);
        _places = new JsonMeasures(manifest.Text(JsonSensorAdapter.Preset), _book.Measures);
    }

    /// <inheritdoc/>
    protected override Task Listen()
    {
        var topic = Manifest.Text(JsonSensorAdapter.Topic);
        return Ports.Mqtt.ListenAll(topic, topic, MqttQos.AtLeastOnce, OnMessage);
    }

    private async Task OnMessage(MqttMessage message)
    {
        if (!TryRead(message, one => _places.Read(one.Payload, Now), out var values))
        {
            return;
        }

        foreach (var (measure, value, at) in values)
        {
            await _book.Note(measure, value, at, Facts);
        }
    }
}
