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

    /// <summary>Something was missed.</summary>
    public static SparkplugNews Again { get; } = new([], true, null);

    /// <summary>Both, one after the other.</summary>
    public SparkplugNews And(SparkplugNews next) =>
        new(Readings.AddRange(next.Readings), AskRebirth || next.AskRebirth, next.Online ?? Online);
}

/// <summary>
/// One edge node as a host sees it (Sparkplug 3.0, sections 4 and 6): its birth lists every metric with type and alias,
/// data counts only after the birth and in sequence, and a death counts only when its bdSeq is the present birth's. What
/// comes before its turn waits for what is missing (section 5.4, reordering); when that does not come in time, nothing
/// counts until the node was born again. Pure but for its own state; not safe for two threads.
/// </summary>
public sealed class SparkplugNode
{
    /// <summary>Most metrics that are remembered, over the node and its devices.</summary>
    public const int MaxKnown = 16_384;

    /// <summary>Most messages that wait for one before them.</summary>
    public const int MaxHeld = 64;

    /// <summary>The metric that asks for a rebirth.</summary>
    public const string RebirthMetric = "Node Control/Rebirth";

    private readonly Dictionary<string, uint> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, string> _aliases = [];
    private readonly SortedSet<string> _devices = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ulong, (string Type, string Device, SparkplugPayload Payload)> _held = [];
    private bool _born;
    private ulong? _bdSeq;
    private ulong _seq;
    private ulong _bornAt;
    private ulong _lastAt;

    /// <summary>True while the node is born and nothing was missed.</summary>
    public bool IsBorn => _born;

    /// <summary>True when the present birth has this metric.</summary>
    /// <param name="from">Device and metric.</param>
    public bool Knows(string from) => _types.ContainsKey(from);

    /// <summary>True while messages wait for one before them.</summary>
    public bool Waits => _held.Count > 0;

    /// <summary>What was missing did not come in time.</summary>
    public SparkplugNews GiveUp()
    {
        _held.Clear();
        return Again();
    }

    /// <summary>What a message comes to.</summary>
    /// <param name="type">NBIRTH, NDEATH, NDATA, DBIRTH, DDEATH or DDATA.</param>
    /// <param name="device">The device, empty for the node itself.</param>
    /// <param name="payload">What it says.</param>
    public SparkplugNews Hear(string type, string device, SparkplugPayload payload) => (type, device.Length > 0) switch
    {
        ("NBIRTH", false) => Birth(payload),
        ("NDEATH", false) => Death(payload),
        ("DBIRTH" or "DDEATH" or "DDATA", true) or ("NDATA", false) => InSequence(type, device, payload),
        _ => SparkplugNews.None,
    };

    private SparkplugNews Birth(SparkplugPayload payload)
    {
        var session = payload.Metrics.FirstOrDefault(metric => metric.Name == "bdSeq")?.Value;
        if (_born && session == _bdSeq && payload.Timestamp < _bornAt)
        {
            // A later birth of the same session has overtaken it.
            return SparkplugNews.None;
        }

        _types.Clear();
        _aliases.Clear();
        _devices.Clear();
        _born = payload.Seq == 0;
        _seq = 0;
        _bdSeq = session;
        _bornAt = _lastAt = payload.Timestamp ?? 0;
        foreach (var (seq, _) in _held.Where(held => held.Value.Payload.Timestamp < _bornAt).ToArray())
        {
            _held.Remove(seq);
        }

        return _born ? new SparkplugNews(Known("", payload), AskRebirth: false, Online: true).And(WhatWaited()) : Again();
    }

    private SparkplugNews Death(SparkplugPayload payload)
    {
        var of = payload.Metrics.FirstOrDefault(metric => metric.Name == "bdSeq")?.Value;
        if (of != _bdSeq || _bdSeq is null)
        {
            return SparkplugNews.None;
        }

        _born = false;
        _held.Clear();
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

    private SparkplugNews InSequence(string type, string device, SparkplugPayload payload)
    {
        if (payload.Seq is not { } seq || seq > 255 || _held.Count >= MaxHeld)
        {
            return GiveUp();
        }

        var at = payload.Timestamp ?? _lastAt;
        var ahead = (255 + seq - _seq) % 256;
        if (_born && (at < _bornAt || (ahead > 128 && at <= _lastAt)))
        {
            // Of before the birth, or said before: a broker may bring a message late, or twice.
            return SparkplugNews.None;
        }

        if (!_born || ahead != 0)
        {
            _held[seq] = (type, device, payload);
            return _born ? SparkplugNews.None : SparkplugNews.Again;
        }

        return Take(type, device, payload).And(WhatWaited());
    }

    /// <summary>What waited and has its turn now.</summary>
    private SparkplugNews WhatWaited()
    {
        var news = SparkplugNews.None;
        while (_born && _held.Remove((_seq + 1) % 256, out var next))
        {
            news = news.And(Take(next.Type, next.Device, next.Payload));
        }

        return news;
    }

    private SparkplugNews Take(string type, string device, SparkplugPayload payload)
    {
        _seq = (_seq + 1) % 256;
        _lastAt = payload.Timestamp ?? _lastAt;
        return type switch
        {
            "DBIRTH" => DeviceBirth(device, payload),
            "DDEATH" => DeviceDeath(device),
            _ => Data(device, payload),
        };
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
        return SparkplugNews.Again;
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
