using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// What to do next for a mission, from what the vehicle says, what was asked, and what was sent. Pure. In order: know
/// the vehicle, bring a cancel to its end, cancel where that is asked, lead on what it has, begin what it has not.
/// </summary>
internal static class DriveDecision
{
    /// <summary>The next step.</summary>
    public static DriveStep Next(DriveView view)
    {
        if (view.State is not { } state)
        {
            return new DriveStep.AskState();
        }

        if (view.Memory.Cancel is { Ended: null } cancel)
        {
            return Cancelling(view, cancel);
        }

        if (view.Entry.Cancel is not null)
        {
            return ToBeCancelled(view, state);
        }

        if (state.OperatingMode is not (OperatingMode.Automatic or OperatingMode.SemiAutomatic))
        {
            return new DriveStep.Wait();
        }

        return StateMapping.OrderOf(state, view.Course.Mission) is { } order
            ? LeadOn(view, state, order)
            : Begin(view, state);
    }

    /// <summary>Never an order while a cancel has not ended; it is not sent again once the vehicle lists it.</summary>
    private static DriveStep Cancelling(DriveView view, SentCancel cancel)
    {
        var since = view.Now.Since(cancel.FirstSent);
        if (since >= view.Rules.CancelMilliseconds)
        {
            return new DriveStep.Case(new Difference(
                $"cancel-{cancel.Of}", $"the vehicle has not ended order '{cancel.Of}' {since / 1000} s after it was cancelled",
                ["it has ended", "it was cancelled at the vehicle"]));
        }

        var left = view.Rules.CancelMilliseconds - since;
        return cancel.Listed ? new DriveStep.Wait(left)
            : Due(cancel.LastSent, view) is > 0 and var rest ? new DriveStep.Wait(Math.Min(rest, left))
            : new DriveStep.SendCancel(cancel.Of, cancel);
    }

    private static DriveStep ToBeCancelled(DriveView view, VdaState state)
    {
        var has = StateMapping.OrderOf(state, view.Course.Mission) is not null;
        return view.Memory.Cancel is { Ended: { } ended } cancel && OrderName.MissionTextOf(cancel.Of) == view.Course.Mission.Text
            ? ended == VdaActionStatus.Failed && has && !IsFree(state, view.Rules)
                ? new DriveStep.Case(new Difference(
                    $"cancel-{cancel.Of}", $"the vehicle refuses to cancel order '{cancel.Of}'",
                    ["it has ended", "it was cancelled at the vehicle"]))
                : new DriveStep.Cancelled()
            : (has && (!IsFree(state, view.Rules) || HasLeftOvers(state))) || view.Memory.Sent is not null
                ? new DriveStep.SendCancel(has ? state.OrderId : view.Memory.Sent!.Body.OrderId)
                : new DriveStep.Cancelled();
    }

    private static DriveStep LeadOn(DriveView view, VdaState state, OrderName order)
    {
        if (view.Memory is { Rejection: { } rejection } && view.Memory.Rejections >= view.Rules.RejectionStates)
        {
            return new DriveStep.Fail($"update {view.Memory.Sent?.Part.UpdateId}: {rejection}");
        }

        if (view.Memory.Sent is { } sent)
        {
            return SendAgain(view, sent);
        }

        if (IsCleared(view, state, order))
        {
            return DriveResumption.TakeUp(view, state, order);
        }

        var baseEnd = order.Node(StateMapping.BaseEnd(state));
        var ahead = state.NodeStates.Length;
        var news = view.Memory.Confirmed is { } confirmed && confirmed.Part.Name == order
            ? view.Course.Update > confirmed.CourseUpdate || view.Course.Released > confirmed.Released
            : view.Course.Released > baseEnd + 1;
        var room = ahead == 0 || ahead <= view.Rules.OrderNodes / 2;
        return news && room && baseEnd < view.Course.Nodes.Length
            ? InTime(view, new DriveStep.SendOrder(new OrderPart(
                order, state.OrderUpdateId + 1, baseEnd, DriveResumption.Unlisted(view.Course, state, order, baseEnd))))
            : new DriveStep.Wait();
    }

    private static DriveStep Begin(DriveView view, VdaState state)
    {
        if (view.Memory is { Rejection: { } rejection, Sent: not null } && view.Memory.Rejections >= view.Rules.RejectionStates)
        {
            return new DriveStep.Refuse(rejection);
        }

        if (view.Memory.Sent is { } sent && !view.Memory.Had)
        {
            return SendAgain(view, sent);
        }

        if (!IsFree(state, view.Rules) || HasLeftOvers(state))
        {
            var cancelled = view.Memory.Cancel is { } cancel && cancel.Of == state.OrderId;
            var may = view.Rules.CancelBefore switch
            {
                CancelBefore.Never => false,
                CancelBefore.Ours => state.OrderId.StartsWith(view.Rules.Warehouse + "/", StringComparison.Ordinal),
                CancelBefore.Any => true,
            };
            if (may && !cancelled)
            {
                // A cancel names no order, and a first state may be a late one: it would end what the vehicle really does.
                return view.Memory.LeftOverOf == state.OrderId && view.Memory.LeftOvers > view.Rules.RejectionStates
                    ? new DriveStep.SendCancel(state.OrderId)
                    : new DriveStep.AskState();
            }

            if (!IsFree(state, view.Rules))
            {
                return new DriveStep.Wait();
            }
        }

        var begin = DriveResumption.TakeUp(view, state, null);
        return begin is DriveStep.SendOrder order ? InTime(view, order) : begin;
    }

    /// <summary>The vehicle shows the order, has nothing left of it, and has not come to the end of its base: a person took it over, or it was cancelled there.</summary>
    private static bool IsCleared(DriveView view, VdaState state, OrderName order) =>
        view.Memory.Confirmed is { } confirmed && confirmed.Part.Name == order && confirmed.Part.UpdateId == state.OrderUpdateId
        && view.Rules.Completion == Completion.NodeStates
        && !HasLeftOvers(state) && IsFree(state, view.Rules)
        && order.Node(state.LastNodeSequenceId) < confirmed.Released - 1;

    private static DriveStep SendAgain(DriveView view, SentOrder sent) =>
        Due(sent.LastSent, view) is > 0 and var rest ? new DriveStep.Wait(rest) : new DriveStep.SendOrder(sent.Part, sent);

    private static DriveStep InTime(DriveView view, DriveStep.SendOrder step) =>
        view.Rules.OrderIntervalMilliseconds - view.Now.Since(view.Memory.LastOrder) is > 0 and var rest && view.Memory.LastOrder != default
            ? new DriveStep.Wait(rest)
            : step;

    private static long Due(Moment last, DriveView view) => view.Rules.ResendMilliseconds - view.Now.Since(last);

    private static bool IsFree(VdaState state, DriveRules rules) => StateMapping.IsIdle(state, rules.Completion);

    /// <summary>A vehicle that still holds horizon is not idle and refuses a new order.</summary>
    private static bool HasLeftOvers(VdaState state) => !state.NodeStates.IsEmpty || !state.EdgeStates.IsEmpty;
}
