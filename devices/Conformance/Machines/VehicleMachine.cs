using System.Collections.Immutable;
using System.Text.Json;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Conformance.Machines;

/// <summary>
/// A vehicle of VDA 5050: it passes a node or does an act each half second, tells its state on each event and every ten
/// seconds, takes a repeated order once, and refuses another one while it has something to do. At a power cut it
/// forgets its order and what it counted; where it stands and what it carries it sees again.
/// </summary>
public sealed class VehicleMachine(VdaTopics topics, TimeProvider clock, string node) : IMachine, IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly List<string> _done = [];
    private readonly List<string> _facts = [];
    private IMqttLink? _link;
    private ITimer? _beat;
    private VdaOrder? _order;
    private string _node = node;
    private string? _load;
    private int _at;
    private ImmutableArray<VdaActionState> _acts = [];
    private ImmutableArray<VdaActionState> _instant = [];
    private ImmutableArray<VdaError> _errors = [];
    private uint _header;
    private int _silent;

    /// <inheritdoc/>
    public IReadOnlyList<string> Done => _done;

    /// <inheritdoc/>
    public IReadOnlyList<string> Facts => _facts;

    /// <summary>The name of a mission's end.</summary>
    public static string FactOf(string mission) => $"ended {mission}";

    private ImmutableArray<VdaNode> Ahead => _order is null ? [] : _order.Nodes[(_at + 1)..];

    private bool IsIdle => Ahead.IsEmpty && _acts.All(act => act.IsFinal);

    /// <inheritdoc/>
    public async Task PowerOn(IMqttLink link)
    {
        (_link, _header) = (link, 0);
        await link.Subscribe(topics[VdaTopic.Order], MqttQos.AtMostOnce, message => Hear(message, (VdaOrder order) => Take(order)));
        await link.Subscribe(topics[VdaTopic.InstantActions], MqttQos.AtMostOnce, message => Hear(message, (VdaInstantActions actions) => Take(actions)));
        link.StateChanged += state =>
        {
            if (state == LinkState.Up)
            {
                Say(VdaTopic.Connection, new VdaConnection(
                    0, Now, topics.Version, topics.Manufacturer, topics.SerialNumber, VdaConnectionState.Online), MqttQos.AtLeastOnce, retain: true);
                SayState();
            }
        };
        link.Start();
        _beat = clock.CreateTimer(_ => Step(), null, Beat, Beat);
    }

    /// <inheritdoc/>
    public void PowerOff()
    {
        _beat?.Dispose();
        (_link, _order, _at, _acts, _instant, _errors) = (null, null, 0, [], [], []);
    }

    /// <inheritdoc/>
    public void Dispose() => PowerOff();

    /// <inheritdoc/>
    public void Act(int number)
    {
    }

    private string Now => clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One act, or one node.</summary>
    private void Step()
    {
        if (_order is { } order && order.Nodes[_at].Actions.FirstOrDefault(act => !State(act).IsFinal) is { } next)
        {
            _load = next.ActionType == "pick" ? next.Parameter("loadId") : null;
            Set(next, VdaActionStatus.Finished);
            Arrived(order);
        }
        else if (Ahead is [{ Released: true } ahead, ..])
        {
            (_at, _node) = (_at + 1, ahead.NodeId);
            Arrived(_order!);
        }
        else if (++_silent >= 20)
        {
            SayState();
        }
    }

    private void Arrived(VdaOrder order)
    {
        if (IsIdle)
        {
            var mission = OrderName.MissionTextOf(order.OrderId);
            _done.Add(mission);
            _facts.Add(FactOf(mission));
        }

        SayState();
    }

    private void Take(VdaOrder order)
    {
        if (_order?.OrderId == order.OrderId)
        {
            return;
        }

        if (!IsIdle || order.Nodes[0].NodeId != _node)
        {
            _errors =
            [
                new VdaError(
                    (topics.Dialect.Major, IsIdle) switch
                    {
                        (2, false) => "orderError",
                        (2, true) => "noRouteError",
                        (_, false) => "OTHER_ORDER_ACTIVE",
                        _ => "START_NODE_OUT_OF_RANGE",
                    },
                    ErrorLevel.Warning,
                    [new("orderId", order.OrderId), new("headerId", order.HeaderId.ToString(System.Globalization.CultureInfo.InvariantCulture))]),
            ];
        }
        else
        {
            (_order, _at, _errors) = (order, 0, []);
            _acts = [.. order.Nodes.SelectMany(one => one.Actions).Select(act => new VdaActionState(act.ActionId, VdaActionStatus.Waiting, act.ActionType))];
        }

        SayState();
    }

    private void Take(VdaInstantActions message)
    {
        foreach (var action in message.Actions.Where(action => _instant.All(known => known.ActionId != action.ActionId)))
        {
            var known = action.ActionType is "stateRequest" or "factsheetRequest";
            _instant = [.. _instant.TakeLast(7), new(action.ActionId, known ? VdaActionStatus.Finished : VdaActionStatus.Failed, action.ActionType)];
        }

        SayState();
    }

    private VdaActionState State(VdaAction act) => _acts.First(state => state.ActionId == act.ActionId);

    private void Set(VdaAction act, VdaActionStatus status) =>
        _acts = [.. _acts.Select(state => state.ActionId == act.ActionId ? state with { ActionStatus = status } : state)];

    private Task Hear<T>(MqttMessage message, Action<T> take)
        where T : class
    {
        try
        {
            take(topics.Dialect.Read<T>(message.Payload.Span));
        }
        catch (JsonException)
        {
            // Spoilt on purpose: a vehicle that cannot read a message does nothing.
        }

        return Task.CompletedTask;
    }

    private void SayState()
    {
        _silent = 0;
        var third = topics.Dialect.Major >= 3;
        Say(VdaTopic.State, new VdaState(
            _header++, Now, topics.Version, topics.Manufacturer, topics.SerialNumber, _order?.OrderId ?? "", 0, _node,
            _order?.Nodes[_at].SequenceId ?? 0, [.. Ahead.Select(one => new VdaNodeState(one.NodeId, one.SequenceId, one.Released))],
            [.. _order is { } order ? order.Edges[_at..].Select(edge => new VdaEdgeState(edge.EdgeId, edge.SequenceId, edge.Released)) : []],
            !Ahead.IsEmpty, third ? _acts : [.. _acts, .. _instant], new VdaPowerSupply(80, false), OperatingMode.Automatic, _errors,
            new VdaSafetyState(VdaEStop.None, false), null, _load is null ? [] : [new VdaLoad(_load)], Paused: false,
            InstantActionStates: third ? _instant : null));
    }

    private void Say<T>(VdaTopic topic, T message, MqttQos qos = MqttQos.AtMostOnce, bool retain = false)
        where T : class => _ = _link?.Publish(new MqttMessage(topics[topic], topics.Dialect.Write(message), qos, retain));
}
