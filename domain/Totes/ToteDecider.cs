using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Totes;

/// <summary>Tote: what is inside and the one place where it stands. <see cref="ToteState"/> tells its life.</summary>
public static class ToteDecider
{
    /// <summary>The noun.</summary>
    public static Decider<ToteState> Decider { get; } =
        new("tote", 1, ToteState.Unseen, Decide, Evolve, static (_, _) => [], Check);

    private static Decision Decide(ToteState state, Command command, Moment at) => command switch
    {
        ToteCommand.Receive receive => Receive(state, receive),
        ToteCommand.Begin begin => Begin(state, begin),
        ToteCommand.Take take => Take(state, take.Units),
        ToteCommand.Put put => Put(state, put.Units),
        ToteCommand.Short shortage => Short(state, shortage),
        ToteCommand.Move move => Move(state, move),
        ToteCommand.Pack pack => Pack(state, pack),
        ToteCommand.Unpack unpack => Unpack(state, unpack),
        ToteCommand.TakeAway away => TakeAway(state, away),
        ToteCommand.Seen seen => Seen(state, seen),
        Answered => Decision.Nothing,
        _ => throw new UnreachableCommandException("tote", command),
    };

    private static Decision Receive(ToteState state, ToteCommand.Receive receive)
    {
        if (receive.Quantity <= 0)
        {
            return NotAQuantity(receive.Quantity);
        }

        if (state.Receipts.Contains(receive.Receipt))
        {
            return Decision.Nothing;
        }

        var received = new ToteEvent.Received(
            receive.Receipt, receive.Lpn, receive.Warehouse, receive.Place, receive.Sku, receive.Lot, receive.Quantity);
        return state.Stage switch
        {
            ToteStage.Unseen => At(state, receive.Place, received),
            ToteStage.OnFloor when state.Place == receive.Place => Decision.Accept(received),
            _ => InUse(state),
        };
    }

    private static Decision Begin(ToteState state, ToteCommand.Begin begin)
    {
        if (state.Order is { } order)
        {
            return order == begin.Order ? Decision.Nothing : InUse(state);
        }

        var begun = new ToteEvent.Begun(begin.Lpn, begin.Warehouse, begin.Place, begin.Order);
        return state.Stage switch
        {
            ToteStage.Unseen => At(state, begin.Place, begun),
            ToteStage.Packed => Decision.Accept(begun),
            _ => InUse(state),
        };
    }

    private static Decision Take(ToteState state, PickedUnits units) =>
        units.Quantity <= 0 ? NotAQuantity(units.Quantity)
        : state.Stage != ToteStage.OnFloor ? Unknown(state)
        : state.UnitsOf(units.Sku, units.Lot) < units.Quantity ? NotInside(state, units.Sku, units.Lot, units.Quantity)
        : Decision.Accept(new ToteEvent.Taken(units));

    private static Decision Put(ToteState state, PickedUnits units) =>
        units.Quantity <= 0 ? NotAQuantity(units.Quantity)
        : state.Stage == ToteStage.TakenAway ? Unknown(state)
        : state.Order is { } order && order != units.Order ? InUse(state)
        : Decision.Accept(new ToteEvent.PutIn(units));

    private static Decision Short(ToteState state, ToteCommand.Short shortage) =>
        shortage.Missing <= 0 ? NotAQuantity(shortage.Missing)
        : state.Stage != ToteStage.OnFloor ? Unknown(state)
        : state.UnitsOf(shortage.Sku, shortage.Lot) < shortage.Missing
            ? NotInside(state, shortage.Sku, shortage.Lot, shortage.Missing)
        : Decision.Accept(new ToteEvent.Shorted(shortage.Sku, shortage.Lot, shortage.Missing, shortage.Cause));

    private static Decision Move(ToteState state, ToteCommand.Move move)
    {
        if (state.Stage == ToteStage.TakenAway)
        {
            return Unknown(state);
        }

        if (state.Place == move.From)
        {
            return At(state, move.To, new ToteEvent.Moved(move.From, move.To));
        }

        return state.Foreseen.Length < ToteState.MaxForeseen
            ? Decision.Accept(new ToteEvent.MoveForeseen(move.From, move.To))
            : Decision.Refuse(ToteRefusal.NotThere, $"the tote stands at {state.Place}, not at {move.From}");
    }

    private static Decision Pack(ToteState state, ToteCommand.Pack pack) =>
        state.Stage == ToteStage.TakenAway ? Unknown(state)
        : state.PackedInto is null ? Decision.Accept(new ToteEvent.Packed(pack.Sscc))
        : state.PackedInto == pack.Sscc ? Decision.Nothing
        : InUse(state);

    private static Decision Unpack(ToteState state, ToteCommand.Unpack unpack) =>
        unpack.Contents.IsDefaultOrEmpty || unpack.Contents.Any(content => content.Quantity <= 0) ? NotAQuantity(0)
        : state.PackedInto is null ? Unknown(state)
        : state.PackedInto != unpack.Sscc ? InUse(state)
        : state.Stage == ToteStage.Packed
            ? At(state, unpack.Place, new ToteEvent.Unpacked(unpack.Sscc, unpack.Place, unpack.Contents))
        : Decision.Nothing;

