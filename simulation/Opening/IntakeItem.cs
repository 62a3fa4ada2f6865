using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Simulation.Opening;

/// <summary>Something that the outside wants of the house at a time: an order, or the reversal of units of earlier ones.</summary>
/// <param name="At">When it arrives, by the floor's clock.</param>
public abstract record IntakeItem(Moment At)
{
    /// <summary>An order comes in.</summary>
    public sealed record PlaceOrder(Moment At, OrderDraft Draft) : IntakeItem(At)
    {
        /// <summary>The command under an id that stays the same however often the sample is read.</summary>
        public Envelope Envelope => Envelope.From($"place/{Draft.Id}", new OrderCommand.Place(Draft));
    }

    /// <summary>Units of an earlier order's line go back.</summary>
    public sealed record ReverseUnits(Moment At, OrderId Order, string Reversal, int Line, int Quantity) : IntakeItem(At)
    {
        /// <summary>The command under an id that stays the same however often the sample is read.</summary>
        public Envelope Envelope =>
            Envelope.From($"reverse/{Reversal}", new OrderCommand.Reverse(Reversal, Line, Quantity, "customer"));
    }

    /// <summary>Somebody wants an order undone.</summary>
    public sealed record CancelOrder(Moment At, OrderId Order, string Reason) : IntakeItem(At)
    {
        /// <summary>The command under an id that stays the same.</summary>
        public Envelope Envelope => Envelope.From($"cancel/{Order}", new OrderCommand.Cancel(Reason, "customer"));
    }

    /// <summary>Goods arrive at a warehouse.</summary>
    public sealed record ReceiveGoods(Moment At, WarehouseId Warehouse, string Receipt, Sku Sku, LotId Lot, int Quantity) : IntakeItem(At)
    {
        /// <summary>The command under an id that stays the same.</summary>
        public Envelope Envelope => Envelope.From($"receive/{Receipt}", new WarehouseCommand.ReceiveGoods(Receipt, Sku, Lot, Quantity));
    }

    /// <summary>Units of a reversal that find no line to reverse: a case for a person, with the reason.</summary>
    public sealed record Held(Moment At, string ExternalId, int Line, string Customer, string Sku, int Quantity, string Reason)
        : IntakeItem(At);

    /// <summary>A charge is given back; no goods move.</summary>
    public sealed record ChargeReversed(Moment At, string ExternalId, int Line, string Code, string Kind, long AmountMinor)
        : IntakeItem(At);
}
