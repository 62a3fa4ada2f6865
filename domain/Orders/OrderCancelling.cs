using Warehouse.Domain.Deciding;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Orders;

/// <summary>
/// Undoing an order. First whoever has it lets go (warehouse queue, station, or parcel); when a station had it, the
/// order waits until it has heard of every pick that the station counted; then goods get a bin, reservations are
/// released, and it is cancelled once all of that is confirmed. When the carrier was faster it stays shipped.
/// </summary>
internal static class OrderCancelling
{
    /// <summary>How long a station that does not know the order yet is left alone, in milliseconds.</summary>
    private const long WithdrawAgainMilliseconds = 60_000;

    /// <summary>How long a warehouse without a free bin is left alone, in milliseconds.</summary>
    private const long PutAwayAgainMilliseconds = 5 * 60_000;

    public static Decision Cancel(OrderState state, OrderCommand.Cancel cancel, Moment at)
    {
        if (cancel.Reason is not { Length: >= 1 and <= DraftRules.MaxText } || cancel.Who is not { Length: >= 1 and <= DraftRules.MaxText })
        {
            return Decision.Refuse(OrderRefusal.NotAnOrder, $"reason, who: 1 to {DraftRules.MaxText} characters");
        }

        return state.Stage switch
        {
            OrderStage.Shipped => Decision.Refuse(OrderRefusal.AlreadyShipped, $"{state.Reason}; ask for a return"),
            OrderStage.Cancelled or OrderStage.Closed => Decision.Refuse(OrderRefusal.AlreadyOver, $"the order is over: {state.Because}"),
            OrderStage.Cancelling => Decision.Nothing,
            _ => OrderDecider.Tell(Story.Of(state).Then(new OrderEvent.Cancelling(state.Stage, cancel.Reason, cancel.Who)), at),
        };
    }

    /// <summary>Answers that take a cancellation further.</summary>
    public static Decision Heard(OrderState state, Cancellation cancel, Answered answered, Moment at)
    {
        if (state.Stage != OrderStage.Cancelling)
        {
            return Decision.Nothing;
        }

        return (answered.Sent, cancel.Phase) switch
        {
            (WarehouseCommand.Withdraw, UndoPhase.Withdrawing) => LeftQueue(state, answered, at),
            (StationCommand.Withdraw, UndoPhase.Withdrawing) => LeftStation(state, answered.Answer, at),
            (ParcelCommand.Void, UndoPhase.Withdrawing) => LeftParcel(state, answered, at),
            (WarehouseCommand.PutAway put, UndoPhase.PuttingAway) => GotBin(state, put, answered.Answer, at),
            _ => Confirmed(state, cancel, answered, at),
        };
    }

    /// <summary>What follows from where a cancellation has come to.</summary>
    public static Story Follow(Story story) => story.State.Cancel switch
    {
        { Phase: UndoPhase.Counting } cancel when HasHeardAll(story.State, cancel) =>
            Follow(story.Then(new OrderEvent.PicksAgreed())),
        { Phase: UndoPhase.Confirming, Open.IsEmpty: true } cancel => story.Then(new OrderEvent.Cancelled(cancel.Reason)),
        _ => story,
    };

    private static bool HasHeardAll(OrderState state, Cancellation cancel) =>
        state.ShortTasks.Count >= cancel.ShortPicks && state.PickedContents().SequenceEqual(cancel.Contents);

    /// <summary>
    /// The warehouse took the order out of its queue, or never had it. When a station has it already nothing changes:
    /// the warehouse's word of the release is on its way, or was heard, and the station is asked.
    /// </summary>
    private static Decision LeftQueue(OrderState state, Answered answered, Moment at) =>
        state.Collecting is not null || answered.Answer.Is(WarehouseRefusal.AlreadyReleased)
            ? Decision.Nothing
            : OrderDecider.Tell(Story.Of(state).Then(new OrderEvent.Undone(answered.Target, UndoSteps.Withdraw)), at);

    /// <summary>
    /// The station stopped. When its slot was closed first the order is on its way into a parcel, and that is stopped.
    /// A station that does not know the order has not heard yet that it gets it, and is asked again.
    /// </summary>
    private static Decision LeftStation(OrderState state, Answer answer, Moment at)
    {
        if (state.Parcel is not null || answer.Is(StationRefusal.AlreadyClosed))
        {
            return Decision.Nothing;
        }

        return answer is { Accepted: true, Detail: WithdrawnWith with }
            ? OrderDecider.Tell(Story.Of(state).Then(new OrderEvent.Withdrawn(with.Tote, with.Contents.Ordered(), with.ShortPicks)), at)
            : Decision.Accept(new OrderEvent.PutOff(
                OrderAsk.WithdrawFromStation, answer.Reason ?? "no reason given", at.Plus(WithdrawAgainMilliseconds)));
    }

    /// <summary>The parcel is stopped. When the carrier has it, word of that is on its way and ends the order as shipped.</summary>
    private static Decision LeftParcel(OrderState state, Answered answered, Moment at) =>
        answered.Answer.Accepted || answered.Answer.Is(ParcelRefusal.AlreadyVoided)
            ? OrderDecider.Tell(Story.Of(state).Then(new OrderEvent.Undone(answered.Target, UndoSteps.Void)), at)
            : Decision.Nothing;

    private static Decision GotBin(OrderState state, WarehouseCommand.PutAway put, Answer answer, Moment at) =>
        answer is { Accepted: true, Detail: PutAwayTo to }
            ? OrderDecider.Tell(Story.Of(state).Then(new OrderEvent.PutAwayPlanned(put.Lpn, to.Aisle)), at)
            : Decision.Accept(new OrderEvent.PutOff(
                OrderAsk.PutAway, answer.Reason ?? "no reason given", at.Plus(PutAwayAgainMilliseconds)));

    /// <summary>
    /// A step that was open is confirmed. Who refuses to forget an order or a tote has none to forget; who refuses to
    /// give stock back contradicts this book, and the step stays open for a person to see.
    /// </summary>
    private static Decision Confirmed(OrderState state, Cancellation cancel, Answered answered, Moment at)
    {
        var step = new UndoStep(answered.Target, UndoSteps.NameOf(answered.Sent));
        var done = answered.Answer.Accepted || answered.Sent is WarehouseCommand.DropOrder or ToteCommand.TakeAway;
        return done && cancel.Open.Contains(step)
            ? OrderDecider.Tell(Story.Of(state).Then(new OrderEvent.Undone(step.By, step.What)), at)
            : Decision.Nothing;
    }
}
