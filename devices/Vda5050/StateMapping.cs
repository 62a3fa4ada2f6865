using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Totes;

namespace Warehouse.Devices.Vda5050;

/// <summary>By what a vehicle shows that a node is behind it: vendors differ.</summary>
public enum Completion
{
    /// <summary>It has left nodeStates, as the standard has it.</summary>
    NodeStates,
    /// <summary>lastNodeId and lastNodeSequenceId have come to it: for vehicles that never empty nodeStates.</summary>
    LastNode,
}

/// <summary>What a vehicle's loads are good for.</summary>
public enum LoadEvidence
{
    /// <summary>Its load ids are our totes' ids, or left out.</summary>
    Identified,
    /// <summary>It has ids of its own; only whether it carries something counts.</summary>
    Counted,
    /// <summary>Nothing: it always says the same.</summary>
    Ignored,
}

/// <summary>How far a vehicle is with a course.</summary>
/// <param name="Nodes">Nodes reached, from the first.</param>
/// <param name="Acts">Acts finished, from the first.</param>
/// <param name="Legs">For a drive: legs done, from the first.</param>
public readonly record struct CourseProgress(int Nodes, int Acts, int Legs);

/// <summary>What a vehicle's state says about our orders. Pure.</summary>
public static class StateMapping
{
    private static readonly ImmutableArray<string> Rejections =
    [
        "validationError", "orderError", "orderUpdateError", "noRouteError",
        "VALIDATION_FAILURE", "INVALID_ORDER_ACTION", "UNSUPPORTED_PARAMETER", "OUTDATED_ORDER_UPDATE", "SAME_ORDER_UPDATE_ID",
        "ORDER_UPDATE_FOLLOWING_CANCEL", "OTHER_ORDER_ACTIVE", "START_NODE_OUT_OF_RANGE", "NO_ROUTE_TO_TARGET",
        "NODE_UNREACHABLE", "MOBILE_ROBOT_NOT_AVAILABLE", "UNKNOWN_MAP_ID", "INSUFFICIENT_MEMORY",
    ];

    /// <summary>Which order of the mission the vehicle has; null when it has none of it. Success of publishing says nothing, this does.</summary>
    public static OrderName? OrderOf(VdaState state, MissionId mission) => OrderName.Of(state.OrderId, mission);

    /// <summary>How far the vehicle is with a course of which it shows this order; never less than was known before.</summary>
    public static CourseProgress Progress(VdaState state, Course course, OrderName order, Completion completion, CourseProgress known = default)
    {
        var nodes = Math.Max(order.Start, known.Nodes);
        while (nodes < course.Nodes.Length && IsPassed(state, course, order, nodes, completion))
        {
            nodes++;
        }

        var takesUp = order.Start > 0 || order.Attempt > 0;
        var acts = 0;
        foreach (var (act, node) in ActsWithNodes(course).TakeWhile(one => one.Node < nodes))
        {
            // What an order that takes up the rest does not list any more was done before it.
            var done = acts < known.Acts
                || (state.Action(act.ActionId) is { } shown ? shown.ActionStatus == VdaActionStatus.Finished : takesUp && node <= order.Start);
            if (!done)
            {
                break;
            }

            acts++;
        }

        // A handover counts when the act is finished and the load says the same: what comes after it rests on custody.
        acts = acts > known.Acts && Unproven(state, course, acts) ? acts - 1 : acts;
        var legs = course.LegEnds.TakeWhile(end => end < nodes && course.ActsThrough(end) <= acts).Count();
        return new(nodes, acts, Math.Max(legs, known.Legs));
    }

    /// <summary>
    /// The act that the vehicle calls finished while its own load says otherwise, after this many that are done: a pick
    /// and no tote on it, another tote, or a drop and the tote still there. Null when nothing contradicts, or it says
    /// nothing of loads.
    /// </summary>
    public static CourseAct? Contradicted(VdaState state, Course course, int acts) =>
        course.Acts.ElementAtOrDefault(acts) is { ActionId: not null } act
        && state.Action(act.ActionId)?.ActionStatus == VdaActionStatus.Finished && Unproven(state, course, acts + 1)
            ? act
            : null;

    /// <summary>
    /// Why the vehicle cannot go on with a course that it has; null when nothing says so. No version has a failed order:
    /// it is one with a failed act, or one that a standing vehicle reports a CRITICAL error with (3.0.0, 6.6.5: it cannot
    /// go on with this order and can with another). FATAL waits for a person at the vehicle, and the order with it.
    /// </summary>
    public static string? Failure(VdaState state, Course course) =>
        course.Acts.Select(act => state.Action(act.ActionId)).FirstOrDefault(action => action?.ActionStatus == VdaActionStatus.Failed) is { } failed
            ? $"{failed.ActionType ?? "action"} {failed.ActionId} failed: {failed.ActionResult ?? "no reason given"}"
        : !state.Driving && state.Errors.FirstOrDefault(error => error.ErrorLevel == ErrorLevel.Critical && Says(error, "orderId", state.OrderId) != false) is { } critical
            ? $"{critical.ErrorType}: {critical.ErrorDescription ?? "no reason given"}"
            : null;

