using System.Collections.Immutable;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Shipping;

namespace Warehouse.Domain.Totes;

/// <summary>Where in its life a tote is.</summary>
public enum ToteStage
{
    /// <summary>Not begun or received yet; news of it may have come all the same.</summary>
    Unseen,
    /// <summary>On the floor, at a place.</summary>
    OnFloor,
    /// <summary>Its contents are in a parcel; it is off the floor's book unless the parcel is unpacked.</summary>
    Packed,
    /// <summary>Taken off the floor empty. Final.</summary>
    TakenAway,
}

/// <summary>A move from place to place.</summary>
[GenerateSerializer, Immutable, Alias("tote-state.hop")]
public sealed record ToteHop([property: Id(0)] PlaceId From, [property: Id(1)] PlaceId To);

/// <summary>
/// A tote. Its news comes from several streams (station, vehicle, crane, order, warehouse) that keep their own order but
/// not each other's, so the book takes it in any order and comes to the same: puts before the beginning count, moves
/// wait for those before them, and from packing on the parcel's list is the truth about what was put in.
/// </summary>
/// <param name="Stage">Where in its life it is.</param>
/// <param name="Lpn">Its number; null until begun or received.</param>
/// <param name="Warehouse">Where; null until begun or received.</param>
/// <param name="Place">The one place where it stands; null when it is not on the floor.</param>
/// <param name="Order">The order that it collects, or once collected.</param>
/// <param name="Contents">What is inside, ordered by SKU and lot.</param>
/// <param name="PackedInto">The parcel that took its contents; stays when that is unpacked.</param>
/// <param name="Receipts">The last <see cref="MaxReceipts"/> receipts, oldest first.</param>
/// <param name="Foreseen">Moves that start where the tote has not got to by this book, in order of arrival.</param>
[GenerateSerializer, Immutable, Alias("tote-state")]
public sealed record ToteState(
    [property: Id(0)] ToteStage Stage, [property: Id(1)] Lpn? Lpn, [property: Id(2)] WarehouseId? Warehouse,
    [property: Id(3)] PlaceId? Place, [property: Id(4)] OrderId? Order,
    [property: Id(5)] ImmutableArray<ToteContent> Contents, [property: Id(6)] Sscc? PackedInto,
    [property: Id(7)] ImmutableArray<string> Receipts, [property: Id(8)] ImmutableArray<ToteHop> Foreseen)
{
    /// <summary>Receipts remembered; a tote is received into once in its life, or a few times.</summary>
    public const int MaxReceipts = 32;

    /// <summary>Moves that may wait for those before them; a tote's whole round has six.</summary>
    public const int MaxForeseen = 16;

    /// <summary>A tote that nobody has heard of.</summary>
    public static ToteState Unseen { get; } = new(ToteStage.Unseen, null, null, null, null, [], null, [], []);

    /// <summary>Units of a SKU and lot inside.</summary>
    public int UnitsOf(Sku sku, LotId lot) =>
        Contents.Where(content => content.Sku == sku && content.Lot == lot).Sum(content => content.Quantity);
}
