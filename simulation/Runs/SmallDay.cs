using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Gs1;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Simulation.Opening;
using Warehouse.Simulation.Samples;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.Runs;

/// <summary>
/// Two tiny warehouses and some thirty orders of twenty minutes, drawn from a seed: with too little stock of some goods,
/// cancellations at every stage, reversals, and goods coming in until the racks are full. One day in four is a rush: all
/// orders come within two minutes and queue for the slots, and half the customers change their minds.
/// Small enough to run hundreds of them.
/// </summary>
public static class SmallDay
{
    private const int Goods = 10;
    private const int Orders = 30;
    private static readonly Moment Opens = Moment.Of(new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero));

    /// <summary>The files of a seed: floors, goods, totes.</summary>
    public static SampleFiles Files(ulong seed)
    {
        var chance = new Chance(seed).For("small files");
        ImmutableArray<WarehousePlan> floor = [Plan("MAIN", 52_000_000, 0), Plan("NORTH", 54_000_000, 1)];
        return new SampleFiles(
            [], [.. Enumerable.Range(1, Goods).Select(Product)], [.. floor.SelectMany(plan => Stock(plan, chance))],
            [new PlaceRow("GB", "MK", 52_000_000, -700_000), new PlaceRow("GB", "LS", 53_800_000, -1_550_000)],
            ImmutableSortedDictionary<string, ChargeRow>.Empty, floor);
    }

    /// <summary>What comes in, in order.</summary>
    public static ImmutableArray<IntakeItem> Items(ulong seed, SampleFiles files)
    {
        var chance = new Chance(seed).For("small items");
        var rush = IsRush(seed);
        var map = new SampleMap(files.Geography, files.Floor);
        var items = new List<IntakeItem>();
        for (var number = 1; number <= Orders; number++)
        {
            var at = Opens.Plus(chance.Between(0, rush ? 120 : 1200) * 1000L);
            var draft = Draft(number, at, chance, map, files);
            items.Add(new IntakeItem.PlaceOrder(at, draft));
            switch (chance.Below(5))
            {
                case 0:
                case 2 or 3 when rush:
                    items.Add(new IntakeItem.CancelOrder(at.Plus(chance.Between(0, 900) * 1000L), draft.Id, "changed my mind"));
                    break;
                case 1:
                    var line = draft.Lines[chance.Below(draft.Lines.Length)];
                    items.Add(new IntakeItem.ReverseUnits(
                        at.Plus(chance.Between(0, 900) * 1000L), draft.Id, $"R{number}", line.Number, chance.Between(1, line.Quantity)));
                    break;
            }
        }

        for (var number = 1; number <= 6; number++)
        {
            var at = Opens.Plus(chance.Between(60, 1500) * 1000L);
            items.Add(new IntakeItem.ReceiveGoods(
                at, files.Floor[chance.Below(2)].Id, $"GR{number}", Name(chance.Between(1, Goods)), LotId.Parse("L9"), chance.Between(5, 30)));
        }

        return [.. items.OrderBy(item => item.At)];
    }

    /// <summary>Whether the day of this seed is a rush.</summary>
    public static bool IsRush(ulong seed) => new Chance(seed).For("small rush").Below(4) == 0;

    private static WarehousePlan Plan(string id, int latitude, int ssccBlock) => new(
        WarehouseId.Parse(id), $"Small {id}", latitude, -1_000_000, Aisles: 2, Columns: 3, Levels: 2, Stations: 1, SlotsPerStation: 3,
        DocksPerStation: 2, Vehicles: 5, OutPlacesPerAisle: 2, InPlacesPerAisle: 2, ssccBlock);

    private static Sku Name(int number) => Sku.Parse(string.Create(CultureInfo.InvariantCulture, $"G{number:00}"));

    private static ProductRow Product(int number) => new(
        Name(number), $"GOODS {number}", 100 + (number * 10), 100, 80, 60,
        Barcode(string.Create(CultureInfo.InvariantCulture, $"2000000000{number:00}")), 50);

    private static string Barcode(string digits) => $"{digits}{CheckDigit.Of(digits)}";

    /// <summary>One or two totes of most goods; the last two goods are scarce, so that some orders go to the other warehouse or wait.</summary>
    private static IEnumerable<StockRow> Stock(WarehousePlan plan, Chance chance)
    {
        var tote = plan.Id.Text == "MAIN" ? 0 : 500;
        var bins = FloorPlan.Of(plan).Aisles.SelectMany(aisle => FloorPlan.Of(plan).Bins(aisle).Take(12).Select(bin => (Aisle: aisle, bin.Place))).ToArray();
        var next = 0;
        for (var number = 1; number <= Goods; number++)
        {
            for (var copy = 0; copy < (number < Goods - 1 ? 2 : chance.Below(2)); copy++)
            {
                var (aisle, place) = bins[next++ * 7 % bins.Length];
                var name = aisle.Text[(aisle.Text.LastIndexOf('/') + 1)..];
                yield return new StockRow(
                    plan.Id, Name(number), LotId.Parse($"L{copy + 1}"), string.Create(CultureInfo.InvariantCulture, $"T{++tote:0000}"), name,
                    $"{name}-{place.Text[(place.Text.LastIndexOf('/') + 1)..]}", number < Goods - 1 ? 40 : 6);
            }
        }
    }

    private static OrderDraft Draft(int number, Moment at, Chance chance, SampleMap map, SampleFiles files)
    {
        var id = OrderId.Parse($"small/{number}");
        var postcode = chance.Below(2) == 0 ? "MK1 1CC" : "LS1 1CC";
        var place = map.Locate("GB", postcode);
        ImmutableArray<OrderLine> lines =
        [
            .. Enumerable.Range(1, chance.Between(1, 4)).Select(line => new OrderLine(line, Name(chance.Between(1, Goods)), chance.Between(1, 4), 250)),
        ];
        return new OrderDraft(
            id, id.Text, $"C{number}", new ShipTo("Nobody", "1 Saucer Walk", "Makebeck", postcode, "GB", place.LatitudeMicrodegrees, place.LongitudeMicrodegrees),
            "GBP", $"SMALL-{number}", 0, at, lines, [], map.NearestFirst(place),
            lines.Select(line => line.Sku).Distinct().ToImmutableSortedDictionary(sku => sku, sku => files.Products.Single(row => row.Sku == sku).MassGrams));
    }
}
