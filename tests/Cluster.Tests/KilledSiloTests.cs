using System.Collections.Immutable;
using Warehouse.Contracts;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Journal;

namespace Warehouse.Cluster.Tests;

/// <summary>A silo dies without a word while an order is under way; the other goes on with it.</summary>
public sealed class KilledSiloTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task An_order_goes_on_when_the_silo_that_had_it_is_killed()
    {
        var store = new MemoryJournalStore();
        await using var house = await HouseCluster.Start(store, new MemorySnapshots());
        await house.Receive("F", 10);
        var allocated = Allocated(store);

        await house.Client.GetGrain<IOrderGrain>("web/9").Execute(Envelope.From("place", new OrderCommand.Place(Draft())));
        await house.Cluster.KillSiloAsync(house.Cluster.Silos[1]);
        await allocated.WaitAsync(Patience);

        var reserved = Events(store).OfType<StockEvent.Reserved>();
        Assert.Equal(ReservationId.Parse("web/9/1"), Assert.Single(reserved).Reservation);
    }

    /// <summary>Done when the journal says that the order is allocated, whoever wrote it.</summary>
    private static Task Allocated(MemoryJournalStore store)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new FeedReader(store, new JournalCodec(NounTable.All.Names), TimeProvider.System).Subscribe(0, entries =>
        {
            if (entries.Any(entry => entry.Append.Events.OfType<OrderEvent.Allocated>().Any()))
            {
                done.TrySetResult();
            }

            return ValueTask.CompletedTask;
        });
        return done.Task;
    }

    private static IEnumerable<Event> Events(MemoryJournalStore store)
    {
        var codec = new JournalCodec(NounTable.All.Names);
        return store.Rows.SelectMany(row => codec.Decode(row.Body.Span).Events);
    }

    private static OrderDraft Draft() => new(
        OrderId.Parse("web/9"), "9", "customer", new ShipTo("Shop", "1 Lane", "Town", "N1", "GB", 51_000_000, 0), "GBP", "PAY-9", 0,
        Moment.Of(DateTimeOffset.UnixEpoch.AddDays(20_000)), [new OrderLine(1, Sku.Parse("F"), 2, 100)], [], [WarehouseId.Parse("MAIN")],
        ImmutableSortedDictionary<Sku, int>.Empty.Add(Sku.Parse("F"), 100));
}
