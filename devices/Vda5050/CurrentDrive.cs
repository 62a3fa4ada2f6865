using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// The mission that a session follows, from before its order is sent until its end was reported. The command stays in
/// the outbox all that time: after a restart the way is still known, and the state tells how far it is. Facts are
/// reported one after another; one that is not taken is reported after the next state.
/// </summary>
internal sealed class CurrentDrive
{
    private readonly IFactSink _facts;
    private readonly Action _ring;
    private readonly DriveRules _rules;
    private readonly TaskCompletionSource<SendResult> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly SortedSet<string> _stuck = new(StringComparer.Ordinal);
    private OutboxEntry _entry;
    private Course _course;
    private CourseProgress _known;
    private CourseProgress _told;
    private string? _failure;
    private bool _failureTold;
    private int _baseWanted;
    private int _baseTold;
    private (string ActionId, string Reason)? _retriable;
    private (string ActionId, Moment Since)? _contradicted;
    private bool _cancelled;
    private bool _telling;

    public CurrentDrive(OutboxEntry entry, Course course, DriveRules rules, IFactSink facts, Action ring)
    {
        (_entry, _course, _rules, _facts, _ring) = (entry, course, rules, facts, ring);
        _known = _told = KnownOf(entry, course);
    }

    public OutboxEntry Entry
    {
        get
        {
            lock (_gate)
            {
                return _entry;
            }
        }
    }

    public Course Course
    {
        get
        {
            lock (_gate)
            {
                return _course;
            }
        }
    }

    /// <summary>How far it is known to be.</summary>
    public CourseProgress Known
    {
        get
        {
            lock (_gate)
            {
                return _known;
            }
        }
    }

    /// <summary>Ends when the last fact of the mission is durable: done, failed or cancelled.</summary>
    public Task<SendResult> Ended => _ended.Task;

    /// <summary>
    /// Ends what the outbox knows to be done: a command whose outcome was lost comes again after its end, when the vehicle
    /// may be at a later mission, and must not be said to it.
    /// </summary>
    public void Begin() => _ = Tell();

    /// <summary>The command changed in the outbox: more of its way, or it is to be cancelled.</summary>
    public void Revise(OutboxEntry entry)
    {
        if (Course.Of(entry.Command) is { } course)
        {
            lock (_gate)
            {
                (_entry, _course) = (entry, course);
            }
        }
    }

    /// <summary>Looks at a state that shows an order of the mission.</summary>
    public void See(VdaState state, Moment at)
    {
        lock (_gate)
        {
            if (StateMapping.OrderOf(state, _course.Mission) is not { } order)
            {
                return;
            }

            var seen = StateMapping.Progress(state, _course, order, _rules.Completion, _known);
            // A pick that came away empty is not made good by a drop that leaves the vehicle as empty as it was.
            _known = _contradicted is not null && seen.Acts > _known.Acts + 1 ? _known with { Nodes = seen.Nodes } : seen;
            // What a cancel or a person at the vehicle ended is listed as failed too, and is no failure of the act.
            _failure ??= _entry.Cancel is null ? StateMapping.Failure(state, _course) ?? Contradiction(state, at) : null;
            _baseWanted = state.NewBaseRequest == true ? order.Node(StateMapping.BaseEnd(state)) + 1 : _baseWanted;
            _retriable = state.ActionStates.FirstOrDefault(action => action.ActionStatus == VdaActionStatus.Retriable) is { } stuck
                && _stuck.Add(stuck.ActionId) ? (stuck.ActionId, stuck.ActionResult ?? "no reason given") : _retriable;
        }

        _ = Tell();
    }

    /// <summary>It turned out that this much is done: the vehicle forgot its order, and its place and load say so.</summary>
    public void Found(CourseProgress progress)
    {
        lock (_gate)
        {
            _known = progress;
        }

        _ = Tell();
    }