    /// <summary>Why the vehicle did not take an order; null when it does not say so.</summary>
    /// <param name="state">The state.</param>
    /// <param name="orderId">The order that was sent.</param>
    /// <param name="updateId">Its update.</param>
    /// <param name="since">Header id of its first sending: an error that names an earlier header is about something older.</param>
    public static string? Rejection(VdaState state, string orderId, uint updateId, uint since)
    {
        if (state.OrderId == orderId && state.OrderUpdateId >= updateId)
        {
            return null;
        }

        foreach (var error in state.Errors)
        {
            if (Rejections.Contains(error.ErrorType, StringComparer.Ordinal) && Says(error, "orderId", orderId) == true
                && Says(error, "orderUpdateId", updateId.ToString(CultureInfo.InvariantCulture)) != false
                && !NamesHeaderBefore(error, since))
            {
                return $"{error.ErrorType}: {error.ErrorDescription ?? "no reason given"}";
            }
        }

        return null;
    }

    /// <summary>True when nothing is left to do: nothing released lies ahead and every action is final.</summary>
    public static bool IsIdle(VdaState state, Completion completion = Completion.NodeStates) =>
        (completion == Completion.LastNode
            ? !state.Driving && !state.NodeStates.Any(node => node.Released && node.SequenceId > state.LastNodeSequenceId)
            : !state.NodeStates.Any(node => node.Released) && !state.EdgeStates.Any(edge => edge.Released))
        && state.ActionStates.All(action => action.IsFinal);

    /// <summary>The last node of the base that the vehicle has, by its sequence id.</summary>
    public static uint BaseEnd(VdaState state) =>
        state.NodeStates.Where(node => node.Released).Select(node => node.SequenceId).Append(state.LastNodeSequenceId).Max();

    /// <summary>True when it carries what it should, false when it does not, null when it does not say.</summary>
    public static bool? Carries(VdaState state, string loadId) => state.Loads is not { } loads
        ? null
        : loads.Any(load => load.LoadId is null || load.LoadId == loadId);

    /// <summary>Of what it says that it carries, what counts.</summary>
    public static ImmutableArray<VdaLoad>? Evidence(ImmutableArray<VdaLoad>? loads, LoadEvidence how) => how switch
    {
        LoadEvidence.Identified => loads,
        LoadEvidence.Counted => loads is { } some ? [.. some.Select(load => load with { LoadId = null })] : null,
        LoadEvidence.Ignored => null,
    };

    /// <summary>What it says that it carries, for people.</summary>
    public static string LoadsOf(VdaState state) => state.Loads is { IsEmpty: false } loads
        ? string.Join(", ", loads.Select(load => load.LoadId ?? "something"))
        : "nothing";

    /// <summary>What a floor has to know of it.</summary>
    public static VehicleCondition Condition(VdaState state)
    {
        var worst = state.Errors.MaxBy(error => error.ErrorLevel);
        return new(
            state.OperatingMode, state.Paused ?? false, state.SafetyState.ActiveEmergencyStop != VdaEStop.None,
            worst?.ErrorLevel ?? ErrorLevel.None, worst?.ErrorType ?? "");
    }

    /// <summary>Where the vehicle is; null when it does not know.</summary>
    public static VehicleSeen? Seen(VdaState state, VehicleId vehicle) => state.MobileRobotPosition is not { Localized: true } position
        ? null
        : Seen(position, new VehicleSeen(
            vehicle, 0, 0, 0, Whole(state.PowerSupply.StateOfCharge, 10), state.LastNodeId, state.Driving, LoadOf(state)));

    /// <summary>The vehicle seen at another position.</summary>
    public static VehicleSeen Seen(VdaPosition position, VehicleSeen former) => former with
    {
        XMillimetres = Whole(position.X, 1000),
        YMillimetres = Whole(position.Y, 1000),
        HeadingMilliradians = Whole(position.Theta, 1000),
    };

    /// <summary>Only the last of some acts shows in the load.</summary>
    private static bool Unproven(VdaState state, Course course, int acts) =>
        Carries(state, course.LoadId) is { } carries && carries != (course.Acts.ElementAt(acts - 1).Action == LegAction.Pick);

    private static bool IsPassed(VdaState state, Course course, OrderName order, int node, Completion completion)
    {
        var sequence = order.Sequence(node);
        return state.LastNodeSequenceId >= sequence && (completion == Completion.LastNode
            ? order.Node(state.LastNodeSequenceId) is var last && last < course.Nodes.Length
                && state.LastNodeId == course.Nodes[last].Point.Node.Text
            : !state.NodeStates.Any(one => one.SequenceId <= sequence));
    }

    private static IEnumerable<(CourseAct Act, int Node)> ActsWithNodes(Course course)
    {
        for (var node = 0; node < course.Nodes.Length; node++)
        {
            foreach (var act in course.Nodes[node].Acts)
            {
                yield return (act, node);
            }
        }
    }

    private static bool? Says(VdaError error, string key, string value) =>
        error.ErrorReferences is { } references && references.FirstOrDefault(one => one.ReferenceKey == key) is { } named
            ? named.ReferenceValue == value
            : null;

    private static bool NamesHeaderBefore(VdaError error, uint since) =>
        error.ErrorReferences is { } references
        && references.Any(reference => reference.ReferenceKey == "headerId"
            && uint.TryParse(reference.ReferenceValue, NumberStyles.None, CultureInfo.InvariantCulture, out var header)
            && HeaderIds.IsBefore(header, since));

    private static Lpn? LoadOf(VdaState state) =>
        state.Loads is [{ LoadId: { } id }, ..] && GrainKey.IsPart(id) ? new Lpn(id) : null;

    /// <summary>The nearest whole number of the smaller unit; what is beyond an int is its end.</summary>
    private static int Whole(decimal value, int per) =>
        (int)Math.Round(Math.Clamp(value, int.MinValue / per, int.MaxValue / per) * per);
}
