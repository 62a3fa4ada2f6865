using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Totes;
using Warehouse.Journal;

namespace Warehouse.Simulation.Checking;

/// <summary>
/// Keeps books of its own from nothing but the journal, event by event, and says where they do not add up. It shares no
/// code with what decides: it knows the events, not the deciders.
/// </summary>
public sealed class JournalChecker
{
    private readonly Dictionary<StreamId, long> versions = [];
    private readonly Books<StockBook> stock = new(id => new StockBook(id));
    private readonly Books<OrderBook> orders = new(id => new OrderBook(id));
    private readonly Books<ToteBook> totes = new(id => new ToteBook(id));
    private readonly Books<StationBook> stations = new(id => new StationBook(id));
    private readonly Books<DeviceBook> devices = new(id => new DeviceBook(id));
    private readonly Books<ParcelBook> parcels = new(id => new ParcelBook(id));
    private readonly CustodyBook custody = new();
    private readonly Dictionary<Type, string> names = [];

    /// <summary>What is wrong.</summary>
    public Findings Findings { get; } = new();

    /// <summary>Which events the journal holds, by the name of their type (<c>OrderEvent.Placed</c>), and how often.</summary>
    public SortedDictionary<string, long> Reached { get; } = new(StringComparer.Ordinal);

    /// <summary>The last row taken.</summary>
    public long Position { get; private set; }

    /// <summary>All orders: stage, and the reason for it where one was given.</summary>
    public IEnumerable<(OrderId Order, OrderStage Stage, string Reason)> Orders =>
        orders.ByStream.Select(one => (OrderId.Parse(one.Key.Key), one.Value.Stage, one.Value.Reason));

    /// <summary>The units of a SKU that an order's customer keeps.</summary>
    public ImmutableSortedDictionary<Sku, long> Kept(OrderId order) => orders.Find(order.Stream) is { } book
        ? book.Kept.ToImmutableSortedDictionary(one => one.Sku, one => one.Units)
        : ImmutableSortedDictionary<Sku, long>.Empty;

    /// <summary>The units of a SKU that an order went without.</summary>
    public ImmutableSortedDictionary<Sku, long> GivenUp(OrderId order) => orders.Find(order.Stream) is { } book
        ? book.GivenUp.ToImmutableSortedDictionary()
        : ImmutableSortedDictionary<Sku, long>.Empty;

    /// <summary>Units confirmed at each light.</summary>
    public IEnumerable<(PickTaskId Task, int Units)> Confirmed => stations.InOrder.SelectMany(station => station.Confirmed);

    /// <summary>Where the tote's own book says that it stands; null when it is not on the floor.</summary>
    public PlaceId? PlaceOf(Lpn lpn) => totes.Find(lpn.Stream)?.Place;

    /// <summary>True when nothing of any order is under way.</summary>
    public bool AllOrdersRest => orders.All(order => order.IsOver || order.Waits);

    /// <summary>Take the next row of the journal.</summary>
    public void See(JournalRow row, DecodedAppend append)
    {
        if (row.Position <= Position)
        {
            Findings.Add(new Finding(row.Position, row.Stream, $"row {row.Position} after row {Position}"));
        }

        Position = row.Position;
        var expected = versions.GetValueOrDefault(row.Stream) + 1;
        if (row.Version != expected)
        {
            Findings.Add(new Finding(row.Position, row.Stream, $"append {row.Version} where {expected} should stand"));
        }

        versions[row.Stream] = row.Version;
        foreach (var happened in append.Events)
        {
            See(new Seen(row.Position, row.Stream, append.At, happened));
        }
    }

    /// <summary>Take an event.</summary>
    public void See(in Seen seen)
    {
        var type = seen.Event.GetType();
        if (!names.TryGetValue(type, out var name))
        {
            names.Add(type, name = Name(type));
        }

        Reached[name] = Reached.GetValueOrDefault(name) + 1;
        switch (seen.Stream.Noun)
        {
            case "stock":
                stock.Of(seen.Stream).See(seen, Findings);
                break;
            case "order":
                orders.Of(seen.Stream).See(seen, Findings);
                break;
            case "tote":
                totes.Of(seen.Stream).See(seen, Findings);
                break;
            case "station":
                stations.Of(seen.Stream).See(seen, Findings);
                break;
            case "device":
                devices.Of(seen.Stream).See(seen, Findings);
                break;
            case "parcel":
                parcels.Of(seen.Stream).See(seen, Findings);
                break;
            default:
                custody.See(seen, Findings);
                break;
        }
    }

    /// <summary>An order that the house said yes to must be in the journal.</summary>
    public void DemandKnown(IEnumerable<OrderId> accepted)
    {
        foreach (var order in accepted)
        {
            Findings.Demand(orders.Find(order.Stream) is not null, order.Stream, $"the order was accepted and is not in the journal");
        }
    }

    /// <summary>What must hold when nothing moves any more, and the balance of all books.</summary>
    public Balance Finish()
    {
        foreach (var order in orders.InOrder)
        {
            order.Finish(Findings);
        }

        foreach (var station in stations.InOrder)
        {
            station.Finish(Findings);
        }

        custody.Finish(Findings);
        FinishReservations();
        FinishTotes();
        return Balance.Of(stock.InOrder, totes.InOrder, parcels.InOrder, Findings);
    }

    /// <summary>The books of a whole journal, page by page; for a real run's store.</summary>
    public static async Task<JournalChecker> Read(IJournalStore store, JournalCodec codec, int page = 1000)
    {
        var checker = new JournalChecker();
        while (await store.ReadFeed(checker.Position, page) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                checker.See(row, codec.Decode(row.Body.Span));
            }
        }

        return checker;
    }

    /// <summary>How many orders stand in each stage, and the exceptions with their reasons.</summary>
    public string Summary()
    {
        var text = new StringBuilder();
        foreach (var stage in Orders.GroupBy(order => order.Stage).OrderBy(group => group.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"{stage.Key} {stage.Count()}  ");
        }

        foreach (var (order, stage, reason) in Orders.Where(order => order.Stage != OrderStage.Shipped))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {order} {stage}: {reason}");
        }

        return text.ToString();
    }

    private void FinishReservations()
    {
        foreach (var book in stock.InOrder)
        {
            foreach (var (id, order, open) in book.OpenReservations)
            {
                var over = orders.Find(order.Stream) is { } owner && (owner.IsOver || owner.Waits);
                Findings.Demand(!over, book.Stream, $"reservation {id} still holds {open} units of an order that is over");
            }
        }
    }

    private void FinishTotes()
    {
        foreach (var tote in totes.InOrder)
        {
            if (custody.Place(tote.Lpn) is { } place && tote.Place is { } booked)
            {
                Findings.Demand(place == booked, tote.Stream, $"its book says {booked}, machines left it at {place}");
            }
        }

        // A packing table takes whatever has to wait there for a bin; every other place takes one tote.
        foreach (var place in totes.InOrder.Where(tote => tote.Place is { } at && !FloorPlan.IsPack(at)).GroupBy(tote => tote.Place!.Value).Where(group => group.Count() > 1))
        {
            Findings.Demand(false, place.First().Stream, $"{place.Key} holds {string.Join(" and ", place.Select(tote => tote.Lpn))}");
        }
    }

    private static string Name(Type type) => $"{type.DeclaringType?.Name}.{type.Name}";
}
