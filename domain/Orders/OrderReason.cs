namespace Warehouse.Domain.Orders;

/// <summary>Says in a sentence why an order stands where it stands. Derived from the state, so it is never out of date.</summary>
public static class OrderReason
{
    /// <summary>SKUs named in one sentence; more are counted.</summary>
    private const int MaxNamed = 5;

    /// <summary>The sentence.</summary>
    public static string Of(OrderState state) => state.Stage switch
    {
        OrderStage.None => "no such order",
        OrderStage.Allocating => $"asking {state.Warehouse} for stock (attempt {state.Attempt}): {Waiting(state)}",
        OrderStage.AwaitingStock => $"no warehouse has all of it: {state.Because}; asked again at {state.RetryAt}",
        OrderStage.Allocated => $"everything is held in {state.Warehouse}; waiting for a slot at a pick station",
        OrderStage.Picking => $"{Picking(state)}{Delayed(state)}",
        OrderStage.Packed => $"in parcel {state.Parcel!.Sscc}, which the carrier collects at {state.Parcel.CollectAt}",
        OrderStage.Shipped => $"parcel {state.Parcel!.Sscc} left at {state.Parcel.ShippedAt}{Returns(state)}{GivenUp(state)}{TooLate(state)}",
        OrderStage.Cancelling => $"being cancelled ({state.Cancel!.Reason}, {state.Cancel.Who}): {Undoing(state)}{Delayed(state)}",
        OrderStage.Cancelled => $"cancelled: {state.Because}",
        OrderStage.Closed => state.Because,
    };

    /// <summary>What the candidates lack, warehouse by warehouse.</summary>
    public static string Lacking(OrderState state) => string.Join(
        "; ",
        state.Lacks.GroupBy(lack => lack.Warehouse).Select(of =>
            $"{of.Key} lacks {string.Join(", ", of.Take(MaxNamed).Select(lack => $"{lack.Sku} ({lack.Reason})"))}{More(of.Count())}"));

    private static string More(int count) => count > MaxNamed ? $" and {count - MaxNamed} more" : "";

    private static string Waiting(OrderState state)
    {
        var asked = state.Skus.Values.Count(sku => sku.Holds.Any(hold => hold.Stage == HoldStage.Asked));
        return $"{asked} of {state.Skus.Count} SKUs not answered yet";
    }

    private static string Picking(OrderState state)
    {
        var where = $"at {state.Collecting!.Station} slot {state.Collecting.Slot}";
        var open = state.Skus.Where(sku => sku.Value.Open > 0).ToArray();
        return state.Finished
            ? $"all picked {where}; waiting for the picker to close the slot{GivenUp(state)}"
            : $"being picked {where}; still to come: "
                + string.Join(", ", open.Take(MaxNamed).Select(sku => $"{sku.Value.Open} of {sku.Key}"))
                + More(open.Length) + GivenUp(state);
    }

    private static string GivenUp(OrderState state)
    {
        var missing = state.Skus.Where(sku => sku.Value.GivenUp > 0).ToArray();
        return missing.Length == 0
            ? ""
            : "; given up, as the shelf was short of them: "
                + string.Join(", ", missing.Take(MaxNamed).Select(sku => $"{sku.Value.GivenUp} of {sku.Key}"))
                + More(missing.Length);
    }

    private static string Returns(OrderState state)
    {
        var expected = state.Reversals.Where(it => it.Stage == ReversalStage.Expected).Sum(it => it.Quantity);
        var received = state.Reversals.Where(it => it.Stage == ReversalStage.Received).Sum(it => it.Quantity);
        return (expected > 0 ? $"; {expected} units are to come back" : "") + (received > 0 ? $"; {received} units came back" : "");
    }

    private static string TooLate(OrderState state) => state.Cancel is null ? "" : "; a cancellation came too late";

    private static string Delayed(OrderState state) =>
        state.Delay is { } delay ? $"; {Asked(delay.Ask)} was put off ({delay.Reason}), asked again at {delay.Until}" : "";

    private static string Asked(OrderAsk ask) => ask switch
    {
        OrderAsk.CloseSlot => "closing the slot",
        OrderAsk.WithdrawFromWarehouse => "leaving the queue",
        OrderAsk.WithdrawFromStation => "stopping the station",
        OrderAsk.VoidParcel => "stopping the parcel",
        OrderAsk.PutAway => "a bin for the goods",
    };

    private static string Undoing(OrderState state) => state.Cancel!.Phase switch
    {
        UndoPhase.Withdrawing when state.Parcel is { } parcel => $"waiting for parcel {parcel.Sscc} to be stopped",
        UndoPhase.Withdrawing when state.Collecting is { } at => $"waiting for {at.Station} to stop picking",
        UndoPhase.Withdrawing => $"waiting for {state.Warehouse} to take it out of its queue, or to say which station has it",
        UndoPhase.Counting => $"{state.Collecting!.Station} stopped; its last picks are not all heard of yet",
        UndoPhase.PuttingAway => $"waiting for a bin for tote {state.Collecting!.Tote}{Unconfirmed(state)}",
        UndoPhase.Confirming => $"waiting for confirmations{Unconfirmed(state)}",
    };

    private static string Unconfirmed(OrderState state)
    {
        var open = state.Cancel!.Open;
        return open.IsEmpty
            ? ""
            : ": " + string.Join(", ", open.Take(MaxNamed).Select(step => $"{step.What} by {step.By}")) + More(open.Length);
    }
}
