using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Sensors.Sparkplug;

/// <summary>
/// One edge node. Its birth is its read-back: after a start, a reconnect or a gap the node is asked to be born again, and
/// nothing counts before. Births and deaths are the device's own link, told when they change.
/// </summary>
public sealed class SparkplugSession : ReportingSession
{
    /// <summary>What all topics of Sparkplug B begin with.</summary>
    public const string Namespace = "spBv1.0";

    private readonly MeasureBook _book;
    private readonly SparkplugNode _node = new();
    private readonly LinkNews _link = new();
    private readonly Lock _gate = new();
    private readonly string _prefix;
    private readonly string _commands;
    private Moment _askAgain;

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
        if (Ports.Mqtt.Link.State == LinkState.Up)
        {
            await AskRebirth();
        }
    }

    private void OnOurLink(LinkState state)
    {
        if (state == LinkState.Up)
        {
            _ = AskRebirth();
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
        }

        if (news.AskRebirth)
        {
            await AskRebirth();
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

    /// <summary>Asks the node to be born again, unless it was asked a moment ago.</summary>
    private async Task AskRebirth()
    {
        var now = Now;
        lock (_gate)
        {
            if (now < _askAgain)
            {
                return;
            }

            _askAgain = now.Plus(Manifest.Number(SparkplugAdapter.RebirthMilliseconds));
        }

        var rebirth = new SparkplugMetric(SparkplugNode.RebirthMetric, null, null, 11, false, false, 1, 14);
        try
        {
            await Ports.Mqtt.Link.Publish(
                new MqttMessage(_commands, new SparkplugPayload((ulong)now.UnixMilliseconds, null, [rebirth]).ToBytes()), CancellationToken.None);
        }
        catch (LinkDownException)
        {
            // The link's next coming up asks again.
        }
    }
}
