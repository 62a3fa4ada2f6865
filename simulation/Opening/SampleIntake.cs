using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Simulation.Samples;

namespace Warehouse.Simulation.Opening;

/// <summary>
/// The sample's invoices as what the house is asked to do, in order of arrival. A reversal line takes back units of the
/// same customer's latest earlier lines of that SKU, newest first; what finds none is held with that reason.
/// </summary>
public sealed class SampleIntake
{
    private const string NothingToReverse = "no earlier line of this customer and SKU to reverse";

    private readonly SampleFiles files;
    private readonly SampleMap map;
    private readonly ImmutableSortedDictionary<Sku, ProductRow> products;
    private readonly SortedDictionary<string, List<OpenLine>> open = new(StringComparer.Ordinal);

    private SampleIntake(SampleFiles files)
    {
        this.files = files;
        map = new SampleMap(files.Geography, files.Floor);
        products = files.Products.ToImmutableSortedDictionary(row => row.Sku, row => row);
    }

    /// <summary>Everything that arrives, in order.</summary>
    public static ImmutableArray<IntakeItem> Of(SampleFiles files)
    {
        var intake = new SampleIntake(files);
        return
        [
            .. files.Orders
                .OrderBy(row => row.PlacedAt)
                .GroupBy(row => (row.Channel, row.ExternalId, row.IsReversal))
                .SelectMany(invoice => invoice.Key.IsReversal ? invoice.SelectMany(intake.Reversed) : [intake.Placed([.. invoice])]),
        ];
    }

    private IntakeItem.PlaceOrder Placed(ImmutableArray<OrderRow> rows)
    {
        var head = rows[0];
        var id = OrderId.Parse($"{GrainKey.PartFor(head.Channel)}/{GrainKey.PartFor(head.ExternalId)}");
        var place = map.Locate(head.Country, head.Postcode);
        var goods = rows.Where(row => !files.Charges.ContainsKey(row.Sku)).ToImmutableArray();
        foreach (var row in goods)
        {
            Lines(row).Add(new OpenLine(id, row.Line, row.Quantity));
        }

        var lines = goods.Select(row => new OrderLine(row.Line, Sku.Parse(row.Sku), row.Quantity, row.UnitPriceMinor)).ToImmutableArray();
        return new IntakeItem.PlaceOrder(head.PlacedAt, new OrderDraft(
            id, head.ExternalId, head.Customer,
            new ShipTo(head.Name, head.Street, head.City, head.Postcode, head.Country, place.LatitudeMicrodegrees, place.LongitudeMicrodegrees),
            head.Currency, head.Payment, Priority: 0, head.PlacedAt, lines,
            [.. rows.Where(row => files.Charges.ContainsKey(row.Sku)).Select(Charge)], map.NearestFirst(place),
            lines.Select(line => line.Sku).Distinct().ToImmutableSortedDictionary(sku => sku, sku => products[sku].MassGrams)));
    }

    private OrderCharge Charge(OrderRow row) =>
        new(row.Line, row.Sku, files.Charges[row.Sku].Kind, row.Quantity * row.UnitPriceMinor);

    private IEnumerable<IntakeItem> Reversed(OrderRow row)
    {
        if (files.Charges.TryGetValue(row.Sku, out var charge))
        {
            yield return new IntakeItem.ChargeReversed(
                row.PlacedAt, row.ExternalId, row.Line, charge.Code, charge.Kind, row.Quantity * row.UnitPriceMinor);
            yield break;
        }

        var rest = row.Quantity;
        foreach (var line in Lines(row).AsEnumerable().Reverse())
        {
            var units = Math.Min(rest, line.Left);
            if (units > 0)
            {
                line.Left -= units;
                rest -= units;
                yield return new IntakeItem.ReverseUnits(
                    row.PlacedAt, line.Order, $"{row.ExternalId}/{row.Line}/{line.Order.Text}/{line.Number}", line.Number, units);
            }
        }

        if (rest > 0)
        {
            yield return new IntakeItem.Held(
                row.PlacedAt, row.ExternalId, row.Line, row.Customer, row.Sku, rest, NothingToReverse);
        }
    }

    private List<OpenLine> Lines(OrderRow row)
    {
        var key = $"{row.Customer}\n{row.Sku}";
        if (!open.TryGetValue(key, out var lines))
        {
            open.Add(key, lines = []);
        }

        return lines;
    }

    private sealed class OpenLine(OrderId order, int number, int left)
    {
        public OrderId Order => order;

        public int Number => number;

        public int Left { get; set; } = left;
    }
}
