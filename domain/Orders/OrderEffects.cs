using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Orders;

/// <summary>What an order tells others because of its events.</summary>
internal static class OrderEffects
{
    /// <summary>Who takes the parcels. One carrier until carriers are a noun of their own.</summary>
    private const string Carrier = "PARCEL-POST";

    /// <summary>How long reversed units travel before they are back, in milliseconds.</summary>
    private const long ReturnMilliseconds = 4 * 3_600_000;

    public static IEnumerable<Effect> React(OrderState state, Event happened) => happened switch
    {
        OrderEvent.AllocationStarted it => Reserve(state, it.Attempt),
        OrderEvent.AllocationUndone it => it.Skus.Select(sku =>
            TellStock(state, sku, new StockCommand.Release(state.Reservation(it.Attempt)))),
        OrderEvent.Held it when state.Stage is OrderStage.Allocated or OrderStage.Picking =>
            [TellWarehouse(state, new WarehouseCommand.AddPicks(state.Id, [.. Picks(state, it.Sku, it.Attempt)]))],
        OrderEvent.Allocated => [TellWarehouse(state, Queue(state))],
        OrderEvent.StockAwaited it => [Effect.Wake(state.Id.Stream, new OrderCommand.Retry(state.Attempt), it.RetryAt)],
        OrderEvent.PickingBegun when state.Stage == OrderStage.Cancelling => [Ask(state, OrderAsk.WithdrawFromStation)],
        OrderEvent.UnitsPicked it =>
            [TellStock(state, it.Sku, new StockCommand.Pick(it.Reservation, it.From, it.Lot, it.Quantity))],
        OrderEvent.UnitsMissing it => Missing(state, it),
        OrderEvent.PickingFinished => [Ask(state, OrderAsk.CloseSlot)],
        OrderEvent.Packed it => Pack(state, it),
        OrderEvent.Shipped => Ship(state),
        OrderEvent.ReturnExpected it when state.Stage == OrderStage.Shipped => [AwaitReturn(state, it.Reversal)],
        OrderEvent.ReturnReceived it => it.Lots.Select(lot => TellStock(
            state, it.Sku,
            new StockCommand.Return(
                $"{state.Id}/{it.Reversal}/{lot.Lot}", state.Id, new Lpn($"RETURNS-{state.Warehouse}"), lot.Lot, lot.Quantity))),
        OrderEvent.PutOff it => [Effect.Wake(state.Id.Stream, new OrderCommand.AskAgain(it.Ask), it.Until)],
        OrderEvent.AskedAgain it => [Ask(state, it.Ask)],
        _ => Undo(state, happened),
    };

    private static IEnumerable<Effect> Undo(OrderState state, Event happened) => happened switch
    {
        OrderEvent.Cancelling it => it.From switch
        {
            OrderStage.Allocating => UndoSteps.Release(state),
            OrderStage.Allocated => [Ask(state, OrderAsk.WithdrawFromWarehouse)],
            OrderStage.Picking => [Ask(state, OrderAsk.WithdrawFromStation)],
            OrderStage.Packed => [Ask(state, OrderAsk.VoidParcel)],
            _ => [],
        },
        OrderEvent.PicksAgreed => state.Cancel!.Contents.IsEmpty
            ? [.. UndoSteps.Release(state), .. UndoSteps.ClearSlot(state)]
            : [.. UndoSteps.Release(state), Ask(state, OrderAsk.PutAway)],
        OrderEvent.PutAwayPlanned it => UndoSteps.PutBack(state, it),
        OrderEvent.Undone { What: UndoSteps.Withdraw } => UndoSteps.Release(state),
        OrderEvent.Undone { What: UndoSteps.Void } => [.. UndoSteps.Unpack(state), Ask(state, OrderAsk.PutAway)],
        _ => [],
    };

