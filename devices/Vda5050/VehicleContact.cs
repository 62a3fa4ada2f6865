using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// What a session knows of its vehicle and has said to it: the newest state, the order and the cancel that were sent,
/// the factsheet. Callbacks of the link write it, the loops that send read it.
/// </summary>
internal sealed class VehicleContact(VehicleWire wire, DriveRules rules, int orderNodes, bool bothFields, Action<Difference> raise)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = New();
    private TaskCompletionSource _nextState = New();
    private VdaState? _state;
    private VdaFactsheet? _factsheet;
    private DriveMemory _memory = new();
    private Moment? _asked;

    /// <summary>Ends when something that is known changes.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Ends when a state comes.</summary>
    public Task NextState
    {
        get
        {
            lock (_gate)
            {
                return _nextState.Task;
            }
        }
    }

    /// <summary>The newest state; null when none is known.</summary>
    public VdaState? State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>What the vehicle says of its type; null before it has.</summary>
    public VdaFactsheet? Factsheet
    {
        get
        {
            lock (_gate)
            {
                return _factsheet;
            }
        }
    }

    /// <summary>What a decision about a mission is made from.</summary>
    public DriveView View(CurrentDrive drive)
    {
        lock (_gate)
        {
            var limits = _factsheet?.ProtocolLimits;
            var bounded = rules with
            {
                OrderNodes = ProtocolLimits.OrderNodes(limits, orderNodes),
                OrderIntervalMilliseconds = ProtocolLimits.OrderInterval(limits),
            };
            return new(drive.Course, drive.Entry, drive.Known, _state, _memory, bounded, wire.Now);
        }
    }

    /// <summary>A mission begins: nothing of it was sent yet. A cancel that has not ended stays.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _memory = new DriveMemory(Cancel: _memory.Cancel is { Ended: null } cancel ? cancel : null, LastOrder: _memory.LastOrder);
        }
    }

    /// <summary>A state came.</summary>
    public void Heard(VdaState state, CurrentDrive? drive)
    {
        TaskCompletionSource heard;
        lock (_gate)
        {
            _state = state;
            _memory = drive is null ? _memory : _memory.After(state, drive.Course, rules.Completion);
            (heard, _nextState) = (_nextState, New());
        }

        heard.TrySetResult();
        Ring();
    }

    /// <summary>A factsheet came.</summary>
    public void Heard(VdaFactsheet factsheet)
    {
        lock (_gate)
        {
            _factsheet = factsheet;
        }

        Ring();
    }

    /// <summary>What the vehicle said no longer counts: it or the link was away.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _state = null;
            _asked = null;
        }

        Ring();
    }

    /// <summary>Something that is known changed.</summary>
    public void Ring()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            (changed, _changed) = (_changed, New());
        }

        changed.TrySetResult();
    }

    /// <summary>A person has to look, and the cancel that led to it is taken as past.</summary>
    public void Raise(Difference difference)
    {
        lock (_gate)
        {
            _memory = _memory with { Cancel = null };
        }

        raise(difference);
    }

    /// <summary>Asks for a state, once a resend period.</summary>
    public async Task AskState(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_asked is { } asked && wire.Now.Since(asked) < rules.ResendMilliseconds)
            {
                return;
            }

            _asked = wire.Now;
        }

        await Act("stateRequest", null, [], cancellation);
    }

    /// <summary>Sends an instant action; its id is given, or made from the header's number and time.</summary>
    public async Task Act(string type, string? id, ImmutableArray<VdaParameter> parameters, CancellationToken cancellation)
    {
        var header = wire.Header(VdaTopic.InstantActions);
        ImmutableArray<VdaAction> actions =
            [new VdaAction(type, id ?? $"{type}-{header.HeaderId}-{header.At.UnixMilliseconds}", VdaBlocking.None, parameters)];
        var message = new VdaInstantActions(
            header.HeaderId, header.Timestamp, header.Topics.Version, header.Topics.Manufacturer, header.Topics.SerialNumber,
            actions, bothFields ? actions : null);
        var payload = wire.Write(message, VdaTopic.InstantActions);
        if (ProtocolLimits.Breach(message, payload.Length, Factsheet?.ProtocolLimits) is { } breach)
        {
            throw new UnfitMessageException(breach);
        }

        await wire.Publish(VdaTopic.InstantActions, payload, cancellation);
    }

    /// <summary>Sends a part of a course, or the same message again under a new header.</summary>
    public async Task SendOrder(DriveStep.SendOrder step, Course course, DriveStyle style, CancellationToken cancellation)
    {
        var header = wire.Header(VdaTopic.Order);
        var body = step.Again?.Body ?? Bounded(OrderMapping.ToOrder(course, step.Part, style, State));
        var payload = wire.Write(header.Head(body), VdaTopic.Order);
        if (ProtocolLimits.Breach(body, payload.Length, Factsheet?.ProtocolLimits) is { } breach)
        {
            throw new UnfitMessageException(breach);
        }

        lock (_gate)
        {
            var sent = step.Again ?? new SentOrder(step.Part, body, course.Update, header.HeaderId, header.At);
            _memory = _memory with
            {
                Sent = sent with { LastSent = header.At },
                LastOrder = header.At,
                Had = step.Part.UpdateId > 0,
                Confirmed = step.Part.UpdateId > 0 ? _memory.Confirmed : null,
                Rejections = step.Again is null ? 0 : _memory.Rejections,
                Rejection = step.Again is null ? null : _memory.Rejection,
                Cancel = null,
            };
        }

        await wire.Publish(VdaTopic.Order, payload, cancellation);
    }

    /// <summary>Cancels the order that the vehicle has, or says so again.</summary>
    public async Task SendCancel(DriveStep.SendCancel step, CancellationToken cancellation)
    {
        var now = wire.Now;
        SentCancel sent;
        lock (_gate)
        {
            sent = step.Again is { } again
                ? again with { LastSent = now }
                : new SentCancel($"cancel-{step.Of}-{now.UnixMilliseconds}", step.Of, now, now);
            _memory = _memory with { Cancel = sent, Sent = null };
        }

        await Act("cancelOrder", sent.ActionId, [], cancellation);
    }

    /// <summary>No more nodes than the vehicle can take; the rest follows when it has driven on.</summary>
    private VdaOrder Bounded(VdaOrder order)
    {
        var most = ProtocolLimits.OrderNodes(Factsheet?.ProtocolLimits, orderNodes);
        return order.Nodes.Length <= most ? order : order with { Nodes = order.Nodes[..most], Edges = order.Edges[..(most - 1)] };
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
