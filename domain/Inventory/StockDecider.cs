using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Inventory;

/// <summary>
/// Stock: the book of one SKU in one warehouse. Its life in short: received -> (reserved -> picked -> shipped -> returned
/// into quarantine), with released, reduced, put back and adjusted as the ways back. A reservation holds certain units
/// in certain totes, so nothing can be promised twice; it moves once and is never revived.
/// </summary>
public static class StockDecider
{
    /// <summary>Most units in one command.</summary>
    public const int MaxQuantity = 10_000_000;

    /// <summary>Longest id of a receipt, return or correction, and longest cause and name, in characters.</summary>
    public const int MaxText = 256;

    /// <summary>The noun.</summary>
    public static Decider<StockState> Decider { get; } = new(
        "stock", 2, StockState.Empty, Decide, StockBook.Evolve, static (_, _) => [], StockBook.Check);

    private static Decision Decide(StockState state, Command command, Moment at) => command switch
    {
        StockCommand.Receive receive => Receive(state, receive),
        StockCommand.Reserve reserve => Reserve(state, reserve),
        StockCommand.Release release => Release(state, release),
        StockCommand.Reduce reduce => Reduce(state, reduce),
        StockCommand.Pick pick => Pick(state, pick),
        StockCommand.Short shortage => Short(state, shortage),
        StockCommand.PutBack putBack => PutBack(state, putBack),
        StockCommand.Ship ship => Ship(state, ship),
        StockCommand.Return back => Return(state, back),
        StockCommand.Adjust adjust => Adjust(state, adjust),
        StockCommand.SetSafetyStock safety => SetSafetyStock(state, safety),
        StockCommand.Hold hold => Hold(state, hold),
        StockCommand.Unhold unhold => state.Holds.ContainsKey(unhold.Id)
            ? Decision.Accept(new StockEvent.HoldEnded(unhold.Id))
            : Decision.Nothing,
        Answered => Decision.Nothing,
        _ => throw new UnreachableCommandException("stock", command),
    };

    private static Decision Receive(StockState state, StockCommand.Receive receive)
    {
        if (!IsText(receive.Receipt) || !IsQuantity(receive.Quantity))
        {
            return NotAQuantity($"receipt '{receive.Receipt}' of {receive.Quantity}");
        }

        if (state.Sku is { } sku && (sku != receive.Sku || state.Warehouse != receive.Warehouse))
        {
            return NotAQuantity($"{receive.Warehouse}/{receive.Sku} in the book of {state.Key}");
        }

        return Remembers(state, receive.Receipt)
            ? Decision.Nothing
            : Moved(state, new StockEvent.Received(
                receive.Receipt, receive.Warehouse, receive.Sku, receive.Lot, receive.Lpn, receive.Aisle, receive.Quantity));
    }

    private static Decision Reserve(StockState state, StockCommand.Reserve reserve)
    {
        if (!IsQuantity(reserve.Quantity))
        {
            return NotAQuantity($"reservation {reserve.Reservation} of {reserve.Quantity}");
        }

        if (state.Reservations.TryGetValue(reserve.Reservation, out var known))
        {
            return known.Order == reserve.Order && known.Quantity == reserve.Quantity
                ? Decision.Accept(new ReservedFrom(known.Remaining))
                : Decision.Refuse(
                    StockRefusal.AnotherReservation,
                    $"{reserve.Reservation} stands for {known.Quantity} units of order {known.Order}");
        }

        if (state.Settled.Contains(reserve.Reservation))
        {
            return Decision.Refuse(StockRefusal.AlreadyReleased, $"{reserve.Reservation} was over before it came");
        }

        if (!state.Holds.IsEmpty)
        {
            return Decision.Refuse(StockRefusal.OnHold, $"{state.Key} is on hold: {string.Join("; ", state.Holds.Values)}");
        }

        if (state.Available < reserve.Quantity)
        {
            return Decision.Refuse(
                StockRefusal.NotEnough, $"{reserve.Quantity} asked for, {state.Available} available");
        }

        var picks = ToteChoice.For(state.Totes, reserve.Quantity);
        return Moved(
            state, new StockEvent.Reserved(reserve.Reservation, reserve.Order, picks), new ReservedFrom(picks));
    }

