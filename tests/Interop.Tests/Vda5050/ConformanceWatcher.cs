using System.Text.Json;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Vda5050;

namespace Interop.Tests.Vda5050;

/// <summary>
/// Listens to everything that a master control and its vehicle say, and checks it against the published schemas and the
/// rules of the text, knowing nothing of either side. Kept apart: what we break, and what the vehicle does.
/// </summary>
internal sealed class ConformanceWatcher(VdaTopics topics)
{
    private readonly Lock _gate = new();
    private readonly List<string> _ours = [];
    private readonly List<string> _theirs = [];
    private readonly Dictionary<string, uint> _headers = [];
    private readonly HashSet<string> _cancelled = [];
    private VdaOrder? _order;
    private int _messages;

    /// <summary>What the master control broke.</summary>
    public IReadOnlyList<string> Ours
    {
        get
        {
            lock (_gate)
            {
                return [.. _ours];
            }
        }
    }

    /// <summary>What the vehicle broke.</summary>
    public IReadOnlyList<string> Theirs
    {
        get
        {
            lock (_gate)
            {
                return [.. _theirs];
            }
        }
    }

    /// <summary>How many messages it has checked.</summary>
    public int Messages
    {
        get
        {
            lock (_gate)
            {
                return _messages;
            }
        }
    }

    /// <summary>Begins to listen on a link of its own.</summary>
    public async Task Watch(IMqttLink link)
    {
        foreach (var topic in Enum.GetValues<VdaTopic>())
        {
            await link.Subscribe(topics[topic], MqttQos.AtLeastOnce, message =>
            {
                lock (_gate)
                {
                    Check(topic, message);
                }

                return Task.CompletedTask;
            });
        }
    }

    private void Check(VdaTopic topic, MqttMessage message)
    {
        _messages++;
        var breaches = topic is VdaTopic.Order or VdaTopic.InstantActions or VdaTopic.ZoneSet or VdaTopic.Responses ? _ours : _theirs;
        using var body = JsonDocument.Parse(message.Payload);
        breaches.AddRange(topics.Dialect.Breaches(topic, body.RootElement).Select(breach => $"{topic}: {breach}"));
        var root = body.RootElement;
        if (root.GetProperty("manufacturer").GetString() != topics.Manufacturer || root.GetProperty("serialNumber").GetString() != topics.SerialNumber
            || root.GetProperty("version").GetString() != topics.Version)
        {
            breaches.Add($"{topic}: the header is not this vehicle's");
        }

        if (topic != VdaTopic.Connection)
        {
            var header = root.GetProperty("headerId").GetUInt32();
            if (_headers.TryGetValue(message.Topic, out var last) && header != unchecked(last + 1) && header != 0)
            {
                breaches.Add($"{topic}: header id {header} after {last}");
            }

            _headers[message.Topic] = header;
        }

        if (breaches == _ours && (message.Qos != MqttQos.AtMostOnce || message.Retain))
        {
            breaches.Add($"{topic}: QoS 0 and not retained is asked for");
        }

        switch (topic)
        {
            case VdaTopic.Order:
                Check(topics.Dialect.Read<VdaOrder>(root));
                break;
            case VdaTopic.InstantActions when topics.Dialect.Read<VdaInstantActions>(root).Actions.Any(action => action.ActionType == "cancelOrder"):
                _cancelled.Add(_order?.OrderId ?? "");
                break;
        }
    }

    private void Check(VdaOrder order)
    {
        var sequence = order.Nodes.Select(node => node.SequenceId).Concat(order.Edges.Select(edge => edge.SequenceId)).Order().ToList();
        Rule(order.Edges.Length == order.Nodes.Length - 1, "one edge less than nodes");
        Rule(sequence.Zip(sequence.Skip(1)).All(pair => pair.Second == pair.First + 1), "sequence ids without a gap");
        Rule(order.Nodes.All(node => node.SequenceId % 2 == 0), "nodes have even sequence ids");
        Rule(order.Nodes[0].Released, "the first node is released");
        Rule(order.Nodes.SkipWhile(node => node.Released).All(node => !node.Released), "nothing is released behind the horizon's begin");
        Rule(
            order.Edges.Zip(order.Nodes, order.Nodes.Skip(1)).All(one => topics.Dialect.Major > 2
                || (one.First.StartNodeId == one.Second.NodeId && one.First.EndNodeId == one.Third.NodeId)), "edges join their nodes");
        var actions = order.Nodes.SelectMany(node => node.Actions).Select(action => action.ActionId).ToList();
        Rule(actions.Distinct(StringComparer.Ordinal).Count() == actions.Count, "an action id stands once");
        if (_order is { } last && last.OrderId == order.OrderId)
        {
            Rule(order.OrderUpdateId == last.OrderUpdateId || order.OrderUpdateId == last.OrderUpdateId + 1, "updates count by one");
            Rule(order.OrderUpdateId == last.OrderUpdateId || !_cancelled.Contains(order.OrderId), "no update after a cancel");
            if (order.OrderUpdateId > last.OrderUpdateId)
            {
                var end = last.Nodes.Last(node => node.Released);
                Rule(
                    (end.NodeId, end.SequenceId) == (order.Nodes[0].NodeId, order.Nodes[0].SequenceId)
                    && end.Actions.Select(one => one.ActionId).SequenceEqual(order.Nodes[0].Actions.Select(one => one.ActionId)),
                    "an update begins with the last node of the base, unchanged");
            }
        }
        else
        {
            Rule(order.OrderUpdateId == 0 && order.Nodes[0].SequenceId == 0, "a new order begins at 0");
        }

        _order = order;

        void Rule(bool kept, string rule)
        {
            if (!kept)
            {
                _ours.Add($"order {order.OrderId} {order.OrderUpdateId}: {rule}");
            }
        }
    }
}
