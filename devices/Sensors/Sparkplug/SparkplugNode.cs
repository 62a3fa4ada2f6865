using System.Collections.Immutable;

namespace Warehouse.Devices.Sensors.Sparkplug;

/// <summary>A value that a node has brought: <c>device/metric</c>, or <c>metric</c> of the node itself.</summary>
/// <param name="From">Device and metric.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Datatype">Its type by its birth.</param>
/// <param name="Timestamp">Milliseconds since 1970 by the node's clock, if it says so.</param>
public sealed record SparkplugReading(string From, SparkplugMetric Metric, uint Datatype, ulong? Timestamp);

/// <summary>What a message of a node comes to.</summary>
/// <param name="Readings">Values of the present.</param>
/// <param name="AskRebirth">True when something was missed: the node has to tell everything again.</param>
/// <param name="Online">Whether the node is born; null when that did not change.</param>
public sealed record SparkplugNews(ImmutableArray<SparkplugReading> Readings, bool AskRebirth, bool? Online)
{
    /// <summary>Nothing.</summary>
    public static SparkplugNews None { get; } = new([], false, null);
}

/// <summary>
/// One edge node as a host sees it (Sparkplug 3.0, sections 4 and 6): its birth lists every metric with type and alias,
/// data counts only after the birth and in sequence, and a death counts only when its bdSeq is the present birth's.
/// After a gap nothing counts until the node was born again. Pure but for its own state; not safe for two threads.
/// </summary>
public sealed class SparkplugNode
{
    /// <summary>Most metrics that are remembered, over the node and its devices.</summary>
    public const int MaxKnown = 16_384;

    /// <summary>The metric that asks for a rebirth.</summary>
    public const string RebirthMetric = "Node Control/Rebirth";

    private readonly Dictionary<string, uint> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, string> _aliases = [];
    private readonly SortedSet<string> _devices = new(StringComparer.Ordinal);
    private bool _born;
    private ulong? _bdSeq;
    private ulong _seq;

    /// <summary>True while the node is born and nothing was missed.</summary>
    public bool IsBorn => _born;

    /// <summary>What a message comes to.</summary>
    /// <param name="type">NBIRTH, NDEATH, NDATA, DBIRTH, DDEATH or DDATA.</param>
    /// <param name="device">The device, empty for the node itself.</param>
    /// <param name="payload">What it says.</param>
    public SparkplugNews Hear(string type, string device, SparkplugPayload payload) => (type, device.Length > 0) switch
    {
        ("NBIRTH", false) => Birth(payload),
        ("NDEATH", false) => Death(payload),
        ("DBIRTH", true) => InSequence(payload, () => DeviceBirth(device, payload)),
        ("DDEATH", true) => InSequence(payload, () => DeviceDeath(device)),
        ("NDATA", false) => InSequence(payload, () => Data("", payload)),
        ("DDATA", true) => InSequence(payload, () => Data(device, payload)),
        _ => SparkplugNews.None,
    };

    private SparkplugNews Birth(SparkplugPayload payload)
    {
        _types.Clear();
        _aliases.Clear();
        _devices.Clear();
        _born = payload.Seq == 0;
        _seq = 0;
        _bdSeq = payload.Metrics.FirstOrDefault(metric => metric.Name == "bdSeq")?.Value;
        return _born
            ? new SparkplugNews(Known("", payload), AskRebirth: false, Online: true)
            : new SparkplugNews([], AskRebirth: true, Online: null);
    }

    private SparkplugNews Death(SparkplugPayload payload)
    {
        var of = payload.Metrics.FirstOrDefault(metric => metric.Name == "bdSeq")?.Value;
        if (of != _bdSeq || _bdSeq is null)
        {
            return SparkplugNews.None;
        }

        _born = false;
        return new SparkplugNews([], AskRebirth: false, Online: false);
    }

    private SparkplugNews DeviceBirth(string device, SparkplugPayload payload)
    {
        _devices.Add(device);
        return new SparkplugNews(Known(device, payload), AskRebirth: false, Online: null);
    }

    private SparkplugNews DeviceDeath(string device)
    {
        _devices.Remove(device);
        return SparkplugNews.None;
    }

    private SparkplugNews InSequence(SparkplugPayload payload, Func<SparkplugNews> then)
    {
        if (!_born || payload.Seq != (_seq + 1) % 256)
        {
            _born = false;
            return new SparkplugNews([], AskRebirth: true, Online: null);
        }

        _seq = (_seq + 1) % 256;
        return then();
    }

    private SparkplugNews Data(string device, SparkplugPayload payload)
    {
        if (device.Length > 0 && !_devices.Contains(device))
        {
            return Again();
        }

        var readings = ImmutableArray.CreateBuilder<SparkplugReading>();
        foreach (var metric in payload.Metrics)
        {
            var from = metric.Name is { } name ? From(device, name) : metric.Alias is { } alias ? _aliases.GetValueOrDefault(alias) : null;
            if (from is null || !_types.TryGetValue(from, out var type))
            {
                return Again();
            }

            if (!metric.IsHistorical)
            {
                readings.Add(new SparkplugReading(from, metric, type, metric.Timestamp ?? payload.Timestamp));
            }
        }

        return new SparkplugNews(readings.ToImmutable(), AskRebirth: false, Online: null);
    }

    private SparkplugNews Again()
    {
        _born = false;
        return new SparkplugNews([], AskRebirth: true, Online: null);
    }

    /// <summary>Learns a birth's metrics and gives their values.</summary>
    private ImmutableArray<SparkplugReading> Known(string device, SparkplugPayload payload)
    {
        var readings = ImmutableArray.CreateBuilder<SparkplugReading>();
        foreach (var metric in payload.Metrics)
        {
            if (metric.Name is not { } name || (_types.Count >= MaxKnown && !_types.ContainsKey(From(device, name))))
            {
                continue;
            }

            var from = From(device, name);
            _types[from] = metric.Datatype;
            if (metric.Alias is { } alias)
            {
                _aliases[alias] = from;
            }

            if (!metric.IsHistorical)
            {
                readings.Add(new SparkplugReading(from, metric, metric.Datatype, metric.Timestamp ?? payload.Timestamp));
            }
        }

        return readings.ToImmutable();
    }

    private static string From(string device, string metric) => device.Length == 0 ? metric : $"{device}/{metric}";
}
