using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Shipping;

/// <summary>How far a parcel is.</summary>
public enum ParcelStage
{
    /// <summary>Not packed yet.</summary>
    None,
    /// <summary>Closed, waiting for the carrier.</summary>
    Packed,
    /// <summary>With the carrier. Final.</summary>
    Shipped,
    /// <summary>Unpacked before it left. Final.</summary>
    Voided,
}

/// <summary>A parcel. Sscc, Order and Warehouse are null until it is packed; Reason says why it was voided.</summary>
[GenerateSerializer, Immutable, Alias("parcel-state")]
public sealed record ParcelState(
    [property: Id(0)] ParcelStage Stage, [property: Id(1)] Sscc? Sscc, [property: Id(2)] OrderId? Order,
    [property: Id(3)] WarehouseId? Warehouse, [property: Id(4)] ImmutableArray<ToteContent> Contents,
    [property: Id(5)] long MassGrams, [property: Id(6)] string Carrier, [property: Id(7)] Moment CollectAt,
    [property: Id(8)] Moment? ShippedAt, [property: Id(9)] string Reason)
{
    /// <summary>A number that no parcel has yet.</summary>
    public static ParcelState None { get; } =
        new(ParcelStage.None, null, null, null, [], 0, "", default, null, "");
}
