using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Rfid;

namespace Warehouse.Devices.Rfid;

/// <summary>
/// One reader. Its reads go through the filter; what is believed is a fact, the rest is telemetry. The broker's
/// acknowledgement of a message waits for the facts that it made. It takes no commands: starting and stopping a reader
/// is its own interface's business.
/// </summary>
public sealed class ReaderSession : IDeviceSession
{
    private readonly DeviceManifest _manifest;
    private readonly AdapterPorts _ports;
    private readonly TagFieldMap _map;
    private readonly ReadRules _rules;
    private readonly LinkNews _link = new();
    private readonly Lock _gate = new();
    private ReadFilterState _tags = ReadFilterState.Empty;
    private readonly Queue<TagSighting> _untold = new();
    private long _readerAhead;
    private ITimer? _timer;
    private IFactSink? _facts;

    /// <summary>The session of a reader's manifest.</summary>
    public ReaderSession(DeviceManifest manifest, AdapterPorts ports)
    {
        (_manifest, _ports) = (manifest, ports);
        _map = ReaderAdapter.MapOf(manifest);
        _rules = ReaderAdapter.RulesOf(manifest);
    }

    /// <inheritdoc/>
    public DeviceId Device => _manifest.Id;

    private Moment Now => Moment.Of(_ports.Clocks.Real.GetUtcNow());

    /// <inheritdoc/>
    public async Task Attach(IFactSink facts)
    {
        _facts = facts;
        var topic = _manifest.Text(ReaderAdapter.Topic);
        await _ports.Mqtt.Listen(topic, topic, MqttQos.AtLeastOnce, OnEvent);
        if (_manifest.Text(ReaderAdapter.StatusTopic) is { Length: > 0 } status)
        {
            await _ports.Mqtt.Listen(status, status, MqttQos.AtLeastOnce, OnStatus);
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation) =>
        Task.FromResult(ImmutableArray<Difference>.Empty);

    /// <inheritdoc/>
    public bool Has(MachineCommand command) => false;

    /// <inheritdoc/>
    public Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationToken cancellation) =>
        Task.FromResult(SendResult.Refused($"an RFID reader cannot do {entry.Command.GetType().Name}"));

    private async Task OnEvent(MqttMessage message)
    {
        ImmutableArray<TagRead> reads;
        try
        {
            reads = TagMapping.Read(_map, message.Payload, Now);
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException)
        {
            _ports.WireFaults.Add(Device, message.Topic, malformed.Message);
            return;
        }

        var arrived = new List<TagSighting>();
        lock (_gate)
        {
            foreach (var read in reads)
            {
                (_tags, var sighting) = ReadFilter.Hear(_tags, _rules, read);
                if (sighting is not null)
                {
                    arrived.Add(sighting);
                }

                // The reader's clock is its own: how far it is ahead of ours tells what time it is there between reads.
                _readerAhead = read.At.Since(Now);
            }

            WakeLater();
        }

        foreach (var read in reads)
        {
            _ports.Telemetry.Raw(new RawSeen(Device, "read", $"{read.Hex} antenna {read.Antenna} rssi {read.RssiCentiDbm}", read.At));
        }

        if (_manifest.Text(ReaderAdapter.Report) != "left")
        {
            await Tell(arrived);
        }
    }

    private async Task OnStatus(MqttMessage message)
    {
        var text = Encoding.UTF8.GetString(message.Payload.Span[..Math.Min(message.Payload.Length, 64)]);
        await _link.Tell(text.Contains("connected", StringComparison.OrdinalIgnoreCase) && !text.Contains("dis", StringComparison.OrdinalIgnoreCase), _facts!);
    }

    /// <summary>Looks for tags that have left; armed while any tag is before the reader.</summary>
    private void WakeLater()
    {
        if (_timer is null && (!_tags.Tags.IsEmpty || _untold.Count > 0))
        {
            _timer = _ports.Clocks.Real.CreateTimer(
                static session => ((ReaderSession)session!).OnTimer(), this, TimeSpan.FromMilliseconds(_rules.LeaveMilliseconds / 2 + 1), Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        TagSighting[] again;
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            (_tags, var left) = ReadFilter.Pass(_tags, _rules, Now.Plus(_readerAhead));
            again = [.. _untold, .. _manifest.Text(ReaderAdapter.Report) == "arrived" ? [] : left];
            _untold.Clear();
            WakeLater();
        }

        _ = Tell(again);
    }

    /// <summary>Tells facts. A reader does not repeat itself for us: what nobody takes is kept, bounded, and told again later.</summary>
    private async Task Tell(IReadOnlyCollection<TagSighting> sightings)
    {
        foreach (var (sighting, taken) in sightings.Select(sighting => (sighting, _facts!.Report(new DeviceSignal.TagsRead(sighting)))).ToArray())
        {
            if (await taken)
            {
                continue;
            }

            lock (_gate)
            {
                if (_untold.Count == ReadFilter.MaxTags)
                {
                    _untold.Dequeue();
                }

                _untold.Enqueue(sighting);
                WakeLater();
            }
        }
    }
}