    private static Effect Ask(OrderState state, OrderAsk ask) => ask switch
    {
        OrderAsk.CloseSlot => TellStation(state, new StationCommand.CloseSlot(state.Id)),
        OrderAsk.WithdrawFromWarehouse => TellWarehouse(state, new WarehouseCommand.Withdraw(state.Id)),
        OrderAsk.WithdrawFromStation => TellStation(state, new StationCommand.Withdraw(state.Id)),
        OrderAsk.VoidParcel => Effect.Tell(state.Parcel!.Sscc.Stream, new ParcelCommand.Void(state.Cancel!.Reason)),
        OrderAsk.PutAway => TellWarehouse(state, new WarehouseCommand.PutAway(state.Collecting!.Tote, StandsAt(state))),
    };

    /// <summary>Where the order's tote with the goods of a cancelled order stands.</summary>
    private static PlaceId StandsAt(OrderState state)
    {
        var at = state.Collecting!;
        return state.Parcel is null ? FloorPlan.Slot(at.Station, at.Slot) : FloorPlan.Pack(at.Station);
    }

    private static IEnumerable<Effect> Reserve(OrderState state, int attempt) =>
        from sku in state.Skus
        from hold in sku.Value.Holds
        where hold.Attempt == attempt
        select TellStock(
            state, sku.Key, new StockCommand.Reserve(state.Reservation(attempt), state.Id, hold.Quantity));

    private static WarehouseCommand.QueueOrder Queue(OrderState state) => new(
        state.Id, state.Draft!.Priority, state.Draft.PlacedAt,
        [.. state.Skus.Keys.SelectMany(sku => Picks(state, sku, state.Attempt))]);

    private static IEnumerable<ReleasePick> Picks(OrderState state, Sku sku, int attempt) =>
        from hold in state.Skus[sku].Holds
        where hold.Attempt == attempt
        from pick in hold.Picks
        select new ReleasePick(state.Reservation(attempt), sku, pick);

    private static IEnumerable<Effect> Missing(OrderState state, OrderEvent.UnitsMissing it)
    {
        yield return TellStock(state, it.Sku, new StockCommand.Short(it.Reservation, it.From, it.Lot, it.Quantity));
        if (it.Attempt is { } next)
        {
            yield return TellStock(
                state, it.Sku, new StockCommand.Reserve(state.Reservation(next), state.Id, it.Quantity));
        }
    }

    private static IEnumerable<Effect> Pack(OrderState state, OrderEvent.Packed it)
    {
        yield return Effect.Tell(it.Sscc.Stream, new ParcelCommand.Pack(
            it.Sscc, state.Id, state.Warehouse!.Value, it.Contents, it.MassGrams, Carrier, it.CollectAt));
        yield return Effect.Tell(state.Collecting!.Tote.Stream, new ToteCommand.Pack(it.Sscc));
        if (state.Stage == OrderStage.Cancelling)
        {
            yield return Ask(state, OrderAsk.VoidParcel);
        }
    }

    private static IEnumerable<Effect> Ship(OrderState state)
    {
        foreach (var (sku, progress) in state.Skus.Where(sku => !sku.Value.Picked.IsEmpty))
        {
            yield return TellStock(state, sku, new StockCommand.Ship(state.Id, progress.Picked));
        }

        foreach (var reversal in state.Reversals.Where(it => it.Stage == ReversalStage.Expected))
        {
            yield return AwaitReturn(state, reversal.Id);
        }
    }

    private static Effect AwaitReturn(OrderState state, string reversal) => Effect.Wake(
        state.Id.Stream, new OrderCommand.ReturnArrived(reversal), state.Parcel!.ShippedAt!.Value.Plus(ReturnMilliseconds));

    private static Effect TellStock(OrderState state, Sku sku, StockCommand command) =>
        Effect.Tell(StockState.StreamOf(state.Warehouse!.Value, sku), command);

    private static Effect TellWarehouse(OrderState state, WarehouseCommand command) =>
        Effect.Tell(state.Warehouse!.Value.Stream, command);

    private static Effect TellStation(OrderState state, StationCommand command) =>
        Effect.Tell(state.Collecting!.Station.Stream, command);
}
