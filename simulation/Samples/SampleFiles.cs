using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;

namespace Warehouse.Simulation.Samples;

/// <summary>The sample folder, parsed: what <c>samples/README.md</c> describes, nothing decided yet.</summary>
public sealed record SampleFiles(
    ImmutableArray<OrderRow> Orders, ImmutableArray<ProductRow> Products, ImmutableArray<StockRow> Stock,
    ImmutableArray<PlaceRow> Geography, ImmutableSortedDictionary<string, ChargeRow> Charges, ImmutableArray<WarehousePlan> Floor)
{
    /// <summary>Parse the files; <paramref name="open"/> gives the reader of a file name.</summary>
    public static SampleFiles Read(Func<string, TextReader> open) => new(
        ReadOrders(open), ReadProducts(open), ReadStock(open), ReadGeography(open), ReadCharges(open), ReadFloor(open));

    private static ImmutableArray<OrderRow> ReadOrders(Func<string, TextReader> open) =>
    [
        .. Rows(open, "orders.csv", "channel", "external_id", "kind", "line", "sku", "quantity", "unit_price_minor", "currency",
                "placed_at", "customer", "ship_name", "ship_street", "ship_city", "ship_postcode", "ship_country", "payment_reference")
            .Select(row => new OrderRow(
                row[0], row[1], IsReversal(row[2]), Number(row[3]), row[4], Number(row[5]),
                long.Parse(row[6], CultureInfo.InvariantCulture), row[7], Time(row[8]), row[9], row[10], row[11], row[12], row[13],
                row[14], row[15])),
    ];

    private static ImmutableArray<ProductRow> ReadProducts(Func<string, TextReader> open) =>
    [
        .. Rows(open, "products.csv", "sku", "description", "mass_g", "length_mm", "width_mm", "height_mm", "barcode", "units_per_tote")
            .Select(row => new ProductRow(
                Sku.Parse(row[0]), row[1], Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5]), row[6], Number(row[7]))),
    ];

    private static ImmutableArray<StockRow> ReadStock(Func<string, TextReader> open) =>
    [
        .. Rows(open, "stock.csv", "warehouse", "sku", "lot", "lpn", "aisle", "bin", "quantity")
            .Select(row => new StockRow(
                WarehouseId.Parse(row[0]), Sku.Parse(row[1]), LotId.Parse(row[2]), row[3], row[4], row[5], Number(row[6]))),
    ];

    private static ImmutableArray<PlaceRow> ReadGeography(Func<string, TextReader> open) =>
    [
        .. Rows(open, "geography.csv", "country", "area", "latitude_udeg", "longitude_udeg")
            .Select(row => new PlaceRow(row[0], row[1], Number(row[2]), Number(row[3]))),
    ];

    private static ImmutableSortedDictionary<string, ChargeRow> ReadCharges(Func<string, TextReader> open) =>
        Rows(open, "charges.csv", "code", "kind", "name")
            .Select(row => new ChargeRow(row[0], row[1], row[2]))
            .ToImmutableSortedDictionary(row => row.Code, row => row, StringComparer.Ordinal);

    private static ImmutableArray<WarehousePlan> ReadFloor(Func<string, TextReader> open)
    {
        using var reader = open("floor.json");
        using var document = JsonDocument.Parse(reader.ReadToEnd());
        return [.. document.RootElement.GetProperty("warehouses").EnumerateArray().Select(Plan)];
    }

    /// <summary>Warehouses get their SSCC blocks in the file's order, so that no two share one.</summary>
    private static WarehousePlan Plan(JsonElement one, int index)
    {
        int Of(string name) => one.GetProperty(name).GetInt32();
        return new WarehousePlan(
            WarehouseId.Parse(one.GetProperty("id").GetString()!), one.GetProperty("name").GetString()!,
            Of("latitudeMicrodegrees"), Of("longitudeMicrodegrees"), Of("aisles"), Of("columns"), Of("levels"), Of("stations"),
            Of("slotsPerStation"), Of("docksPerStation"), Of("vehicles"), Of("outPlacesPerAisle"), Of("inPlacesPerAisle"), SsccBlock: index);
    }

    private static IEnumerable<string[]> Rows(Func<string, TextReader> open, string name, params string[] columns)
    {
        using var reader = open(name);
        return [.. CsvTable.Rows(reader, name, columns)];
    }

    private static bool IsReversal(string kind) => kind switch
    {
        "order" => false,
        "reversal" => true,
        _ => throw new FormatException($"'{kind}' is neither order nor reversal"),
    };

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static Moment Time(string text) => Moment.Of(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
