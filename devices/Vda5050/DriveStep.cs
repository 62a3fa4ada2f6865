using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Vda5050;

/// <summary>Whose left-over order is cancelled at the vehicle before a new one is sent.</summary>
public enum CancelBefore
{
    /// <summary>Nobody's: it is waited for.</summary>
    Never,
    /// <summary>An order of this warehouse. One that is not ours is a case for a person.</summary>
    Ours,
    /// <summary>Any.</summary>
    Any,
}

/// <summary>How a vehicle wants to be led. Times in milliseconds of the warehouse.</summary>
public sealed record DriveRules(
    string Warehouse, Completion Completion, CancelBefore CancelBefore, int RejectionStates, long ResendMilliseconds,
    long CancelMilliseconds, long LoadMilliseconds = 10_000, int OrderNodes = int.MaxValue, long OrderIntervalMilliseconds = 0);

/// <summary>An order message that was sent and is not confirmed.</summary>
internal sealed record SentOrder(OrderPart Part, VdaOrder Body, int CourseUpdate, uint FirstHeader, Moment LastSent)
{
    /// <summary>How many nodes of the way were released by it.</summary>
    public int Released => Part.From + Body.Nodes.Count(node => node.Released);
}

/// <summary>A cancelOrder that was sent.</summary>
/// <param name="ActionId">Its id.</param>
/// <param name="Of">The order that it ends.</param>
/// <param name="FirstSent">When it was sent first.</param>
/// <param name="LastSent">When it was sent last.</param>
/// <param name="Listed">The vehicle has shown it: it is not sent again.</param>
/// <param name="Ended">How it ended; null while it has not.</param>
internal sealed record SentCancel(string ActionId, string Of, Moment FirstSent, Moment LastSent, bool Listed = false, VdaActionStatus? Ended = null);

/// <summary>What a session remembers of a mission that it leads. All of it can be lost: the state tells the rest.</summary>
internal sealed record DriveMemory(
    SentOrder? Sent = null, SentOrder? Confirmed = null, bool Had = false, int Rejections = 0, string? Rejection = null,
    SentCancel? Cancel = null, Moment LastOrder = default, string? LeftOverOf = null, int LeftOvers = 0)
{
    /// <summary>After a look at a state.</summary>
    public DriveMemory After(VdaState state, Course course, Completion completion)
    {
        var next = this;
        if (StateMapping.OrderOf(state, course.Mission) is not null)
        {
            next = next with { Had = true, LeftOverOf = null, LeftOvers = 0 };
        }
        else if (!StateMapping.IsIdle(state, completion) || !state.NodeStates.IsEmpty || !state.EdgeStates.IsEmpty)
        {
            next = next with { LeftOverOf = state.OrderId, LeftOvers = next.LeftOverOf == state.OrderId ? next.LeftOvers + 1 : 1 };
        }

        if (next.Sent is { } other && StateMapping.OrderOf(state, course.Mission) is { } shown && shown != other.Part.Name
            && !StateMapping.IsIdle(state, completion))
        {
            // A late state led us to take up the rest, and the vehicle has been at the mission all the time.
            next = next with { Sent = null, Rejections = 0, Rejection = null };
        }

        if (next.Sent is { } sent)
        {
            next = state.OrderId == sent.Body.OrderId && state.OrderUpdateId >= sent.Part.UpdateId
                ? next with { Sent = null, Confirmed = sent, Rejections = 0, Rejection = null }
                : StateMapping.Rejection(state, sent.Body.OrderId, sent.Part.UpdateId, sent.FirstHeader) is { } rejection
                    ? next with { Rejections = next.Rejections + 1, Rejection = rejection }
                    : next with { Rejections = 0, Rejection = null };
        }

        if (next.Cancel is { Ended: null } cancel)
        {
            next = next with { Cancel = After(cancel, state, completion) };
        }

        return next;
    }

    /// <summary>Some vehicles forget a finished instant action after a few states: one that was listed and is not any more has ended when the vehicle is free.</summary>
    private static SentCancel After(SentCancel cancel, VdaState state, Completion completion) => state.Action(cancel.ActionId) switch
    {
        { IsFinal: true } action => cancel with { Listed = true, Ended = action.ActionStatus },
        { } => cancel with { Listed = true },
        null when cancel.Listed && StateMapping.IsIdle(state, completion) => cancel with { Ended = VdaActionStatus.Finished },
        _ => cancel,
    };
}

/// <summary>What a session does next for a mission.</summary>
internal abstract record DriveStep
{
    private DriveStep()
    {
    }

    /// <summary>Nothing before the next state, or before this much time has passed.</summary>
    public sealed record Wait(long? Milliseconds = null) : DriveStep;

    /// <summary>Ask for a state: none is known.</summary>
    public sealed record AskState : DriveStep;

    /// <summary>Send a part of the course, or the same again.</summary>
    public sealed record SendOrder(OrderPart Part, SentOrder? Again = null) : DriveStep;

    /// <summary>Cancel the order that the vehicle has.</summary>
    public sealed record SendCancel(string Of, SentCancel? Again = null) : DriveStep;

    /// <summary>It has been cancelled.</summary>
    public sealed record Cancelled : DriveStep;

    /// <summary>The vehicle forgot its order, and this much of it is done.</summary>
    public sealed record Found(CourseProgress Progress) : DriveStep;

    /// <summary>The vehicle does not have the mission and will not.</summary>
    public sealed record Refuse(string Reason) : DriveStep;

    /// <summary>The vehicle has the mission and cannot go on.</summary>
    public sealed record Fail(string Reason) : DriveStep;

    /// <summary>A person has to look.</summary>
    public sealed record Case(Difference Difference) : DriveStep;
}

/// <summary>What a session knows when it decides.</summary>
internal sealed record DriveView(
    Course Course, OutboxEntry Entry, CourseProgress Known, VdaState? State, DriveMemory Memory, DriveRules Rules, Moment Now);
