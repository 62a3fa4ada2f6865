using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;

namespace Warehouse.Simulation.Checking;

/// <summary>
/// Received + returned + adjustments = on hand + packed + shipped, per warehouse, SKU and lot. The left side comes from
/// stock's streams; on hand and in order totes from the totes' own, packed and shipped from the parcels': two
/// independent sets of books that must agree. Returned goods stand in quarantine and have no tote of their own yet.
/// </summary>
/// <param name="Received">Units that came in.</param>
/// <param name="Returned">Units that customers gave back.</param>
/// <param name="Adjusted">Corrections, each with a cause.</param>
/// <param name="InTotes">Units in totes, in the rack or under way, by the totes' streams.</param>
/// <param name="Quarantined">Returned units, by stock's streams.</param>
/// <param name="Packed">Units in closed parcels that no carrier has yet.</param>
/// <param name="Shipped">Units that carriers took.</param>
/// <param name="Cells">How many (warehouse, SKU, lot) were balanced.</param>
/// <param name="Off">Those that do not add up, as text.</param>
public sealed record Balance(
    long Received, long Returned, long Adjusted, long InTotes, long Quarantined, long Packed, long Shipped, int Cells,
    ImmutableArray<string> Off)
{
    /// <summary>True when every cell adds up.</summary>
    public bool Holds => Off.IsEmpty;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"received {Received} + returned {Returned} + adjusted {Adjusted} = ");
        text.Append(CultureInfo.InvariantCulture, $"in totes {InTotes} + quarantined {Quarantined} + packed {Packed} + shipped {Shipped}");
        text.Append(CultureInfo.InvariantCulture, $" ({Cells} lots, {Off.Length} off)");
        foreach (var line in Off)
        {
            text.Append("\n  ").Append(line);
        }

        return text.ToString();
    }

    internal static Balance Of(
        IEnumerable<StockBook> stock, IEnumerable<ToteBook> totes, IEnumerable<ParcelBook> parcels, Findings findings)
    {
        var cells = new SortedDictionary<(WarehouseId Warehouse, Sku Sku, LotId Lot), Cell>();
        foreach (var book in stock)
        {
            var (warehouse, sku) = Split(book.Stream);
            foreach (var (lot, sums) in book.Lots)
            {
                Of(cells, (warehouse, sku, lot)).Book = sums;
            }
        }

        foreach (var tote in totes)
        {
            foreach (var (content, units) in tote.Inside)
            {
                Of(cells, (tote.Warehouse, content.Sku, content.Lot)).InTotes += units;
            }
        }

        foreach (var parcel in parcels.Where(parcel => !parcel.IsVoid))
        {
            foreach (var content in parcel.Contents)
            {
                var cell = Of(cells, (parcel.Warehouse, content.Sku, content.Lot));
                cell.Shipped += parcel.IsShipped ? content.Quantity : 0;
                cell.Packed += parcel.IsShipped ? 0 : content.Quantity;
            }
        }

        ImmutableArray<string> off = [.. cells.Where(cell => !cell.Value.Holds).Select(cell => $"{cell.Key.Warehouse}/{cell.Key.Sku} lot {cell.Key.Lot}: {cell.Value}")];
        foreach (var line in off)
        {
            findings.Add(new Finding(0, new StreamId("stock:" + line[..line.IndexOf(' ', StringComparison.Ordinal)]), $"the balance is off: {line}"));
        }

        var all = cells.Values;
        return new Balance(
            all.Sum(cell => cell.Book.Received), all.Sum(cell => cell.Book.Returned), all.Sum(cell => cell.Book.Adjusted),
            all.Sum(cell => cell.InTotes), all.Sum(cell => cell.Book.Returned), all.Sum(cell => cell.Packed),
            all.Sum(cell => cell.Shipped), cells.Count, off);
    }

    private static Cell Of(
        SortedDictionary<(WarehouseId, Sku, LotId), Cell> cells, (WarehouseId, Sku, LotId) key)
    {
        if (!cells.TryGetValue(key, out var cell))
        {
            cells.Add(key, cell = new Cell());
        }

        return cell;
    }

    private static (WarehouseId Warehouse, Sku Sku) Split(StreamId stream)
    {
        var slash = stream.Key.IndexOf('/', StringComparison.Ordinal);
        return (WarehouseId.Parse(stream.Key[..slash]), Sku.Parse(stream.Key[(slash + 1)..]));
    }

    private sealed class Cell
    {
        public LotSums Book { get; set; } = new(0, 0, 0, 0, 0, 0);

        public long InTotes { get; set; }

        public long Packed { get; set; }

        public long Shipped { get; set; }

        public bool Holds =>
            Book.Received + Book.Returned + Book.Adjusted == InTotes + Book.Returned + Packed + Shipped
            && Book.Shipped == Shipped && Book.OnHand + Book.Picked == InTotes + Book.Returned + Packed;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"received {Book.Received} + returned {Book.Returned} + adjusted {Book.Adjusted} is not in totes {InTotes} + quarantined {Book.Returned} + packed {Packed} + shipped {Shipped}; stock's own book: on hand {Book.OnHand}, picked {Book.Picked}, shipped {Book.Shipped}");
    }
}