    private static Decision Release(StockState state, StockCommand.Release release)
    {
        var known = state.Reservations.ContainsKey(release.Reservation);
        return !known && state.Settled.Contains(release.Reservation)
            ? Decision.Nothing
            : Moved(state, new StockEvent.Released(release.Reservation, known));
    }

    private static Decision Reduce(StockState state, StockCommand.Reduce reduce)
    {
        if (!IsQuantity(reduce.Quantity))
        {
            return NotAQuantity($"{reduce.Reservation} smaller by {reduce.Quantity}");
        }

        if (!state.Reservations.TryGetValue(reduce.Reservation, out var held)
            || held.Remaining.Sum(pick => pick.Quantity) < reduce.Quantity)
        {
            return Decision.Refuse(
                StockRefusal.NotReserved, $"{reduce.Reservation} does not hold {reduce.Quantity} unpicked units");
        }

        return Moved(state, new StockEvent.Reduced(reduce.Reservation, LastOf(held.Remaining, reduce.Quantity)));
    }

    /// <summary>The last units of the picks: the totes that were the worst choice are spared first.</summary>
    private static ImmutableArray<TotePick> LastOf(ImmutableArray<TotePick> picks, int quantity)
    {
        var freed = ImmutableArray.CreateBuilder<TotePick>();
        for (var i = picks.Length - 1; quantity > 0; i--)
        {
            var units = Math.Min(quantity, picks[i].Quantity);
            freed.Add(picks[i] with { Quantity = units });
            quantity -= units;
        }

        return freed.ToImmutable();
    }

    private static Decision Pick(StockState state, StockCommand.Pick pick)
    {
        if (!IsQuantity(pick.Quantity))
        {
            return NotAQuantity($"pick of {pick.Quantity}");
        }

        return state.Reservations.TryGetValue(pick.Reservation, out var held) && held.At(pick.Lpn, pick.Lot) >= pick.Quantity
            ? Moved(state, new StockEvent.Picked(pick.Reservation, held.Order, pick.Lpn, pick.Lot, pick.Quantity))
            : NotHeld(pick.Reservation, pick.Quantity, pick.Lpn);
    }

    /// <summary>
    /// Missing units are written off from the reservation that found them missing. When that one is over already (its
    /// order was cancelled meanwhile), they are still not there: then they are written off from the tote's free units.
    /// </summary>
    private static Decision Short(StockState state, StockCommand.Short shortage)
    {
        if (!IsQuantity(shortage.Missing))
        {
            return NotAQuantity($"shortage of {shortage.Missing}");
        }

        var holds = state.Reservations.TryGetValue(shortage.Reservation, out var held)
            && held.At(shortage.Lpn, shortage.Lot) >= shortage.Missing;
        if (!holds && state.ToteOf(shortage.Lpn).Of(shortage.Lot).Free < shortage.Missing)
        {
            return NotHeld(shortage.Reservation, shortage.Missing, shortage.Lpn);
        }

        return Moved(state, new StockEvent.Adjusted(
            $"short/{shortage.Reservation}/{shortage.Lpn}", shortage.Lpn, shortage.Lot, -shortage.Missing,
            "short pick", "picker", holds ? shortage.Reservation : null));
    }

    private static Decision PutBack(StockState state, StockCommand.PutBack back)
    {
        if (!IsQuantity(back.Quantity))
        {
            return NotAQuantity($"put back of {back.Quantity}");
        }

        return state.PickedBy(back.Order, back.Lot) >= back.Quantity
            ? Moved(state, new StockEvent.CameBack(back.Order, back.Lpn, back.Aisle, back.Lot, back.Quantity))
            : NotThatMany($"order {back.Order} has not picked {back.Quantity} of lot {back.Lot}");
    }

    private static Decision Ship(StockState state, StockCommand.Ship ship)
    {
        if (ship.Lots.IsDefaultOrEmpty || ship.Lots.Any(it => !IsQuantity(it.Quantity)))
        {
            return NotAQuantity($"shipment of order {ship.Order}");
        }

        foreach (var lot in ship.Lots.GroupBy(it => it.Lot))
        {
            var units = lot.Sum(it => it.Quantity);
            if (state.PickedBy(ship.Order, lot.Key) < units)
            {
                return NotThatMany($"order {ship.Order} has not picked {units} of lot {lot.Key}");
            }
        }

        return Moved(state, new StockEvent.Shipped(ship.Order, ship.Lots));
    }

