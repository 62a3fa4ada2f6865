using System.Collections.Immutable;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Tests.Staging;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Tests.Vda5050;

/// <summary>
/// A small conforming vehicle that a test moves step by step: it takes, joins, repeats and refuses orders as the
/// standard says, over a wire that loses, repeats and delays, and may be switched off between any two steps. Whatever
/// it is told against the rules, or would do twice, it writes down.
/// </summary>
internal sealed class PlayVehicle
{
    private readonly Floor _floor;
    private readonly VdaTopics _topics;
    private readonly Random _chance;
    private readonly List<byte[]> _late = [];
    private VdaOrder? _order;
    private string _orderId = "";
    private uint _updateId;
    private int _at;
    private int _acted;
    private bool _cancelled;
    private ImmutableArray<VdaActionState> _states = [];
    private ImmutableArray<VdaActionState> _instant = [];
    private ImmutableArray<VdaError> _errors = [];
    private uint _header;
    private int _second;

    public PlayVehicle(Floor floor, VdaTopics topics, Random chance, string node)
    {
        (_floor, _topics, _chance, Node) = (floor, topics, chance, node);
        floor.OnWire = Hear;
    }

    /// <summary>Of a hundred messages, how many are lost, repeated, or handed over late.</summary>
    public int Trouble { get; set; }

    /// <summary>Where it stands.</summary>
    public string Node { get; private set; }

    /// <summary>What it carries.</summary>
    public string? Load { get; private set; }

    /// <summary>What it has really done, in order.</summary>
    public List<string> Done { get; } = [];

    /// <summary>What it was told against the rules, and what it would have done twice.</summary>
    public List<string> Breaches { get; } = [];

    /// <summary>Nothing released lies ahead, and every act is final.</summary>
    public bool Idle => _order is null || _cancelled || (Ahead.IsEmpty && _states.All(state => state.IsFinal));

    private ImmutableArray<VdaNode> Ahead => _order is null || _cancelled ? [] : _order.Nodes[(_at + 1)..];

    /// <summary>Does the next thing, if it may, and says how it is.</summary>
    public void Step()
    {
        if (_order is not null && !_cancelled)
        {
            var node = _order.Nodes[_at];
            if (_acted < node.Actions.Length)
            {
                Act(node.Actions[_acted++]);
            }
            else if (Ahead is [{ Released: true } next, ..])
            {
                (_at, _acted, Node) = (_at + 1, 0, next.NodeId);
            }
        }

        Say();
    }

    /// <summary>Off and on again: it knows where it stands and what it carries, and nothing else.</summary>
    public void Reboot()
    {
        (_order, _orderId, _updateId, _at, _acted, _cancelled) = (null, "", 0, 0, 0, false);
        (_states, _instant, _errors) = ([], [], []);
        _floor.VehicleConnection(VdaConnectionState.ConnectionBroken);
        _floor.VehicleConnection(VdaConnectionState.Online);
        Say();
    }

    /// <summary>Says how it is; what was late before comes after it.</summary>
    public void Say()
    {
        var major3 = _topics.Dialect.Major >= 3;
        _second++;
        var state = new VdaState(
            _header++, $"2026-03-02T{6 + (_second / 3600):00}:{_second / 60 % 60:00}:{_second % 60:00}.000Z", _topics.Version, "virtual", "MAIN-V07", _orderId, _updateId, Node,
            _order?.Nodes[_at].SequenceId ?? 0,
            [.. Ahead.Select(node => new VdaNodeState(node.NodeId, node.SequenceId, node.Released))],
            [.. _order is null || _cancelled ? [] : _order.Edges[_at..].Select(edge => new VdaEdgeState(edge.EdgeId, edge.SequenceId, edge.Released))],
            false, major3 ? _states : [.. _states, .. _instant], new VdaPowerSupply(80, false), OperatingMode.Automatic, _errors,
            new VdaSafetyState(VdaEStop.None, false), new VdaPosition(0, 0, 0, "MAIN", false), Load is null ? [] : [new VdaLoad(Load)], false,
            Ahead.Any(node => !node.Released), major3 ? _instant : null);
        Hand(_topics.Dialect.Write(state));
    }

    private void Hand(byte[] state)
    {
        var luck = _chance.Next(100);
        if (luck < Trouble)
        {
            if (luck % 2 == 0)
            {
                _late.Add(state);
            }
        }
        else
        {
            Publish(state);
            if (luck < 2 * Trouble)
            {
                Publish(state);
            }

            _late.ForEach(Publish);
            _late.Clear();
        }

        _floor.Pass(0.02);
    }

    private void Publish(byte[] state) => _floor.Publish(_topics[VdaTopic.State], state, MqttQos.AtMostOnce);

    private void Hear(MqttMessage message)
    {
        if (message.Topic == _topics[VdaTopic.Order])
        {
            Take(_topics.Dialect.Read<VdaOrder>(message.Payload.Span));
        }
        else if (message.Topic == _topics[VdaTopic.InstantActions])
        {
            Take(_topics.Dialect.Read<VdaInstantActions>(message.Payload.Span));
        }
    }

