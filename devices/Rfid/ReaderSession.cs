using System.Collections.Immutable;
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
/// is its own interface's business. That it does not read, asked for on start, reconnect and hand-back or told by itself, is a
/// case for a person, once each time it stops.
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
    private bool? _reading;
    private bool _raised;
    private (string Id, TaskCompletionSource Answered)? _request;
    private int _requests;

    /// <summary>The session of a reader's manifest.</summary>
    public ReaderSession(DeviceManifest manifest, AdapterPorts ports) : base(manifest, ports, "an RFID reader")
    {
        _map = ReaderAdapter.MapOf(manifest);
        _rules = ReaderAdapter.RulesOf(manifest);
    }

    /// <inheritdoc/>
    public override async Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation)
    {
        if (Manifest.Text(ReaderAdapter.RequestTopic) is { Length: > 0 } topic && Manifest.Text(ReaderAdapter.ResponseTopic).Length > 0)
        {
            await Ask(topic, cancellation);
        }

        lock (_gate)
        {
            var stopped = _reading == false && !_raised;
            _raised = _reading == false;
            return stopped ? [NotReading] : [];
        }
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

        if (Manifest.Text(ReaderAdapter.ResponseTopic) is { Length: > 0 } response)
        {
            await Ports.Mqtt.Listen(response, response, MqttQos.AtLeastOnce, OnAnswer);
        }
    }

    private static Difference NotReading { get; } = new(
        "not-reading", "the reader is there and reads no tags", ["it was started", "it shall not read"]);

    /// <summary>Asks how it is; throws when it does not say so in time.</summary>
    private async Task Ask(string topic, CancellationToken cancellation)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string id;
        lock (_gate)
        {
            id = $"{Device}/{++_requests}";
            _request = (id, answered);
        }

        await Ports.Mqtt.Link.Publish(new MqttMessage(topic, ReaderStatus.Request(id), MqttQos.AtLeastOnce), cancellation);
        await Pause.Until(answered.Task, TimeSpan.FromMilliseconds(Manifest.Number(DeviceSettings.ReadBackMilliseconds)), Ports.Clocks.Real, cancellation);
        if (!answered.Task.IsCompleted)
        {
            throw new TimeoutException($"{Device} did not say how it is");
        }

        await _link.Tell(true, Facts);
    }

    private Task OnAnswer(MqttMessage message)
    {
        if (TryRead(message, one => ReaderStatus.OfAnswer(one.Payload), out var said) && said is var (id, reading))
        {
            lock (_gate)
            {
                if (_request is var (asked, answered) && asked == id)
                {
                    _reading = reading ?? _reading;
                    answered.TrySetResult();
                }
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What an event says of the reader itself; when it stops, the host reads it back and finds the case.</summary>
    private void Note(bool? reading)
    {
        lock (_gate)
        {
            if (reading is null || reading == _reading)
            {
                return;
            }

            _reading = reading;
        }

        Facts.LinkCameBack();
    }

    private async Task OnEvent(MqttMessage message)
    {
        if (!TryRead(message, one => TagMapping.Read(_map, one.Payload, Now), out var reads))
        {
            return;
        }

        if (reads.IsEmpty && TryRead(message, one => ReaderStatus.OfEvent(one.Payload), out var reading))
        {
            Note(reading);
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
        var online = text.Contains("connected", StringComparison.OrdinalIgnoreCase) && !text.Contains("dis", StringComparison.OrdinalIgnoreCase);
        if (_link.CameBack(online))
        {
            Facts.LinkCameBack();
        }

        await _link.Tell(online, Facts);
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
