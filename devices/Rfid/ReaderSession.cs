using System.Text;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Rfid;

namespace Warehouse.Devices.Rfid;

/// <summary>
/// One reader. Its reads go through the filter; what is believed is a fact, the rest is telemetry. The broker's
/// acknowledgement of a message waits for the facts that it made. It takes no commands: starting and stopping a reader
/// is its own interface's business.
/// </summary>
public sealed class ReaderSession : ReportingSession
{
    private readonly TagFieldMap _map;
    private readonly ReadRules _rules;
    private readonly LinkNews _link = new();
    private readonly Lock _gate = new();
    private ReadFilterState _tags = ReadFilterState.Empty;
    private readonly Queue<TagSighting> _untold = new();
    private long _readerAhead;
    private ITimer? _timer;
    private bool _detached;

    /// <summary>The session of a reader's manifest.</summary>
    public ReaderSession(DeviceManifest manifest, AdapterPorts ports) : base(manifest, ports, "an RFID reader")
    {
        _map = ReaderAdapter.MapOf(manifest);
        _rules = ReaderAdapter.RulesOf(manifest);
    }

    /// <inheritdoc/>
    public override void Detach()
    {
        lock (_gate)
        {
            _detached = true;
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <inheritdoc/>
    protected override async Task Listen()
    {
        var topic = Manifest.Text(ReaderAdapter.Topic);
        await Ports.Mqtt.Listen(topic, topic, MqttQos.AtLeastOnce, OnEvent);
        if (Manifest.Text(ReaderAdapter.StatusTopic) is { Length: > 0 } status)
        {
            await Ports.Mqtt.Listen(status, status, MqttQos.AtLeastOnce, OnStatus);
        }
    }

    private async Task OnEvent(MqttMessage message)
    {
        if (!TryRead(message, one => TagMapping.Read(_map, one.Payload, Now), out var reads))
        {
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
            Ports.Telemetry.Raw(new RawSeen(Device, "read", $"{read.Hex} antenna {read.Antenna} rssi {read.RssiCentiDbm}", read.At));
        }

        if (Manifest.Text(ReaderAdapter.Report) != "left")
        {
            await Tell(arrived);
        }
    }

    private async Task OnStatus(MqttMessage message)
    {
        var text = Encoding.UTF8.GetString(message.Payload.Span[..Math.Min(message.Payload.Length, 64)]);
        await _link.Tell(text.Contains("connected", StringComparison.OrdinalIgnoreCase) && !text.Contains("dis", StringComparison.OrdinalIgnoreCase), Facts);
    }

    /// <summary>Looks for tags that have left; armed while any tag is before the reader.</summary>
    private void WakeLater()
    {
        if (_timer is null && !_detached && (!_tags.Tags.IsEmpty || _untold.Count > 0))
        {
            _timer = Ports.Clocks.Real.CreateTimer(
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
            again = [.. _untold, .. Manifest.Text(ReaderAdapter.Report) == "arrived" ? [] : left];
            _untold.Clear();
            WakeLater();
        }

        _ = Tell(again);
    }

    /// <summary>Tells facts. A reader does not repeat itself for us: what nobody takes is kept, bounded, and told again later.</summary>
    private async Task Tell(IReadOnlyCollection<TagSighting> sightings)
    {
        foreach (var (sighting, taken) in sightings.Select(sighting => (sighting, Facts.Report(new DeviceSignal.TagsRead(sighting)))).ToArray())
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