    /// <summary>The vehicle's refusal of an update, or of the rest after it lost the order.</summary>
    public void Fail(string reason)
    {
        lock (_gate)
        {
            _failure ??= reason;
        }

        _ = Tell();
    }

    /// <summary>The cancel has ended: the vehicle stands and has no order.</summary>
    public void Cancelled()
    {
        lock (_gate)
        {
            _cancelled = true;
        }

        _ = Tell();
    }

    /// <summary>The load may show a moment after the act; what stays contradicted is for a person to look at.</summary>
    private string? Contradiction(VdaState state, Moment at)
    {
        if (StateMapping.Contradicted(state, _course, _known.Acts) is not { } act)
        {
            _contradicted = null;
            return null;
        }

        _contradicted = _contradicted is { } former && former.ActionId == act.ActionId ? former : (act.ActionId, at);
        return at.Since(_contradicted.Value.Since) >= _rules.LoadMilliseconds
            ? $"{act.Action} at {act.Place} is finished, and the vehicle carries {StateMapping.LoadsOf(state)}, not what {_course.LoadId} would have it"
            : null;
    }

    private static CourseProgress KnownOf(OutboxEntry entry, Course course)
    {
        if (course.LegEnds.IsEmpty)
        {
            return new(entry.Nodes, entry.Acts, 0);
        }

        var legs = Math.Min(entry.Acts, course.LegEnds.Length);
        var node = legs == 0 ? -1 : course.LegEnds[legs - 1];
        return new(node + 1, node < 0 ? 0 : course.ActsThrough(node), legs);
    }

    private async Task Tell()
    {
        lock (_gate)
        {
            if (_telling)
            {
                return;
            }

            _telling = true;
        }

        while (Next() is { } next)
        {
            if (!await _facts.Report(next.Signal))
            {
                break;
            }

            lock (_gate)
            {
                next.Told();
            }
        }

        lock (_gate)
        {
            _telling = false;
        }

        _ring();
    }

    /// <summary>What is to be told next, and what to note once it is durable; null when everything is.</summary>
    private (DeviceSignal Signal, Action Told)? Next()
    {
        lock (_gate)
        {
            var (known, mission) = (_known, _course.Mission);
            if (!_course.LegEnds.IsEmpty && known.Legs > _told.Legs)
            {
                return (new DeviceSignal.LegsDone(mission, known.Legs), () => _told = known);
            }

            if (_course.LegEnds.IsEmpty && (known.Nodes > _told.Nodes || known.Acts > _told.Acts))
            {
                return (new DeviceSignal.WayPassed(mission, known.Nodes, known.Acts), () => _told = known);
            }

            if (_course.LegEnds.IsEmpty ? IsDone(known) : known.Legs == _course.LegEnds.Length)
            {
                _ended.TrySetResult(SendResult.Accepted);
                return null;
            }

            if (_retriable is { } stuck)
            {
                return (new DeviceSignal.ActRetriable(mission, stuck.ActionId, stuck.Reason), () => _retriable = null);
            }

            if (_baseWanted > _baseTold)
            {
                var wanted = _baseWanted;
                return (new DeviceSignal.BaseRequested(mission, wanted), () => _baseTold = wanted);
            }

            if (_failure is { } failure && !_failureTold)
            {
                return (new DeviceSignal.DriveFailed(mission, failure), () =>
                {
                    _failureTold = true;
                    _ended.TrySetResult(SendResult.Accepted);
                });
            }

            return _cancelled && !_ended.Task.IsCompleted
                ? (new DeviceSignal.DriveCancelled(mission, known.Nodes, known.Acts), () => _ended.TrySetResult(SendResult.Accepted))
                : null;
        }
    }

    private bool IsDone(CourseProgress known) =>
        _course.Ends && _course.Released == _course.Nodes.Length && known.Nodes == _course.Nodes.Length
        && known.Acts == _course.ActsThrough(_course.Nodes.Length - 1);
}