    private void Take(VdaOrder order)
    {
        if (_chance.Next(100) < Trouble)
        {
            return;
        }

        Check(order);
        if (_orderId != order.OrderId)
        {
            if (!Idle)
            {
                Refuse(order, "orderUpdateError", "OTHER_ORDER_ACTIVE");
            }
            else if (order.Nodes[0].NodeId != Node)
            {
                Refuse(order, "noRouteError", "START_NODE_OUT_OF_RANGE");
            }
            else
            {
                (_order, _orderId, _updateId, _at, _acted, _cancelled, _errors) = (order, order.OrderId, order.OrderUpdateId, 0, 0, false, []);
                _states = [.. order.Nodes.SelectMany(node => node.Actions).Select(action => new VdaActionState(action.ActionId, VdaActionStatus.Waiting))];
            }
        }
        else if (order.OrderUpdateId > _updateId && _order is not null)
        {
            Join(order);
        }
    }

    private void Join(VdaOrder order)
    {
        var end = _order!.Nodes.Last(node => node.Released);
        if (_cancelled)
        {
            Breaches.Add($"update {order.OrderUpdateId} of {order.OrderId} after its cancel");
            Refuse(order, "orderUpdateError", "ORDER_UPDATE_FOLLOWING_CANCEL");
        }
        else if ((end.NodeId, end.SequenceId) != (order.Nodes[0].NodeId, order.Nodes[0].SequenceId))
        {
            Breaches.Add($"update {order.OrderUpdateId} begins at {order.Nodes[0].NodeId}, and the base ends at {end.NodeId}");
            Refuse(order, "orderUpdateError", "VALIDATION_FAILURE");
        }
        else
        {
            if (order.OrderUpdateId != _updateId + 1)
            {
                Breaches.Add($"update {order.OrderUpdateId} after {_updateId}");
            }

            if (!end.Actions.Select(one => one.ActionId).SequenceEqual(order.Nodes[0].Actions.Select(one => one.ActionId)))
            {
                Breaches.Add($"update {order.OrderUpdateId} changes {end.NodeId}");
            }

            _order = order with
            {
                Nodes = [.. _order.Nodes.TakeWhile(node => node.SequenceId <= end.SequenceId), .. order.Nodes.Skip(1)],
                Edges = [.. _order.Edges.TakeWhile(edge => edge.SequenceId < end.SequenceId), .. order.Edges],
            };
            _updateId = order.OrderUpdateId;
            _states =
            [
                .. _order.Nodes.SelectMany(node => node.Actions).Select(action =>
                    _states.FirstOrDefault(state => state.ActionId == action.ActionId) ?? new VdaActionState(action.ActionId, VdaActionStatus.Waiting)),
            ];
        }
    }

    private void Take(VdaInstantActions actions)
    {
        if (_chance.Next(100) < Trouble)
        {
            return;
        }

        foreach (var action in actions.Actions.Where(action => _instant.All(state => state.ActionId != action.ActionId)))
        {
            var done = action.ActionType != "cancelOrder" || !Idle || (Ahead.Length > 0 && !_cancelled);
            if (action.ActionType == "cancelOrder" && done)
            {
                _cancelled = true;
                _states = [.. _states.Select(state => state.IsFinal ? state : state with { ActionStatus = VdaActionStatus.Failed })];
            }

            _instant = [.. _instant.TakeLast(7), new(action.ActionId, done ? VdaActionStatus.Finished : VdaActionStatus.Failed, action.ActionType)];
        }
    }

    private void Act(VdaAction action)
    {
        var load = action.Parameter("loadId");
        var fits = action.ActionType == "pick" ? Load is null : Load == load;
        if (!fits)
        {
            Breaches.Add($"told to {action.ActionType} {load} while it carries {Load ?? "nothing"}");
        }

        Load = action.ActionType == "pick" ? load : null;
        Done.Add($"{action.ActionType} {action.Parameter("stationName")}");
        _states = [.. _states.Select(state => state.ActionId == action.ActionId ? state with { ActionStatus = VdaActionStatus.Finished } : state)];
    }

    private void Refuse(VdaOrder order, string of2, string of3) => _errors =
    [
        new VdaError(
            _topics.Dialect.Major >= 3 ? of3 : of2, ErrorLevel.Warning,
            [new("orderId", order.OrderId), new("orderUpdateId", $"{order.OrderUpdateId}"), new("headerId", $"{order.HeaderId}")]),
    ];

    /// <summary>The rules of an order message by itself.</summary>
    private void Check(VdaOrder order)
    {
        var released = order.Nodes.Select(node => node.Released).ToList();
        var first = order.Nodes[0].SequenceId;
        if (order.Edges.Length != order.Nodes.Length - 1 || !released[0] || released.LastIndexOf(true) != released.Count(one => one) - 1
            || order.Nodes.Where((node, index) => node.SequenceId != first + (2 * index)).Any() || (order.OrderUpdateId == 0 && first != 0))
        {
            Breaches.Add($"order {order.OrderId} {order.OrderUpdateId} is malformed");
        }
    }
}
