using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Orders;

/// <summary>What the events of a cancellation do to the order. Which steps are open is read off the effects that ask for them.</summary>
internal static class CancellationBook
{
    public static OrderState Evolve(OrderState state, Event happened) => happened switch
    {
        OrderEvent.Cancelling it => Begin(state, it),
        OrderEvent.Withdrawn it =>
            With(state, cancel => cancel with { Phase = UndoPhase.Counting, Contents = it.Contents, ShortPicks = it.ShortPicks }) with { Delay = null },
        OrderEvent.PicksAgreed => state.Cancel!.Contents.IsEmpty
            ? Ask(state, UndoPhase.Confirming, [.. UndoSteps.Release(state), .. UndoSteps.ClearSlot(state)])
            : Ask(state, UndoPhase.PuttingAway, UndoSteps.Release(state)),
        OrderEvent.PutAwayPlanned it => Ask(state, UndoPhase.Confirming, UndoSteps.PutBack(state, it)) with { Delay = null },
        OrderEvent.Undone { What: UndoSteps.Withdraw } => Ask(state, UndoPhase.Confirming, UndoSteps.Release(state)),
        OrderEvent.Undone { What: UndoSteps.Void } => Ask(
            With(state, cancel => cancel with { Contents = state.Parcel!.Contents }), UndoPhase.PuttingAway, UndoSteps.Unpack(state)),
        OrderEvent.Undone it => With(state, cancel => cancel with { Open = cancel.Open.Remove(new UndoStep(it.By, it.What)) }),
        OrderEvent.Cancelled it => state with
        {
            Stage = OrderStage.Cancelled,
            Because = it.Reason,
            Skus = state.Skus.SetItems(
                state.Skus.Select(sku => KeyValuePair.Create(sku.Key, sku.Value with { Holds = [] }))),
        },
        _ => throw new UnknownEventException("order", happened),
    };

    private static OrderState Begin(OrderState state, OrderEvent.Cancelling it)
    {
        var holdsStockOnly = it.From is OrderStage.Allocating or OrderStage.AwaitingStock;
        return state with
        {
            Stage = OrderStage.Cancelling,
            RetryAt = null,
            Delay = null,
            Cancel = new Cancellation(
                it.From, it.Reason, it.Who, holdsStockOnly ? UndoPhase.Confirming : UndoPhase.Withdrawing, [], 0,
                holdsStockOnly ? UndoSteps.Of(UndoSteps.Release(state)) : []),
        };
    }

    private static OrderState Ask(OrderState state, UndoPhase phase, IEnumerable<Effect> effects) =>
        With(state, cancel => cancel with { Phase = phase, Open = cancel.Open.AddRange(UndoSteps.Of(effects)) });

    private static OrderState With(OrderState state, Func<Cancellation, Cancellation> change) =>
        state with { Cancel = change(state.Cancel!) };
}
