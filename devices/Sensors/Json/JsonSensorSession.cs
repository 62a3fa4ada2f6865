using System.Collections.Immutable;
using System.Text.Json;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sensors.Json;

/// <summary>One sensor, or one gateway's part that a manifest names. It takes no commands and has no state to read back.</summary>
public sealed class JsonSensorSession : IDeviceSession
{
    private readonly DeviceManifest _manifest;
    private readonly AdapterPorts _ports;
    private readonly MeasureBook _book;
    private readonly JsonMeasures _places;
    private IFactSink? _facts;

    /// <summary>The session of a sensor's manifest.</summary>
    public JsonSensorSession(DeviceManifest manifest, AdapterPorts ports)
    {
        (_manifest, _ports) = (manifest, ports);
        _book = new MeasureBook(manifest.Id, Measure.Of(manifest), ports);
        _places = new JsonMeasures(manifest.Text(JsonSensorAdapter.Preset), _book.Measures);
    }

    /// <inheritdoc/>
    public DeviceId Device => _manifest.Id;

    /// <inheritdoc/>
    public Task Attach(IFactSink facts)
    {
        _facts = facts;
        var topic = _manifest.Text(JsonSensorAdapter.Topic);
        return _ports.Mqtt.ListenAll(topic, topic, MqttQos.AtLeastOnce, OnMessage);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation) =>
        Task.FromResult(ImmutableArray<Difference>.Empty);

    /// <inheritdoc/>
    public bool Has(MachineCommand command) => false;

    /// <inheritdoc/>
    public Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationToken cancellation) =>
        Task.FromResult(SendResult.Refused($"a sensor cannot do {entry.Command.GetType().Name}"));

    private async Task OnMessage(MqttMessage message)
    {
        ImmutableArray<(Measure Measure, long Value, Moment At)> values;
        try
        {
            values = _places.Read(message.Payload, Moment.Of(_ports.Clocks.Real.GetUtcNow()));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            _ports.WireFaults.Add(Device, message.Topic, malformed.Message);
            return;
        }

        foreach (var (measure, value, at) in values)
        {
            await _book.Note(measure, value, at, _facts!);
        }
    }
}
