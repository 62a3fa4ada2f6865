using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Orders;

/// <summary>What events do to an order, and what must always hold of it.</summary>
internal static class OrderBook
{
    public static OrderState Evolve(OrderState state, Event happened) => happened switch
    {
        OrderEvent.Placed it => state with { Stage = OrderStage.Allocating, Draft = it.Draft, Skus = Ordered(it.Draft) },
        OrderEvent.AllocationStarted it => Start(state, it),
        OrderEvent.Held it => Change(state, it.Sku, it.Attempt, hold => hold with { Stage = HoldStage.Held, Picks = it.Picks }),
        OrderEvent.Lacked it =>
            Change(state, it.Sku, it.Attempt, hold => hold with { Stage = HoldStage.Lacked, Picks = [] }) with
            {
                Lacks = state.Stage == OrderStage.Allocating
                    ? state.Lacks.Add(new Lack(state.Warehouse!.Value, it.Sku, it.Reason))
                    : state.Lacks,
            },
        OrderEvent.AllocationUndone it => it.Skus.Aggregate(state, (order, sku) =>
            Change(order, sku, it.Attempt, hold => hold with { Stage = HoldStage.Lacked, Picks = [] })),
        OrderEvent.Allocated it => state with { Stage = OrderStage.Allocated, Warehouse = it.Warehouse, Lacks = [], Rounds = 0 },
        OrderEvent.StockAwaited it => state with
        {
            Stage = OrderStage.AwaitingStock,
            Skus = WithoutHolds(state.Skus),
            Because = it.Reason,
            RetryAt = it.RetryAt,
            Rounds = state.Rounds + 1,
        },
        OrderEvent.PickingBegun it => state with
        {
            Stage = state.Stage == OrderStage.Allocated ? OrderStage.Picking : state.Stage,
            Collecting = new Collecting(it.Station, it.Slot, it.Tote, it.Sscc),
        },
        OrderEvent.UnitsPicked it => Pick(state, it),
        OrderEvent.UnitsMissing it => Miss(state, it),
        OrderEvent.UnitsGivenUp it => Set(state, it.Sku, sku => sku with
        {
            GivenUp = sku.GivenUp + it.Quantity,
            Holds = sku.Holds.RemoveAll(hold => hold.Stage == HoldStage.Lacked),
        }),
        OrderEvent.PickingFinished => state with { Finished = true },
        OrderEvent.Packed it => state with
        {
            Stage = state.Stage == OrderStage.Picking ? OrderStage.Packed : state.Stage,
            Parcel = new OrderParcel(it.Sscc, it.Contents, it.MassGrams, it.CollectAt, null),
            Delay = null,
        },
        OrderEvent.Shipped it => state with
        {
            Stage = OrderStage.Shipped,
            Parcel = state.Parcel! with { ShippedAt = it.At },
            Delay = null,
        },
        OrderEvent.Reduced it => Reduce(state, it),
        OrderEvent.ReturnExpected it => Reverse(state, it.Reversal, it.Line, it.Quantity, it.Who, ReversalStage.Expected),
        OrderEvent.ReturnReceived it => Receive(state, it),
        OrderEvent.Closed it => state with { Stage = OrderStage.Closed, Because = it.Reason, RetryAt = null },
        OrderEvent.PutOff it => state with { Delay = new Delay(it.Ask, it.Reason, it.Until) },
        OrderEvent.AskedAgain => state with { Delay = null },
        _ => CancellationBook.Evolve(state, happened),
    };

    /// <summary>Throws when the order must not be as it is.</summary>
    public static void Check(OrderState state)
    {
        if (state.Draft is null)
        {
            return;
        }

        var settled = state.Cancel is null && state.Stage is OrderStage.Allocated or OrderStage.Picking;
        var gone = state.Stage is OrderStage.Packed or OrderStage.Shipped;
        foreach (var (key, sku) in state.Skus)
        {
            if (Wrong(sku, settled, gone) is { } wrong)
            {
                Require(state, false, $"{key} of an order that is {state.Stage}: {wrong}");
            }
        }

        Require(state, state.Stage != OrderStage.Cancelled || state.Cancel is { Open.IsEmpty: true }, "cancelled before all was undone");
        Require(state, !gone || state.Parcel is not null, $"{state.Stage} without a parcel");
    }

    /// <summary>What is wrong with a SKU's progress; null, and no text made, when nothing is. Asked after every event for every SKU.</summary>
    private static string? Wrong(SkuProgress sku, bool settled, bool gone) =>
        sku.Needed < 0 || sku.GivenUp < 0 || sku.Unallocated < 0 ? "more units than were ordered"
        : (settled || gone) && sku.Unallocated != Lacked(sku) ? $"{sku.Unallocated} units are nowhere"
        : gone && sku.Open != 0 ? $"{sku.Open} units are held"
        : !sku.Returned.IsEmpty && sku.Returned.Sum(lot => lot.Quantity) > sku.PickedUnits ? "more came back than left"
        : null;

    private static int Lacked(SkuProgress sku) =>
        sku.Holds.Where(hold => hold.Stage == HoldStage.Lacked).Sum(hold => hold.Quantity);

    /// <summary>A SKU's progress, changed.</summary>
    internal static OrderState Set(OrderState state, Sku sku, Func<SkuProgress, SkuProgress> change) =>
        state with { Skus = state.Skus.SetItem(sku, change(state.Skus[sku])) };