    private static Decision Return(StockState state, StockCommand.Return back)
    {
        if (!IsText(back.Receipt) || !IsQuantity(back.Quantity))
        {
            return NotAQuantity($"return '{back.Receipt}' of {back.Quantity}");
        }

        if (Remembers(state, back.Receipt))
        {
            return Decision.Nothing;
        }

        return state.Shipped.Get(back.Lot, 0) >= back.Quantity
            ? Moved(state, new StockEvent.Returned(back.Receipt, back.Order, back.Lpn, back.Lot, back.Quantity))
            : NotThatMany($"fewer than {back.Quantity} of lot {back.Lot} have left the house");
    }

    private static Decision Adjust(StockState state, StockCommand.Adjust adjust)
    {
        if (!IsText(adjust.Id) || !IsText(adjust.Cause) || !IsText(adjust.Who)
            || adjust.Delta is 0 or < -MaxQuantity or > MaxQuantity)
        {
            return NotAQuantity($"correction '{adjust.Id}' by {adjust.Delta}, cause '{adjust.Cause}', by '{adjust.Who}'");
        }

        if (Remembers(state, adjust.Id))
        {
            return Decision.Nothing;
        }

        var free = state.ToteOf(adjust.Lpn).Of(adjust.Lot).Free;
        if (!state.Totes.ContainsKey(adjust.Lpn) || free + adjust.Delta < 0)
        {
            return Decision.Refuse(
                StockRefusal.NotEnough, $"the book has {free} free units of lot {adjust.Lot} in tote {adjust.Lpn}");
        }

        return Moved(state, new StockEvent.Adjusted(
            adjust.Id, adjust.Lpn, adjust.Lot, adjust.Delta, adjust.Cause, adjust.Who, null));
    }

    private static Decision Hold(StockState state, StockCommand.Hold hold) =>
        !IsText(hold.Id) || !IsText(hold.Reason) ? NotAQuantity($"hold '{hold.Id}' because of '{hold.Reason}'")
        : state.Holds.ContainsKey(hold.Id) ? Decision.Nothing
        : state.Holds.Count >= StockState.MaxHolds
            ? NotAQuantity($"hold '{hold.Id}' beside {StockState.MaxHolds} others")
        : Decision.Accept(new StockEvent.Held(hold.Id, hold.Reason));

    private static Decision SetSafetyStock(StockState state, StockCommand.SetSafetyStock safety)
    {
        if (safety.Units is < 0 or > MaxQuantity)
        {
            return NotAQuantity($"safety stock of {safety.Units}");
        }

        return safety.Units == state.SafetyStock
            ? Decision.Nothing
            : new Decision(
                [new StockEvent.SafetyStockSet(safety.Units), .. Alarm(state, state.Available, safety.Units)], Answer.Yes);
    }

    /// <summary>The event, and the alarm that comes or goes with it.</summary>
    private static Decision Moved(StockState state, StockEvent happened, AnswerDetail? detail = null)
    {
        var change = StockBook.ChangeOfAvailable(state, happened);
        return new Decision(
            change == 0 ? [happened] : [happened, .. Alarm(state, state.Available + change, state.SafetyStock)],
            detail is null ? Answer.Yes : Answer.With(detail));
    }

    private static ImmutableArray<Event> Alarm(StockState state, long available, int safetyStock) =>
        (available <= safetyStock, state.Low) switch
        {
            (true, false) => [new StockEvent.RanLow(checked((int)available), safetyStock)],
            (false, true) => [new StockEvent.Recovered(checked((int)available), safetyStock)],
            _ => [],
        };

    private static bool Remembers(StockState state, string receipt) => state.Receipts.Contains(receipt);

    private static bool IsQuantity(int quantity) => quantity is >= 1 and <= MaxQuantity;

    private static bool IsText(string? text) => text is { Length: >= 1 and <= MaxText };

    private static Decision NotAQuantity(string what) =>
        Decision.Refuse(StockRefusal.NotAQuantity, $"{what}: quantities are 1 to {MaxQuantity}, texts 1 to {MaxText} characters");

    private static Decision NotHeld(Orders.ReservationId reservation, int quantity, Totes.Lpn lpn) =>
        Decision.Refuse(StockRefusal.NotReserved, $"{reservation} does not hold {quantity} such units in tote {lpn}");

    private static Decision NotThatMany(string what) => Decision.Refuse(StockRefusal.NotThatMany, what);
}
