using System.Collections.Immutable;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sensors.Sparkplug;

/// <summary>
/// One edge node. Its birth is its read-back: after a start, a reconnect, a hand-back or a gap the node is asked to be born
/// again, ever less often until it is, and nothing counts before. Births and deaths are the device's own link, told when
/// they change; a node that said that it dies is not asked, since it is born by itself.
/// </summary>
public sealed class SparkplugSession : ReportingSession
{
    /// <summary>What all topics of Sparkplug B begin with.</summary>
    public const string Namespace = "spBv1.0";

    private const int MostDoublings = 6;
    private readonly MeasureBook _book;
    private readonly SparkplugNode _node = new();
    private readonly LinkNews _link = new();
    private readonly Lock _gate = new();
    private readonly string _prefix;
    private readonly string _commands;
    private ITimer? _again;
    private ITimer? _gap;
    private int _asked;
    private bool _wanted;
    private bool _detached;

    /// <summary>The session of an edge node's manifest.</summary>
    public SparkplugSession(DeviceManifest manifest, AdapterPorts ports) : base(manifest, ports, "a Sparkplug node")
    {
        _book = new MeasureBook(manifest.Id, Measure.Of(manifest), ports);
        var (group, node) = (manifest.Text(SparkplugAdapter.Group), manifest.Text(SparkplugAdapter.Node));
        _prefix = $"{Namespace}/{group}/+/{node}";
        _commands = $"{Namespace}/{group}/NCMD/{node}";
    }

    /// <inheritdoc/>
    protected override async Task Listen()
    {
        Ports.Mqtt.WatchLink(OnOurLink);
        await Ports.Mqtt.ListenAll($"{_prefix}/#", $"{Namespace}/#", MqttQos.AtLeastOnce, OnMessage);
        OnOurLink(Ports.Mqtt.Link.State);
    }

    /// <inheritdoc/>
    public override Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation)
    {
        WantBirth();
        return base.ReadBack(permit, cancellation);
    }

    /// <inheritdoc/>
    public override void Detach()
    {
        lock (_gate)
        {
            _detached = true;
            _again?.Dispose();
            _gap?.Dispose();
            (_again, _gap) = (null, null);
        }
    }

    private void OnOurLink(LinkState state)
    {
        if (state == LinkState.Up)
        {
            WantBirth();
        }
    }

    private async Task OnMessage(MqttMessage message)
    {
        if (!TryRead(message, one => SparkplugPayload.Read(one.Payload.Span), out var payload))
        {
            return;
        }

        var levels = message.Topic.Split('/');
        SparkplugNews news;
        lock (_gate)
        {
            news = levels.Length is 4 or 5 ? _node.Hear(levels[2], levels.Length == 5 ? levels[4] : "", payload) : SparkplugNews.None;
            WatchBirth(news);
            WatchGap();
        }

        if (news.AskRebirth)
        {
            WantBirth();
        }

        foreach (var reading in news.Readings)
        {
            await Note(reading);
        }

        if (news.Online is { } online)
        {
            await _link.Tell(online, Facts);
        }
    }

    /// <summary>Under the gate: a birth is whole when every measure has its metric; the birth of a device may have been lost.</summary>
    private void WatchBirth(SparkplugNews news)
    {
        if (news.Online == false || (_node.IsBorn && _book.Measures.All(measure => _node.Knows(measure.From))))
        {
            (_wanted, _asked) = (false, 0);
        }
        else if (news.Online == true)
        {
            _wanted = true;
            AskLater();
        }
    }

    /// <summary>Under the gate: a gap that opens is given its time, one that closed is forgotten.</summary>
    private void WatchGap()
    {
        if (!_node.Waits || _detached)
        {
            _gap?.Dispose();
            _gap = null;
        }
        else
        {
            _gap ??= Ports.Clocks.Real.CreateTimer(
                static session => ((SparkplugSession)session!).OnGap(), this,
                TimeSpan.FromMilliseconds(Manifest.Number(SparkplugAdapter.ReorderMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    private void OnGap()
    {
        lock (_gate)
        {
            _gap?.Dispose();
            _gap = null;
            if (!_node.Waits)
            {
                return;
            }

            _node.GiveUp();
        }

        WantBirth();
    }

    private async Task Note(SparkplugReading reading)
    {
        foreach (var measure in _book.Measures)
        {
            if (measure.From == reading.From && SparkplugValue.Of(reading.Metric, reading.Datatype, measure.Scale) is { } value)
            {
                var at = reading.Timestamp is { } stamp and < 253_402_300_800_000 ? new Moment((long)stamp) : Now;
                await _book.Note(measure, value, at, Facts);
            }
        }
    }

    /// <summary>The node shall be born again: it is asked now, or when the last time is long enough ago, until it is.</summary>
    private void WantBirth()
    {
        lock (_gate)
        {
            _wanted = true;
            if (!AskLater())
            {
                return;
            }
        }

        _ = AskBirth();
    }

    /// <summary>Under the gate: looks again after a pause; false when that is so already.</summary>
    private bool AskLater()
    {
        if (_again is not null || _detached)
        {
            return false;
        }

        var pause = (long)Manifest.Number(SparkplugAdapter.RebirthMilliseconds) << Math.Min(_asked++, MostDoublings);
        _again = Ports.Clocks.Real.CreateTimer(
            static session => ((SparkplugSession)session!).OnAgain(), this, TimeSpan.FromMilliseconds(pause), Timeout.InfiniteTimeSpan);
        return true;
    }

    private void OnAgain()
    {
        lock (_gate)
        {
            _again?.Dispose();
            _again = null;
            if (!_wanted || (_node.IsBorn && _asked > MostDoublings))
            {
                // Nothing is missed, or a device that was never born will not be by asking.
                return;
            }
        }

        WantBirth();
    }

    private async Task AskBirth()
    {
        var rebirth = new SparkplugMetric(SparkplugNode.RebirthMetric, null, null, 11, false, false, 1, 14);
        try
        {
            await Ports.Mqtt.Link.Publish(
                new MqttMessage(_commands, new SparkplugPayload((ulong)Now.UnixMilliseconds, null, [rebirth]).ToBytes()), CancellationToken.None);
        }
        catch (LinkDownException)
        {
            // The link's next coming up asks again.
        }
    }
}
