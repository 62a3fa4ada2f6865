using Warehouse.Domain.Deciding;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Orders;

/// <summary>
/// From the slot to the carrier. News of the station may overtake the warehouse's that the order was released, so picks
/// count from the allocation on; they count also while the order is being cancelled, because they happened.
/// </summary>
internal static class OrderPicking
{
    /// <summary>How long before the carrier comes a parcel must be ready, in milliseconds.</summary>
    private const long ReadyBeforeMilliseconds = 2 * 60_000;

    /// <summary>The carrier comes every quarter of an hour, in milliseconds.</summary>
    private const long CollectionMilliseconds = 15 * 60_000;

    /// <summary>How long a refused request to close the slot waits, in milliseconds.</summary>
    private const long CloseAgainMilliseconds = 60_000;

    public static Decision Released(OrderState state, OrderCommand.Released released, Moment at)
    {
        var collecting = new Collecting(released.Station, released.Slot, released.Tote, released.Sscc);
        if (state.Collecting is { } known)
        {
            return known == collecting ? Decision.Nothing : OutOfPlace(state, $"{released.Station} slot {released.Slot}");
        }

        return state.Stage == OrderStage.Allocated || state.Cancel is { From: OrderStage.Allocated, Phase: UndoPhase.Withdrawing }
            ? OrderDecider.Tell(
                Story.Of(state).Then(new OrderEvent.PickingBegun(
                    released.Station, released.Slot, released.Tote, released.Sscc)),
                at)
            : OutOfPlace(state, "released");
    }

    public static Decision Picked(OrderState state, OrderCommand.Picked picked, Moment at)
    {
        if (state.PickTasks.Contains(picked.Task))
        {
            return Decision.Nothing;
        }

        return Expects(state, picked.Reservation, picked.Sku, picked.From, picked.Lot, picked.Quantity)
            ? OrderDecider.Tell(
                Story.Of(state).Then(new OrderEvent.UnitsPicked(
                    picked.Task, picked.Reservation, picked.Sku, picked.Lot, picked.From, picked.Quantity)),
                at)
            : OutOfPlace(state, $"{picked.Quantity} of {picked.Sku} picked for {picked.Reservation} from {picked.From}");
    }

    public static Decision Short(OrderState state, OrderCommand.Short shortage, Moment at)
    {
        if (state.ShortTasks.Contains(shortage.Task))
        {
            return Decision.Nothing;
        }

        return Expects(state, shortage.Reservation, shortage.Sku, shortage.From, shortage.Lot, shortage.Missing)
            ? OrderDecider.Tell(
                Story.Of(state).Then(new OrderEvent.UnitsMissing(
                    shortage.Task, shortage.Reservation, shortage.Sku, shortage.Lot, shortage.From, shortage.Missing,
                    state.Cancel is null ? state.Attempt + 1 : null)),
                at)
            : OutOfPlace(state, $"{shortage.Missing} of {shortage.Sku} missing for {shortage.Reservation} in {shortage.From}");
    }

    /// <summary>The warehouse has answered whether it brings further totes; units it will not bring are given back and up.</summary>
    public static Decision Added(OrderState state, WarehouseCommand.AddPicks more, Answer answer, Moment at)
    {
        if (answer.Accepted || state.Stage is not (OrderStage.Allocated or OrderStage.Picking))
        {
            return Decision.Nothing;
        }

        var story = Story.Of(state);
        foreach (var picks in more.Picks.GroupBy(pick => (pick.Sku, pick.Reservation)))
        {
            story = story
                .Then(new OrderEvent.AllocationUndone(OrderAllocation.AttemptOf(picks.Key.Reservation), [picks.Key.Sku]))
                .Then(new OrderEvent.UnitsGivenUp(
                    picks.Key.Sku, picks.Sum(pick => pick.From.Quantity), $"the warehouse brings no more: {answer.Reason}"));
        }

        return OrderDecider.Tell(story, at);
    }