    private static Decision TakeAway(ToteState state, ToteCommand.TakeAway away) =>
        (state.Order is { } order && order != away.Order) || !state.Contents.IsEmpty ? InUse(state)
        : state.Stage switch
        {
            ToteStage.Unseen or ToteStage.OnFloor => Decision.Accept(new ToteEvent.TakenAway(away.Order)),
            ToteStage.TakenAway => Decision.Nothing,
            _ => InUse(state),
        };

    private static Decision Seen(ToteState state, ToteCommand.Seen seen) =>
        state.Stage is ToteStage.Unseen or ToteStage.TakenAway ? Unknown(state)
        : seen.Place is not { } place || state.Stage == ToteStage.Packed || state.Place == place || state.Foreseen.Any(hop => hop.To == place)
            ? Decision.Nothing
        : Decision.Refuse(ToteRefusal.NotThere, $"tote {state.Lpn} stands at {state.Place} by its book, not at {place}");

    /// <summary>The event that brings the tote to a place, and the foreseen moves that go on from there.</summary>
    private static Decision At(ToteState state, PlaceId place, ToteEvent arrival)
    {
        var events = ImmutableArray.Create<Event>(arrival);
        var waiting = state.Foreseen;
        while (waiting.FirstOrDefault(hop => hop.From == place) is { } next)
        {
            events = events.Add(new ToteEvent.Moved(next.From, next.To));
            waiting = waiting.Remove(next);
            place = next.To;
        }

        return new Decision(events, Answer.Yes);
    }

    private static ToteState Evolve(ToteState state, Event happened) => happened switch
    {
        ToteEvent.Received it => state with
        {
            Stage = ToteStage.OnFloor,
            Lpn = it.Lpn,
            Warehouse = it.Warehouse,
            Place = it.Place,
            Contents = state.Contents.Plus(it.Sku, it.Lot, it.Quantity),
            Receipts = [.. state.Receipts.TakeLast(ToteState.MaxReceipts - 1), it.Receipt],
        },
        ToteEvent.Begun it => state with
        {
            Stage = state.Stage == ToteStage.Unseen ? ToteStage.OnFloor : state.Stage,
            Lpn = it.Lpn,
            Warehouse = it.Warehouse,
            Place = state.Stage == ToteStage.Unseen ? it.Place : state.Place,
            Order = it.Order,
        },
        ToteEvent.Taken { Units: var units } =>
            state with { Contents = state.Contents.Plus(units.Sku, units.Lot, -units.Quantity) },
        ToteEvent.PutIn { Units: var units } => state.PackedInto is null
            ? state with { Contents = state.Contents.Plus(units.Sku, units.Lot, units.Quantity) }
            : state,
        ToteEvent.Shorted it => state with { Contents = state.Contents.Plus(it.Sku, it.Lot, -it.Missing) },
        ToteEvent.Moved it => state with { Place = it.To, Foreseen = state.Foreseen.Remove(new ToteHop(it.From, it.To)) },
        ToteEvent.MoveForeseen it => state with { Foreseen = state.Foreseen.Add(new ToteHop(it.From, it.To)) },
        ToteEvent.Packed it => state with { Stage = ToteStage.Packed, Place = null, Contents = [], PackedInto = it.Sscc },
        ToteEvent.Unpacked it => state with
        {
            Stage = ToteStage.OnFloor,
            Place = it.Place,
            Contents = it.Contents.Ordered(),
        },
        ToteEvent.TakenAway it => state with { Stage = ToteStage.TakenAway, Place = null, Order = it.Order },
        _ => throw new UnknownEventException("tote", happened),
    };

    private static void Check(ToteState state)
    {
        var key = state.Lpn?.Text ?? "?";
        if (state.Contents.Any(content => content.Quantity <= 0))
        {
            throw new BrokenInvariantException("tote", key, "contents are positive");
        }

        if ((state.Stage == ToteStage.OnFloor) != (state.Place is not null))
        {
            throw new BrokenInvariantException("tote", key, $"{state.Stage} at '{state.Place}': a tote on the floor has one place");
        }

        if (state.Stage is ToteStage.Packed or ToteStage.TakenAway && !state.Contents.IsEmpty)
        {
            throw new BrokenInvariantException("tote", key, $"{state.Stage}, but not empty");
        }
    }

    private static Decision NotAQuantity(int quantity) =>
        Decision.Refuse(ToteRefusal.NotAQuantity, $"quantity: positive, not {quantity}");

    private static Decision Unknown(ToteState state) => Decision.Refuse(
        ToteRefusal.Unknown,
        state.Stage == ToteStage.Unseen ? "no such tote on the floor" : $"tote {state.Lpn} has left ({state.Stage})");

    private static Decision NotInside(ToteState state, Sku sku, LotId lot, int quantity) => Decision.Refuse(
        ToteRefusal.NotInside, $"tote {state.Lpn} holds {state.UnitsOf(sku, lot)} of {sku} lot {lot}, not {quantity}");

    private static Decision InUse(ToteState state) => Decision.Refuse(
        ToteRefusal.InUse,
        $"tote {state.Lpn} is in use: {state.Stage} at '{state.Place}', order '{state.Order}', parcel '{state.PackedInto}'");
}
