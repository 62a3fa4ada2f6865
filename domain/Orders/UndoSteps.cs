using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Orders;

/// <summary>
/// The things that undoing an order asks of others, each as the stream that has to confirm it and a name that people
/// read. The name is made from the command, so an answer finds its step.
/// </summary>
internal static class UndoSteps
{
    /// <summary>Taken out of the warehouse's queue.</summary>
    public const string Withdraw = "withdraw from the queue";

    /// <summary>The parcel does not go.</summary>
    public const string Void = "void the parcel";

    /// <summary>The step that a command asks for; empty when it is none.</summary>
    public static string NameOf(Command sent) => sent switch
    {
        StockCommand.Release it => $"release {it.Reservation}",
        StockCommand.PutBack it => $"put back lot {it.Lot}",
        WarehouseCommand.DropOrder => "drop the order",
        ToteCommand.TakeAway => "take the empty tote away",
        ToteCommand.Unpack => "unpack the parcel",
        _ => "",
    };

    /// <summary>Steps of effects that are told now.</summary>
    public static ImmutableArray<UndoStep> Of(IEnumerable<Effect> effects) =>
        [.. effects.Select(effect => new UndoStep(effect.Target, NameOf(effect.Body))).Where(step => step.What.Length > 0)];

    /// <summary>Gives back every reservation that is asked for or held.</summary>
    public static IEnumerable<Effect> Release(OrderState state) =>
        from sku in state.Skus
        from hold in sku.Value.Holds
        where hold.Stage != HoldStage.Lacked
        select Effect.Tell(
            StockState.StreamOf(state.Warehouse!.Value, sku.Key), new StockCommand.Release(state.Reservation(hold.Attempt)));

    /// <summary>After the station let go with nothing in the tote: the slot is free and the tote goes.</summary>
    public static IEnumerable<Effect> ClearSlot(OrderState state) =>
    [
        Effect.Tell(state.Warehouse!.Value.Stream, new WarehouseCommand.DropOrder(state.Id)),
        Effect.Tell(state.Collecting!.Tote.Stream, new ToteCommand.TakeAway(state.Id)),
    ];

    /// <summary>The goods are unpacked into their tote.</summary>
    public static IEnumerable<Effect> Unpack(OrderState state) =>
    [
        Effect.Tell(
            state.Collecting!.Tote.Stream,
            new ToteCommand.Unpack(state.Parcel!.Sscc, Layout.FloorPlan.Pack(state.Collecting.Station), state.Parcel.Contents)),
    ];

    /// <summary>The goods are stock again, in the tote that goes into the rack, and the slot is free once it left.</summary>
    public static IEnumerable<Effect> PutBack(OrderState state, OrderEvent.PutAwayPlanned planned)
    {
        foreach (var content in state.Cancel!.Contents)
        {
            yield return Effect.Tell(
                StockState.StreamOf(state.Warehouse!.Value, content.Sku),
                new StockCommand.PutBack(state.Id, planned.Tote, planned.Aisle, content.Lot, content.Quantity));
        }

        if (state.Parcel is null)
        {
            yield return Effect.Tell(state.Warehouse!.Value.Stream, new WarehouseCommand.DropOrder(state.Id));
        }
    }
}