    public static Decision ClosingSlot(OrderState state, Answer answer, Moment at) =>
        answer.Accepted || answer.Is(Domain.Picking.StationRefusal.AlreadyClosed) || state.Stage != OrderStage.Picking
            ? Decision.Nothing
            : Decision.Accept(new OrderEvent.PutOff(
                OrderAsk.CloseSlot, answer.Reason ?? "no reason given", at.Plus(CloseAgainMilliseconds)));

    public static Decision Collected(OrderState state, OrderCommand.Collected collected, Moment at)
    {
        var mine = state.Collecting is { } at1 && at1.Station == collected.Station && at1.Tote == collected.Tote;
        if (mine && state.Parcel is not null)
        {
            return Decision.Nothing;
        }

        var closing = state.Finished
            && (state.Stage == OrderStage.Picking || state.Cancel is { Phase: UndoPhase.Withdrawing });
        if (!mine || !closing)
        {
            return OutOfPlace(state, $"collected at {collected.Station} in {collected.Tote}");
        }

        var contents = state.PickedContents();
        var grams = contents.Sum(content => (long)content.Quantity * state.Draft!.UnitMassGrams[content.Sku]);
        return Decision.Accept(new OrderEvent.Packed(state.Collecting!.Sscc, contents, grams, NextCollection(at)));
    }

    public static Decision ParcelShipped(OrderState state, OrderCommand.ParcelShipped shipped)
    {
        if (state.Parcel?.Sscc != shipped.Sscc)
        {
            return OutOfPlace(state, $"parcel {shipped.Sscc} shipped");
        }

        return state.Stage switch
        {
            OrderStage.Packed => Decision.Accept(new OrderEvent.Shipped(shipped.Sscc, shipped.At)),
            OrderStage.Cancelling when state.Cancel!.Phase == UndoPhase.Withdrawing =>
                Decision.Accept(new OrderEvent.Shipped(shipped.Sscc, shipped.At)),
            OrderStage.Shipped => Decision.Nothing,
            _ => OutOfPlace(state, $"parcel {shipped.Sscc} shipped"),
        };
    }

    /// <summary>When nothing is to come any more: the slot may be closed; if nothing came at all, the order is undone.</summary>
    public static Story Follow(Story story)
    {
        var state = story.State;
        if (state.Finished || state.Skus.Values.Any(sku => sku.Open > 0))
        {
            return story;
        }

        return state.Skus.Values.Any(sku => sku.PickedUnits > 0)
            ? story.Then(new OrderEvent.PickingFinished())
            : story.Then(new OrderEvent.Cancelling(
                OrderStage.Picking, $"the shelves of {state.Warehouse} were short of everything ordered", "house"));
    }

    private static Moment NextCollection(Moment at)
    {
        var ready = at.UnixMilliseconds + ReadyBeforeMilliseconds;
        return new Moment((ready + CollectionMilliseconds - 1) / CollectionMilliseconds * CollectionMilliseconds);
    }

    /// <summary>True when the order has such units on hold there and is in a stage in which a picker may touch them.</summary>
    private static bool Expects(
        OrderState state, ReservationId reservation, Inventory.Sku sku, Totes.Lpn from, Inventory.LotId lot, int quantity)
    {
        var picking = state.Stage is OrderStage.Allocated or OrderStage.Picking
            || state.Cancel is { From: OrderStage.Allocated or OrderStage.Picking, Phase: UndoPhase.Withdrawing or UndoPhase.Counting };
        return picking && quantity > 0 && state.Skus.Find(sku) is { } progress
            && progress.Holds.Any(hold =>
                hold.Stage == HoldStage.Held && state.Reservation(hold.Attempt) == reservation
                && hold.Picks.Any(pick => pick.Lpn == from && pick.Lot == lot && pick.Quantity >= quantity));
    }

    private static Decision OutOfPlace(OrderState state, string news) =>
        Decision.Refuse(OrderRefusal.OutOfPlace, $"{news}: does not fit an order that is {state.Stage} ({state.Reason})");
}
