using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;

namespace Warehouse.Bench.Journal;

/// <summary>What is asked for: SKUs by Zipf 1.1 over 1,000, drawn from a seed.</summary>
internal sealed class Demand(int seed)
{
    public const int Skus = 1000;
    private const double Exponent = 1.1;
    private static readonly double[] Cumulated = Cumulate();
    private readonly Random random = new(seed);

    public static WarehouseId Main { get; } = WarehouseId.Parse("MAIN");

    public static Sku SkuOf(int rank) => Sku.Parse(string.Create(CultureInfo.InvariantCulture, $"SKU{rank:D4}"));

    public static StreamId StockOf(Sku sku) => StreamId.Of("stock", $"{Main}/{sku}");

    /// <summary>Stock that does not run out.</summary>
    public static StockCommand.Receive Opening(Sku sku) => new(
        "opening", Main, sku, LotId.Parse("L1"), Lpn.Parse("T000001"), AisleId.Parse("MAIN/A01"), 10_000_000);

    /// <summary>So many different SKUs, the popular ones more often.</summary>
    public Sku[] Draw(int count)
    {
        var drawn = new SortedSet<int>();
        while (drawn.Count < count)
        {
            var found = Array.BinarySearch(Cumulated, random.NextDouble());
            drawn.Add(Math.Min(found < 0 ? ~found : found, Skus - 1));
        }

        return [.. drawn.Select(SkuOf)];
    }

    public OrderDraft Order(string id, int lines)
    {
        var skus = Draw(lines);
        return new OrderDraft(
            OrderId.Parse("bench/" + id), id, "customer", new ShipTo("Ann", "Street 1", "London", "N1", "UK", 51_500_000, 0), "GBP",
            "paid", 0, new Moment(0), [.. skus.Select((sku, i) => new OrderLine(i + 1, sku, 1, 250))], [], [Main],
            skus.ToImmutableSortedDictionary(sku => sku, _ => 100));
    }

    private static double[] Cumulate()
    {
        var weights = Enumerable.Range(1, Skus).Select(rank => 1 / Math.Pow(rank, Exponent)).ToArray();
        var (total, sum) = (weights.Sum(), 0.0);
        return [.. weights.Select(weight => (sum += weight) / total)];
    }
}
