using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Orders;

/// <summary>
/// Order: the saga of the house. It asks stock of one warehouse after the other for everything (allocating), queues at
/// the warehouse that has it (allocated), is collected at a station (picking), closed into a parcel (packed) and handed
/// to a carrier (shipped). What fails on the way is given back under the ids it was asked for; a cancellation takes
/// back, from any stage, exactly what that stage holds. Each concern has a file: intake here, then
/// <see cref="OrderAllocation"/>, <see cref="OrderPicking"/>, <see cref="OrderCancelling"/> and
/// <see cref="OrderReversals"/> decide, <see cref="OrderBook"/> applies, <see cref="OrderEffects"/> tells the others.
/// </summary>
public static class OrderDecider
{
    /// <summary>The noun.</summary>
    public static Decider<OrderState> Decider { get; } =
        new("order", 1, OrderState.None, Decide, OrderBook.Evolve, OrderEffects.React, OrderBook.Check);

    private static Decision Decide(OrderState state, Command command, Moment at) => (state.Stage, command) switch
    {
        (_, OrderCommand.Place place) => Place(state, place.Draft, at),
        (OrderStage.None, OrderCommand) => Decision.Refuse(OrderRefusal.Unknown, "no such order"),
        (_, OrderCommand.Cancel cancel) => OrderCancelling.Cancel(state, cancel, at),
        (_, OrderCommand.Reverse reverse) => OrderReversals.Reverse(state, reverse, at),
        (_, OrderCommand.Retry retry) => OrderAllocation.Retry(state, retry),
        (_, OrderCommand.AskAgain again) => AskAgain(state, again),
        (_, OrderCommand.Released released) => OrderPicking.Released(state, released, at),
        (_, OrderCommand.Picked picked) => OrderPicking.Picked(state, picked, at),
        (_, OrderCommand.Short shortage) => OrderPicking.Short(state, shortage, at),
        (_, OrderCommand.Collected collected) => OrderPicking.Collected(state, collected, at),
        (_, OrderCommand.ParcelShipped shipped) => OrderPicking.ParcelShipped(state, shipped),
        (_, OrderCommand.ReturnArrived arrived) => OrderReversals.Arrived(state, arrived),
        (OrderStage.None, Answered) => Decision.Nothing,
        (_, Answered answered) => Heard(state, answered, at),
        _ => throw new UnreachableCommandException("order", command),
    };

    /// <summary>Answers that matter; all others settle their effect and nothing else.</summary>
    private static Decision Heard(OrderState state, Answered answered, Moment at) => answered.Sent switch
    {
        StockCommand.Reserve reserve => OrderAllocation.Reserved(state, answered, reserve, at),
        WarehouseCommand.QueueOrder => OrderAllocation.Queued(state, answered.Answer, at),
        WarehouseCommand.AddPicks more => OrderPicking.Added(state, more, answered.Answer, at),
        StationCommand.CloseSlot => OrderPicking.ClosingSlot(state, answered.Answer, at),
        _ when state.Cancel is null => Decision.Nothing,
        _ => OrderCancelling.Heard(state, state.Cancel, answered, at),
    };

    private static Decision Place(OrderState state, OrderDraft draft, Moment at)
    {
        if (DraftRules.FirstDefect(draft) is { } defect)
        {
            return Decision.Refuse(OrderRefusal.NotAnOrder, defect);
        }

        if (state.Draft is { } known)
        {
            return SameDraft.Is(known, draft)
                ? Decision.Nothing
                : Decision.Refuse(OrderRefusal.AnotherOrder, $"{draft.Id} is another order already: {SameDraft.Difference(known, draft)}");
        }

        var placed = Story.Of(state).Then(new OrderEvent.Placed(draft));
        return Tell(
            draft.Lines.IsEmpty
                ? placed.Then(new OrderEvent.Closed("no goods: nothing to ship"))
                : placed.Then(new OrderEvent.AllocationStarted(1, draft.Candidates[0])),
            at);
    }

    private static Decision AskAgain(OrderState state, OrderCommand.AskAgain again) =>
        state.Delay?.Ask == again.Ask ? Decision.Accept(new OrderEvent.AskedAgain(again.Ask)) : Decision.Nothing;

    /// <summary>The story, with everything that follows from where it has come to.</summary>
    internal static Decision Tell(Story story, Moment at)
    {
        var told = story.State.Stage switch
        {
            OrderStage.Allocating => OrderAllocation.Follow(story, at),
            OrderStage.AwaitingStock => OrderReversals.FollowAwaiting(story),
            OrderStage.Picking => OrderPicking.Follow(story),
            OrderStage.Cancelling => OrderCancelling.Follow(story),
            _ => story,
        };
        return told.State.Stage == story.State.Stage
            ? new Decision(told.Events, Answer.Yes)
            : Tell(told, at);
    }
}