    private static ImmutableSortedDictionary<Sku, SkuProgress> Ordered(OrderDraft draft) =>
        draft.Lines.GroupBy(line => line.Sku).ToImmutableSortedDictionary(
            lines => lines.Key, lines => new SkuProgress(lines.Sum(line => line.Quantity), [], [], 0, []));

    private static OrderState Start(OrderState state, OrderEvent.AllocationStarted it)
    {
        var skus = WithoutHolds(state.Skus);
        return state with
        {
            Stage = OrderStage.Allocating,
            Attempt = it.Attempt,
            Warehouse = it.Warehouse,
            Lacks = it.Warehouse == state.Draft!.Candidates[0] ? [] : state.Lacks,
            RetryAt = null,
            Skus = skus.SetItems(
                from sku in skus
                where sku.Value.Unallocated > 0
                let asked = new Hold(it.Attempt, HoldStage.Asked, sku.Value.Unallocated, [])
                select KeyValuePair.Create(sku.Key, sku.Value with { Holds = [asked] })),
        };
    }

    /// <summary>The SKUs without the holds of attempts that are over.</summary>
    private static ImmutableSortedDictionary<Sku, SkuProgress> WithoutHolds(ImmutableSortedDictionary<Sku, SkuProgress> skus) =>
        skus.SetItems(
            from sku in skus
            where !sku.Value.Holds.IsEmpty
            select KeyValuePair.Create(sku.Key, sku.Value with { Holds = [] }));

    private static OrderState Change(OrderState state, Sku sku, int attempt, Func<Hold, Hold> change) =>
        Set(state, sku, progress => progress with
        {
            Holds = [.. progress.Holds.Select(hold => hold.Attempt == attempt ? change(hold) : hold)],
        });

    private static OrderState Pick(OrderState state, OrderEvent.UnitsPicked it)
    {
        var attempt = OrderAllocation.AttemptOf(it.Reservation);
        return Set(state, it.Sku, sku => Lessen(sku, attempt, it.From, it.Lot, it.Quantity) with
        {
            Picked = Plus(sku.Picked, it.Lot, it.Quantity),
        }) with { PickTasks = state.PickTasks.Add(it.Task) };
    }

    private static OrderState Miss(OrderState state, OrderEvent.UnitsMissing it)
    {
        var attempt = OrderAllocation.AttemptOf(it.Reservation);
        var missed = Set(state, it.Sku, sku => Lessen(sku, attempt, it.From, it.Lot, it.Quantity)) with
        {
            ShortTasks = state.ShortTasks.Add(it.Task),
        };
        return it.Attempt is not { } next
            ? missed
            : Set(missed, it.Sku, sku => sku with { Holds = sku.Holds.Add(new Hold(next, HoldStage.Asked, it.Quantity, [])) }) with
            {
                Attempt = next,
            };
    }

    /// <summary>Takes units off a hold; one that stands for none any more is gone.</summary>
    private static SkuProgress Lessen(SkuProgress sku, int attempt, Totes.Lpn from, LotId lot, int quantity)
    {
        var hold = sku.Holds.First(it => it.Attempt == attempt);
        if (hold.Quantity == quantity)
        {
            return sku with { Holds = sku.Holds.Remove(hold) };
        }

        var pick = hold.Picks.First(it => it.Lpn == from && it.Lot == lot);
        var picks = pick.Quantity == quantity
            ? hold.Picks.Remove(pick)
            : hold.Picks.Replace(pick, pick with { Quantity = pick.Quantity - quantity });
        return sku with { Holds = sku.Holds.Replace(hold, hold with { Quantity = hold.Quantity - quantity, Picks = picks }) };
    }

    private static OrderState Reduce(OrderState state, OrderEvent.Reduced it)
    {
        var line = state.Draft!.Lines.First(line => line.Number == it.Line);
        return Set(
            Reverse(state, it.Reversal, it.Line, it.Quantity, it.Who, ReversalStage.Reduced),
            line.Sku,
            sku => sku with { Needed = sku.Needed - it.Quantity });
    }

    private static OrderState Reverse(
        OrderState state, string reversal, int line, int quantity, string who, ReversalStage stage) =>
        state with { Reversals = state.Reversals.Add(new Reversal(reversal, line, quantity, who, stage)) };

    private static OrderState Receive(OrderState state, OrderEvent.ReturnReceived it)
    {
        var reversal = state.Reversals.First(known => known.Id == it.Reversal);
        return Set(state, it.Sku, sku => sku with
        {
            Returned = it.Lots.Aggregate(sku.Returned, (returned, lot) => Plus(returned, lot.Lot, lot.Quantity)),
        }) with { Reversals = state.Reversals.Replace(reversal, reversal with { Stage = ReversalStage.Received }) };
    }

    private static ImmutableArray<LotQuantity> Plus(ImmutableArray<LotQuantity> lots, LotId lot, int quantity) =>
        lots.FirstOrDefault(it => it.Lot == lot) is { } known
            ? lots.Replace(known, known with { Quantity = known.Quantity + quantity })
            : lots.Add(new LotQuantity(lot, quantity));

    private static void Require(OrderState state, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BrokenInvariantException("order", state.Id.Text, otherwise);
        }
    }
}
