using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Orders;

/// <summary>
/// What customers take back. While nothing is held for the order its line just gets smaller; later the units travel and
/// come back as a return, unless everything is taken back before a station has the order: then it is cancelled.
/// </summary>
internal static class OrderReversals
{
    public static Decision Reverse(OrderState state, OrderCommand.Reverse reverse, Moment at)
    {
        if (!IsText(reverse.Reversal) || !IsText(reverse.Who))
        {
            return Decision.Refuse(OrderRefusal.NotAnOrder, $"reversal, who: 1 to {DraftRules.MaxText} characters");
        }

        if (state.Reversals.FirstOrDefault(it => it.Id == reverse.Reversal) is { } known)
        {
            return known.Line == reverse.Line && known.Quantity == reverse.Quantity
                ? Decision.Nothing
                : Decision.Refuse(
                    OrderRefusal.NoSuchUnits, $"reversal {reverse.Reversal} stands for {known.Quantity} units of line {known.Line}");
        }

        if (Defect(state, reverse) is { } defect)
        {
            return Decision.Refuse(OrderRefusal.NoSuchUnits, defect);
        }

        return state.Stage switch
        {
            OrderStage.Cancelled or OrderStage.Closed =>
                Decision.Refuse(OrderRefusal.AlreadyOver, $"the order is over: {state.Because}"),
            OrderStage.AwaitingStock => OrderDecider.Tell(
                Story.Of(state).Then(new OrderEvent.Reduced(reverse.Reversal, reverse.Line, reverse.Quantity, reverse.Who)), at),
            _ => Expect(state, reverse, at),
        };
    }

    /// <summary>The goods are back: those lots that left last, and no more than really left.</summary>
    public static Decision Arrived(OrderState state, OrderCommand.ReturnArrived arrived)
    {
        var reversal = state.Reversals.FirstOrDefault(it => it.Id == arrived.Reversal);
        if (state.Stage != OrderStage.Shipped || reversal is not { Stage: ReversalStage.Expected })
        {
            return Decision.Nothing;
        }

        var sku = SkuOf(state, reversal.Line);
        return Decision.Accept(new OrderEvent.ReturnReceived(
            reversal.Id, sku, NewestLots(state.Skus[sku], reversal.Quantity)));
    }

    /// <summary>An order of which nothing is left to find is closed.</summary>
    public static Story FollowAwaiting(Story story) =>
        IsTakenBackWhole(story.State)
            ? story.Then(new OrderEvent.Closed("every unit was taken back before stock was found"))
            : story;

    private static Decision Expect(OrderState state, OrderCommand.Reverse reverse, Moment at)
    {
        var expected = Story.Of(state).Then(
            new OrderEvent.ReturnExpected(reverse.Reversal, reverse.Line, reverse.Quantity, reverse.Who));
        return OrderDecider.Tell(
            state.Stage is OrderStage.Allocating or OrderStage.Allocated && IsTakenBackWhole(expected.State)
                ? expected.Then(new OrderEvent.Cancelling(state.Stage, "every unit was taken back", reverse.Who))
                : expected,
            at);
    }

    private static string? Defect(OrderState state, OrderCommand.Reverse reverse)
    {
        var line = state.Draft!.Lines.FirstOrDefault(it => it.Number == reverse.Line);
        if (line is null)
        {
            return $"the order has no line {reverse.Line} of goods";
        }

        if (reverse.Quantity < 1 || reverse.Quantity > state.LeftOf(line))
        {
            return $"quantity: 1 to {state.LeftOf(line)}, what is left of line {reverse.Line}, not {reverse.Quantity}";
        }

        var left = state.Draft.Lines.Where(it => it.Sku == line.Sku).Sum(state.LeftOf) - state.Skus[line.Sku].GivenUp;
        return reverse.Quantity > left ? $"only {left} units of {line.Sku} will come; the others were given up" : null;
    }

    private static ImmutableArray<LotQuantity> NewestLots(SkuProgress sku, int quantity)
    {
        var lots = ImmutableArray.CreateBuilder<LotQuantity>();
        foreach (var picked in sku.Picked.OrderByDescending(it => it.Lot))
        {
            var away = picked.Quantity - sku.Returned.Where(it => it.Lot == picked.Lot).Sum(it => it.Quantity);
            var units = Math.Min(away, quantity);
            if (units > 0)
            {
                lots.Add(new LotQuantity(picked.Lot, units));
                quantity -= units;
            }
        }

        return lots.ToImmutable();
    }

    private static bool IsTakenBackWhole(OrderState state) => state.Draft!.Lines.All(line => state.LeftOf(line) == 0);

    private static Sku SkuOf(OrderState state, int line) => state.Draft!.Lines.First(it => it.Number == line).Sku;

    private static bool IsText(string? text) => text is { Length: >= 1 and <= DraftRules.MaxText };
}
