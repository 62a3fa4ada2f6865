using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Orders;

/// <summary>
/// Finding one warehouse that has everything. Candidates are asked one after the other, nearest first; an attempt that
/// lacks anything gives back what it held. When none has it all the order waits, 15 minutes at first and up to four
/// hours, and starts over with the nearest.
/// </summary>
internal static class OrderAllocation
{
    private const long FirstRetryMilliseconds = 15 * 60_000;

    private const long LastRetryMilliseconds = 4 * 3_600_000;

    /// <summary>Stock has answered. Answers of an attempt that is over change nothing: it was released already.</summary>
    public static Decision Reserved(OrderState state, Answered answered, StockCommand.Reserve reserve, Moment at)
    {
        var sku = SkuOf(answered.Target);
        var attempt = AttemptOf(reserve.Reservation);
        if (state.Stage is not (OrderStage.Allocating or OrderStage.Allocated or OrderStage.Picking)
            || state.Skus.Find(sku)?.Holds.Any(hold => hold.Attempt == attempt && hold.Stage == HoldStage.Asked) is not true)
        {
            return Decision.Nothing;
        }

        if (answered.Answer is { Accepted: true, Detail: ReservedFrom from })
        {
            return OrderDecider.Tell(Story.Of(state).Then(new OrderEvent.Held(attempt, sku, from.Picks)), at);
        }

        var story = Story.Of(state).Then(new OrderEvent.Lacked(attempt, sku, answered.Answer.Reason ?? "no reason given"));
        return OrderDecider.Tell(
            state.Stage == OrderStage.Allocating
                ? story
                : story.Then(new OrderEvent.UnitsGivenUp(sku, reserve.Quantity, $"short on the shelf, none left in {state.Warehouse}")),
            at);
    }

    /// <summary>The warehouse has answered whether the order may queue; when not, its stock is given back and the next is asked.</summary>
    public static Decision Queued(OrderState state, Answer answer, Moment at)
    {
        if (answer.Accepted || state.Stage != OrderStage.Allocated)
        {
            return Decision.Nothing;
        }

        var reason = $"{state.Warehouse} does not take it: {answer.Reason}";
        return OrderDecider.Tell(GoOn(Story.Of(state), reason, at), at);
    }

    /// <summary>The time to ask again has come.</summary>
    public static Decision Retry(OrderState state, OrderCommand.Retry retry) =>
        state.Stage == OrderStage.AwaitingStock && retry.Attempt == state.Attempt
            ? Decision.Accept(new OrderEvent.AllocationStarted(state.Attempt + 1, state.Draft!.Candidates[0]))
            : Decision.Nothing;

    /// <summary>What follows once every SKU of the attempt has answered.</summary>
    public static Story Follow(Story story, Moment at)
    {
        var holds = story.State.Skus.Values.SelectMany(sku => sku.Holds).ToArray();
        if (holds.Any(hold => hold.Stage == HoldStage.Asked))
        {
            return story;
        }

        return holds.Any(hold => hold.Stage == HoldStage.Lacked)
            ? GoOn(story, OrderReason.Lacking(story.State), at)
            : story.Then(new OrderEvent.Allocated(story.State.Warehouse!.Value));
    }

    /// <summary>Gives back what the attempt holds and asks the next candidate, or waits when there is none.</summary>
    private static Story GoOn(Story story, string reason, Moment at)
    {
        var state = story.State;
        var held = state.Skus.Where(sku => sku.Value.Open > 0).Select(sku => sku.Key).ToImmutableArray();
        var undone = story.Then(new OrderEvent.AllocationUndone(state.Attempt, held));
        var next = state.Draft!.Candidates.IndexOf(state.Warehouse!.Value) + 1;
        return next < state.Draft.Candidates.Length
            ? undone.Then(new OrderEvent.AllocationStarted(state.Attempt + 1, state.Draft.Candidates[next]))
            : undone.Then(new OrderEvent.StockAwaited(reason, at.Plus(BackOff(state.Rounds))));
    }

    private static long BackOff(int rounds) =>
        rounds >= 4 ? LastRetryMilliseconds : Math.Min(FirstRetryMilliseconds << rounds, LastRetryMilliseconds);

    /// <summary>The SKU whose stock this is: the second part of <c>stock:MAIN/85123A</c>.</summary>
    private static Sku SkuOf(StreamId stock) => new(stock.Text[(stock.Text.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    /// <summary>The attempt that a reservation of this order stands for: the last part of its id.</summary>
    internal static int AttemptOf(ReservationId reservation) => int.Parse(
        reservation.Text.AsSpan(reservation.Text.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture);
}
