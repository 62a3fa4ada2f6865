using System.Collections.Immutable;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;
using static Warehouse.Domain.Tests.Orders.Sample;

namespace Warehouse.Domain.Tests.Orders.Saga;

/// <summary>Orders with their stocks, totes and parcels, in thousands of drawn interleavings: nothing is stranded.</summary>
public class SagaTests
{
    private const int Seeds = 2_000;
    private const int MaxSteps = 5_000;
    private static readonly Sku[] Skus = [Mug, Bag, new("PEN")];

    [Fact]
    public void Whatever_overtakes_what_nothing_is_stranded_and_every_unit_is_accounted_for()
    {
        var met = new SortedSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                Run(seed, met);
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"seed {seed}: {broken.Message}", broken);
            }
        }

        Assert.Equal(
            [
                "AwaitingStock", "Cancelled", "Closed", "Shipped", "cancelled from Allocated", "cancelled from Allocating",
                "cancelled from AwaitingStock", "cancelled from Packed", "cancelled from Picking", "closed slot met a cancellation",
                "full rack", "nothing on the shelf", "queue met a release", "replaced from another tote", "returned",
                "second warehouse", "shipped before the cancellation", "short for good", "station not told yet",
            ],
            met);
    }

    private static void Run(int seed, SortedSet<string> met)
    {
        var house = new House(seed, Main, North);
        Open(house);
        var orders = Enumerable.Range(1, 3).Select(number => Order(house, number)).ToArray();
        foreach (var draft in orders)
        {
            Assert.True(house.Do(draft.Id.Stream, new OrderCommand.Place(draft)).Accepted);
        }

        Disturb(house, orders);
        house.Settle(MaxSteps);
        house.RetryAll();
        house.Settle(MaxSteps);

        AssertNothingStranded(house);
        AssertBooksAgree(house);
        foreach (var order in house.Orders.Values)
        {
            order.AssertRestorable();
            Note(order.Events, order.State, met);
        }
    }

    private static void Open(House house)
    {
        foreach (var (sku, index) in Skus.Select((sku, index) => (sku, index)))
        {
            foreach (var warehouse in new[] { Main, North })
            {
                for (var tote = 0; tote < house.Chance.Next(4); tote++)
                {
                    var lpn = new Lpn($"T-{warehouse}-{index}-{tote}");
                    var lot = new LotId($"L{house.Chance.Next(2)}");
                    var quantity = house.Chance.Next(1, 7);
                    var bin = new PlaceId($"{warehouse}/A01/bin/{lpn}");
                    house.Do(StockState.StreamOf(warehouse, sku), new StockCommand.Receive($"opening-{lpn}", warehouse, sku, lot, lpn, Aisle, quantity));
                    house.Do(lpn.Stream, new ToteCommand.Receive($"opening-{lpn}", lpn, warehouse, bin, sku, lot, quantity));
                }
            }
        }
    }

    private static OrderDraft Order(House house, int number)
    {
        var lines = Enumerable.Range(1, house.Chance.Next(1, 4))
            .Select(line => new OrderLine(line, Skus[house.Chance.Next(Skus.Length)], house.Chance.Next(1, 5), 100))
            .ToImmutableArray();
        return Draft with
        {
            Id = new OrderId($"uci/{number}"),
            Lines = lines,
            Charges = [],
            Candidates = house.Chance.Next(2) == 0 ? [Main, North] : [North, Main],
            UnitMassGrams = Skus.ToImmutableSortedDictionary(sku => sku, _ => 10),
        };
    }

    /// <summary>Customers cancel and take back at moments drawn anew for every order: some at once, some when all is nearly over.</summary>
    private static void Disturb(House house, OrderDraft[] orders)
    {
        foreach (var draft in orders)
        {
            for (var steps = house.Chance.Next(house.Chance.Next(1, 160)); steps > 0 && house.Step(); steps--)
            {
            }

            if (house.Chance.Next(3) > 0)
            {
                house.Do(draft.Id.Stream, Cancel);
            }
            else if (house.Chance.Next(2) == 0)
            {
                var line = draft.Lines[house.Chance.Next(draft.Lines.Length)];
                house.Do(draft.Id.Stream, new OrderCommand.Reverse("C1", line.Number, house.Chance.Next(1, line.Quantity + 1), "ada"));
            }
        }
    }

    private static void AssertNothingStranded(House house)
    {
        Assert.Empty(house.Surprises);
        foreach (var (id, order) in house.Orders)
        {
            Assert.True(order.State.IsFinal || order.State.Stage == OrderStage.AwaitingStock, $"{id}: {order.State.Stage}, {order.State.Reason}");
            Assert.All(order.State.Skus.Values, sku => Assert.Equal(0, sku.Open));
            Assert.DoesNotContain(order.State.Reversals, it => order.State.Stage == OrderStage.Shipped && it.Stage == ReversalStage.Expected);
        }

        foreach (var (id, stock) in house.Stocks)
        {
            StockBook.Recount(stock.State);
            Assert.True(stock.State.Reservations.IsEmpty, $"{id} holds {string.Join(", ", stock.State.Reservations.Keys)}");
            Assert.True(stock.State.Picked.IsEmpty, $"{id} has picked for {string.Join(", ", stock.State.Picked.Keys)}");
            stock.AssertRestorable();
        }

        Assert.All(house.Parcels.Values, parcel => Assert.NotEqual(ParcelStage.Packed, parcel.State.Stage));
        foreach (var tote in house.Totes.Values)
        {
            Assert.Empty(tote.State.Foreseen);
            Assert.True(tote.State.Stage != ToteStage.OnFloor || tote.State.Place!.Value.Text.Contains("/bin/", StringComparison.Ordinal), $"{tote.State.Lpn} stands at {tote.State.Place}");
            tote.AssertRestorable();
        }
    }

    /// <summary>Stock by tote is what the totes hold, and what left by stock is what the parcels took and did not come back.</summary>
    private static void AssertBooksAgree(House house)
    {
        var byStock = from stock in house.Stocks.Values
                      from tote in stock.State.Totes
                      where !tote.Value.Quarantined
                      from lot in tote.Value.Lots
                      select $"{tote.Key} {stock.State.Sku} {lot.Lot} {lot.OnHand}";
        var byTote = from tote in house.Totes.Values
                     from content in tote.State.Contents
                     select $"{tote.State.Lpn} {content.Sku} {content.Lot} {content.Quantity}";
        Assert.Equal(byTote.Order(StringComparer.Ordinal), byStock.Order(StringComparer.Ordinal));

        foreach (var order in house.Orders.Values.Where(order => order.State.Stage == OrderStage.Shipped))
        {
            foreach (var (sku, progress) in order.State.Skus)
            {
                var ordered = order.State.Draft!.Lines.Where(line => line.Sku == sku).Sum(line => line.Quantity);
                var reduced = order.State.Reversals.Where(it => it.Stage == ReversalStage.Reduced && LineIsOf(order.State, it.Line, sku)).Sum(it => it.Quantity);
                Assert.Equal(ordered - reduced - progress.GivenUp, progress.PickedUnits);
            }

            Assert.Equal(order.State.PickedContents().AsEnumerable(), house.Parcels[order.State.Parcel!.Sscc.Stream].State.Contents);
        }

        Assert.Equal(
            house.Parcels.Values.Where(it => it.State.Stage == ParcelStage.Shipped).Sum(it => it.State.Contents.Sum(content => (long)content.Quantity)),
            house.Stocks.Values.Sum(stock => stock.State.Totals.Shipped));
    }

    private static bool LineIsOf(OrderState order, int line, Sku sku) => order.Draft!.Lines.First(it => it.Number == line).Sku == sku;

    private static void Note(IReadOnlyList<Deciding.Event> events, OrderState order, SortedSet<string> met)
    {
        met.Add($"{order.Stage}");
        foreach (var happened in events)
        {
            met.UnionWith(happened switch
            {
                OrderEvent.Cancelling { Who: "house" } => ["nothing on the shelf"],
                OrderEvent.Cancelling it when order.Stage == OrderStage.Cancelled => [$"cancelled from {it.From}"],
                OrderEvent.Packed when order.Cancel is { From: OrderStage.Picking } => ["closed slot met a cancellation"],
                OrderEvent.PickingBegun when order.Cancel is { From: OrderStage.Allocated } => ["queue met a release"],
                OrderEvent.PutOff { Ask: OrderAsk.PutAway } => ["full rack"],
                OrderEvent.PutOff { Ask: OrderAsk.WithdrawFromStation } => ["station not told yet"],
                OrderEvent.Held { Attempt: var attempt } when order.Collecting is not null && attempt == order.Attempt && !order.ShortTasks.IsEmpty
                    => ["replaced from another tote"],
                OrderEvent.UnitsGivenUp => ["short for good"],
                OrderEvent.ReturnReceived => ["returned"],
                OrderEvent.Allocated it when it.Warehouse == order.Draft!.Candidates[1] => ["second warehouse"],
                OrderEvent.Shipped when order.Cancel is not null => ["shipped before the cancellation"],
                _ => Array.Empty<string>(),
            });
        }
    }
}
