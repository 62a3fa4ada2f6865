using Warehouse.Domain.Deciding;
using Warehouse.Domain.Gs1;
using Warehouse.Domain.Orders;

namespace Warehouse.Domain.Shipping;

/// <summary>
/// Parcel: packed, then with the carrier or unpacked again, whichever is decided first; never both. The carrier comes
/// at the collection time, which is a deadline of the parcel's own.
/// </summary>
public static class ParcelDecider
{
    /// <summary>Heaviest parcel, in grams: one lorry's load. Orders above it are refused at intake.</summary>
    public const long MaxMassGrams = 25_000_000;

    /// <summary>The noun.</summary>
    public static Decider<ParcelState> Decider { get; } =
        new("parcel", 1, ParcelState.None, Decide, Evolve, React, Check);

    private static Decision Decide(ParcelState state, Command command, Moment at) => command switch
    {
        ParcelCommand.Pack pack => Pack(state, pack),
        ParcelCommand.HandOver => HandOver(state, at),
        ParcelCommand.Void cancel => Void(state, cancel),
        ParcelCommand.Seen seen => Seen(state, seen),
        Answered => Decision.Nothing,
        _ => throw new UnreachableCommandException("parcel", command),
    };

    private static Decision Pack(ParcelState state, ParcelCommand.Pack pack)
    {
        if (Defect(pack) is { } defect)
        {
            return Decision.Refuse(ParcelRefusal.NotAParcel, defect);
        }

        if (state.Stage == ParcelStage.None)
        {
            return Decision.Accept(new ParcelEvent.Packed(
                pack.Sscc, pack.Order, pack.Warehouse, pack.Contents, pack.MassGrams, pack.Carrier, pack.CollectAt));
        }

        return state.Order == pack.Order && state.Contents.SequenceEqual(pack.Contents) && state.MassGrams == pack.MassGrams
            ? Decision.Nothing
            : Decision.Refuse(ParcelRefusal.AnotherParcel, $"{pack.Sscc} stands for other contents, of order {state.Order}");
    }

    /// <summary>What is wrong with a parcel, naming field and rule; null when nothing is.</summary>
    private static string? Defect(ParcelCommand.Pack pack) =>
        !SsccNumber.IsValid(pack.Sscc.Text) ? $"sscc: 18 digits with check digit, not '{pack.Sscc}'"
        : pack.Contents.IsDefaultOrEmpty || pack.Contents.Any(content => content.Quantity <= 0)
            ? "contents: at least one, each of a positive quantity"
        : pack.MassGrams is < 1 or > MaxMassGrams ? $"massGrams: 1 to {MaxMassGrams}, not {pack.MassGrams}"
        : string.IsNullOrWhiteSpace(pack.Carrier) ? "carrier: is missing"
        : null;

    private static Decision Seen(ParcelState state, ParcelCommand.Seen seen) => (state.Stage, seen.Leaving) switch
    {
        (ParcelStage.None, _) => Decision.Refuse(ParcelRefusal.Unknown, "no such parcel was packed"),
        (ParcelStage.Voided, _) => Decision.Refuse(ParcelRefusal.AlreadyVoided, $"parcel {state.Sscc} was unpacked: {state.Reason}"),
        (ParcelStage.Packed, true) => Decision.Refuse(
            ParcelRefusal.StillHere, $"parcel {state.Sscc} is for {state.Carrier} at {state.CollectAt} and was not handed over yet"),
        (ParcelStage.Shipped, false) => Decision.Refuse(
            ParcelRefusal.AlreadyShipped, $"parcel {state.Sscc} left at {state.ShippedAt} by its book"),
        _ => Decision.Nothing,
    };

    private static Decision HandOver(ParcelState state, Moment at) => state.Stage switch
    {
        ParcelStage.Packed => Decision.Accept(new ParcelEvent.Shipped(at)),
        ParcelStage.None => Decision.Refuse(ParcelRefusal.Unknown, "nothing is packed under this number"),
        _ => Decision.Nothing,
    };

    private static Decision Void(ParcelState state, ParcelCommand.Void cancel) => state.Stage switch
    {
        ParcelStage.Packed => Decision.Accept(new ParcelEvent.Voided(cancel.Reason)),
        ParcelStage.None => Decision.Refuse(ParcelRefusal.Unknown, "nothing is packed under this number"),
        ParcelStage.Shipped => Decision.Refuse(ParcelRefusal.AlreadyShipped, $"the carrier took it at {state.ShippedAt}"),
        ParcelStage.Voided => Decision.Refuse(ParcelRefusal.AlreadyVoided, $"it was unpacked already: {state.Reason}"),
    };

    private static ParcelState Evolve(ParcelState state, Event happened) => happened switch
    {
        ParcelEvent.Packed it => new ParcelState(
            ParcelStage.Packed, it.Sscc, it.Order, it.Warehouse, it.Contents, it.MassGrams, it.Carrier, it.CollectAt, null, ""),
        ParcelEvent.Shipped it => state with { Stage = ParcelStage.Shipped, ShippedAt = it.At },
        ParcelEvent.Voided it => state with { Stage = ParcelStage.Voided, Reason = it.Reason },
        _ => throw new UnknownEventException("parcel", happened),
    };

    private static IEnumerable<Effect> React(ParcelState state, Event happened) => happened switch
    {
        ParcelEvent.Packed it => [Effect.Wake(it.Sscc.Stream, new ParcelCommand.HandOver(), it.CollectAt)],
        ParcelEvent.Shipped it =>
            [Effect.Tell(state.Order!.Value.Stream, new OrderCommand.ParcelShipped(state.Sscc!.Value, it.At))],
        _ => [],
    };

    private static void Check(ParcelState state)
    {
        var key = state.Sscc?.Text ?? "?";
        if (state.Stage != ParcelStage.None && (state.Contents.IsEmpty || state.MassGrams <= 0 || state.Order is null))
        {
            throw new BrokenInvariantException("parcel", key, $"a {state.Stage} parcel has an order, contents and a mass");
        }

        if ((state.Stage == ParcelStage.Shipped) != (state.ShippedAt is not null))
        {
            throw new BrokenInvariantException("parcel", key, $"{state.Stage}, but shipped at '{state.ShippedAt}'");
        }
    }
}
