using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Inventory;

/// <summary>Units of a lot in a tote: how many the book has there, and how many of them are held for orders.</summary>
[GenerateSerializer, Immutable, Alias("stock-state.lot")]
public sealed record LotHolding(
    [property: Id(0)] LotId Lot, [property: Id(1)] int OnHand, [property: Id(2)] int Reserved)
{
    /// <summary>Units that nobody holds.</summary>
    [JsonIgnore]
    public int Free => OnHand - Reserved;
}

/// <summary>A tote with units of this SKU, its lots in order. Quarantined units may not be held; their tote needs no aisle.</summary>
[GenerateSerializer, Immutable, Alias("stock-state.tote")]
public sealed record ToteHolding(
    [property: Id(0)] AisleId? Aisle, [property: Id(1)] bool Quarantined,
    [property: Id(2)] ImmutableArray<LotHolding> Lots)
{
    /// <summary>This lot's holding; nothing of it when the tote has none.</summary>
    public LotHolding Of(LotId lot) => Lots.FirstOrDefault(holding => holding.Lot == lot) ?? new LotHolding(lot, 0, 0);

    /// <summary>Units that may be held for a further order.</summary>
    [JsonIgnore]
    public int Free
    {
        get
        {
            var free = 0;
            foreach (var holding in Lots)
            {
                free += holding.Free;
            }

            return Quarantined ? 0 : free;
        }
    }
}

/// <summary>Units held for an order: how many were asked for, and where those lie that are not picked yet.</summary>
[GenerateSerializer, Immutable, Alias("stock-state.reservation")]
public sealed record Reservation(
    [property: Id(0)] OrderId Order, [property: Id(1)] int Quantity,
    [property: Id(2)] ImmutableArray<TotePick> Remaining)
{
    /// <summary>Held units of a lot in a tote.</summary>
    public int At(Lpn lpn, LotId lot) => Remaining.Where(pick => pick.Lpn == lpn && pick.Lot == lot).Sum(pick => pick.Quantity);
}

/// <summary>
/// Sums over the whole life of the book, kept beside the details so that they can be checked after every event without
/// counting. OnHand, Quarantined and Reserved are of now; the others only grow (Adjusted has a sign).
/// </summary>
[GenerateSerializer, Immutable, Alias("stock-state.totals")]
public sealed record StockTotals(
    [property: Id(0)] long OnHand, [property: Id(1)] long Quarantined, [property: Id(2)] long Reserved,
    [property: Id(3)] long Received, [property: Id(4)] long Adjusted, [property: Id(5)] long Picked,
    [property: Id(6)] long CameBack, [property: Id(7)] long Shipped, [property: Id(8)] long Returned)
{
    /// <summary>Sum of all movements: what must be on hand.</summary>
    [JsonIgnore]
    public long Movements => Received + Adjusted + CameBack + Returned - Picked;
}

/// <summary>
/// A SKU in a warehouse. Warehouse and Sku are null until the first units came in. What would grow for ever is bounded:
/// Picked holds an order's units only until they are shipped or put back; Shipped counts by lot, less what was returned;
/// Settled and Receipts remember the last <see cref="MaxSettled"/> and <see cref="MaxReceipts"/> ids, which is longer
/// than any repeat of a command is under way.
/// </summary>
/// <param name="Warehouse">Where.</param>
/// <param name="Sku">Of what.</param>
/// <param name="Totes">Totes that hold units of it; an emptied one is left out.</param>
/// <param name="Reservations">What is held and not picked yet.</param>
/// <param name="Settled">Reservations that are over (released, also before they came; or all picked), oldest first: none of them moves again.</param>
/// <param name="Receipts">Ids of receipts, returns and corrections in the book, oldest first.</param>
/// <param name="Picked">Units that left their tote for an order's and are still in the house.</param>
/// <param name="Shipped">Units that left the house and are not back, by lot.</param>
/// <param name="Totals">The sums.</param>
/// <param name="SafetyStock">From how few available units on the floor manager is alarmed.</param>
/// <param name="Low">True while the alarm stands.</param>
/// <param name="Holds">Why nothing of it is given to orders, by the holds' ids; empty when orders may have it.</param>
[GenerateSerializer, Immutable, Alias("stock-state")]
public sealed record StockState(
    [property: Id(0)] WarehouseId? Warehouse, [property: Id(1)] Sku? Sku,
    [property: Id(2)] ImmutableSortedDictionary<Lpn, ToteHolding> Totes,
    [property: Id(3)] ImmutableSortedDictionary<ReservationId, Reservation> Reservations,
    [property: Id(4)] ImmutableArray<ReservationId> Settled,
    [property: Id(5)] ImmutableArray<string> Receipts,
    [property: Id(6)] ImmutableSortedDictionary<OrderId, ImmutableArray<LotQuantity>> Picked,
    [property: Id(7)] ImmutableSortedDictionary<LotId, long> Shipped,
    [property: Id(8)] StockTotals Totals, [property: Id(9)] int SafetyStock, [property: Id(10)] bool Low,
    [property: Id(11)] ImmutableSortedDictionary<string, string> Holds)
{
    /// <summary>Reservations remembered after they are over.</summary>
    public const int MaxSettled = 512;

    /// <summary>Receipts, returns and corrections remembered.</summary>
    public const int MaxReceipts = 1024;

    /// <summary>Holds at once: one an area that watches it.</summary>
    public const int MaxHolds = 16;

    /// <summary>A SKU that has never been in the warehouse.</summary>
    public static StockState Empty { get; } = new(
        null, null, ImmutableSortedDictionary<Lpn, ToteHolding>.Empty,
        ImmutableSortedDictionary<ReservationId, Reservation>.Empty, [], [],
        ImmutableSortedDictionary<OrderId, ImmutableArray<LotQuantity>>.Empty,
        ImmutableSortedDictionary<LotId, long>.Empty, new StockTotals(0, 0, 0, 0, 0, 0, 0, 0, 0), 0, false,
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The stream of a SKU in a warehouse.</summary>
    public static StreamId StreamOf(WarehouseId warehouse, Sku sku) => StreamId.Of("stock", $"{warehouse}/{sku}");

    /// <summary>Units that a further order can be given.</summary>
    [JsonIgnore]
    public long Available => Totals.OnHand - Totals.Quarantined - Totals.Reserved;

    /// <summary>What the book is called in messages.</summary>
    [JsonIgnore]
    public string Key => Sku is null ? "(never received)" : $"{Warehouse}/{Sku}";

    /// <summary>The tote's holding; an empty one when it has none of this SKU.</summary>
    public ToteHolding ToteOf(Lpn lpn) => Totes.Find(lpn) ?? new ToteHolding(null, false, []);

    /// <summary>Units of a lot that the order has picked and not shipped.</summary>
    public int PickedBy(OrderId order, LotId lot) =>
        Picked.TryGetValue(order, out var lots) ? lots.Where(it => it.Lot == lot).Sum(it => it.Quantity) : 0;
}
