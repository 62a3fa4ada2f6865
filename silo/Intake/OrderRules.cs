using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Silo.Api;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Intake;

/// <summary>
/// What an order's row must keep to, whether it came in a file or as JSON. Fields are named as in the file; the whole
/// row is checked, so that its sender learns of everything at once.
/// </summary>
public static class OrderRules
{
    /// <summary>Most units of one line.</summary>
    public const int MaxQuantity = 100_000;

    /// <summary>Most lines of one order.</summary>
    public const int MaxLines = 1_000;

    private const long MaxPriceMinor = 1_000_000_000;
    private const int MaxText = 120;

    /// <summary>Every rule that the row breaks, but for whether its SKU and place are known.</summary>
    public static IEnumerable<FieldProblem> Check(OrderRow row)
    {
        var ids = ExternalIds.Check(row.Channel, row.ExternalId)
            .Select(problem => problem.Field == "externalId" ? problem with { Field = "external_id" } : problem);
        return ids.Concat(Numbers(row)).Concat(Texts(row));
    }

    private static IEnumerable<FieldProblem> Numbers(OrderRow row)
    {
        if (row.Line is < 1 or > 100_000)
        {
            yield return new FieldProblem("line", $"must be 1 to 100000, is {row.Line}");
        }

        if (row.Quantity is < 1 or > MaxQuantity)
        {
            yield return new FieldProblem("quantity", $"must be 1 to {MaxQuantity}, is {row.Quantity}");
        }

        if (row.UnitPriceMinor is < 0 or > MaxPriceMinor)
        {
            yield return new FieldProblem("unit_price_minor", $"must be 0 to {MaxPriceMinor}, is {row.UnitPriceMinor}");
        }
    }

    private static IEnumerable<FieldProblem> Texts(OrderRow row)
    {
        (string Field, string Value)[] texts =
        [
            ("customer", row.Customer), ("ship_name", row.Name), ("ship_street", row.Street), ("ship_city", row.City),
            ("payment_reference", row.Payment),
        ];
        foreach (var (field, value) in texts)
        {
            if (string.IsNullOrWhiteSpace(value) || value.Length > MaxText || value.Any(char.IsControl))
            {
                yield return new FieldProblem(field, $"must have 1 to {MaxText} printable characters");
            }
        }

        if (row.Postcode.Length > 16)
        {
            yield return new FieldProblem("ship_postcode", "must have at most 16 characters");
        }

        if (row.Currency.Length != 3 || !row.Currency.All(char.IsAsciiLetterUpper))
        {
            yield return new FieldProblem("currency", $"must be three capital letters, is '{Short(row.Currency)}'");
        }
    }

    /// <summary>Whether a text may be a SKU at all.</summary>
    public static bool IsSku(string text) => GrainKey.IsPart(text) && text.Length <= GrainKey.MaxPart;

    /// <summary>The stock of a SKU in a warehouse.</summary>
    public static StreamId Stock(WarehouseId warehouse, Sku sku) => StreamId.Of("stock", $"{warehouse}/{sku}");

    /// <summary>A value as it may stand in a message.</summary>
    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
