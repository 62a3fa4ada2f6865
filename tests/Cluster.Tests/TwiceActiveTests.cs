using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Journal;

namespace Warehouse.Cluster.Tests;

/// <summary>Two clusters of different names over one journal: the same grain is active twice, and still only one history exists.</summary>
public sealed class TwiceActiveTests
{
    private const int Units = 25;
    private const int Callers = 100;

    [Fact]
    public async Task A_stream_that_is_active_in_two_clusters_has_one_history_without_gap_or_double()
    {
        var store = new MemoryJournalStore();
        await using var one = await HouseCluster.Start(store, new MemorySnapshots(), "one");
        await using var two = await HouseCluster.Start(store, new MemorySnapshots(), "two");
        await one.Receive("E", Units);
        await two.Stock("E").Read();

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(order => Reserve(order % 2 == 0 ? one : two, order)));
        var crossed = await Task.WhenAll(Enumerable.Range(0, Callers).Select(order => Reserve(order % 2 == 0 ? two : one, order)));

        Assert.Equal(Units, answers.Count(answer => answer.Accepted));
        Assert.All(answers.Where(answer => !answer.Accepted), answer => Assert.True(answer.Is(StockRefusal.NotEnough)));
        Assert.Equal(answers.Select(answer => answer.Accepted), crossed.Select(answer => answer.Accepted));
        var versions = store.Rows.Where(row => row.Stream.Text == "stock:MAIN/E").Select(row => row.Version).ToArray();
        Assert.Equal(Enumerable.Range(1, versions.Length).Select(version => (long)version), versions);
        Assert.Equal(Units, Reserved(store));
    }

    private static Task<Answer> Reserve(HouseCluster house, int order) => house.Stock("E").Execute(Envelope.From(
        $"reserve-{order}", new StockCommand.Reserve(ReservationId.Parse($"web/{order}/1"), OrderId.Parse($"web/{order}"), 1)));

    private static int Reserved(MemoryJournalStore store)
    {
        var codec = new JournalCodec(NounTable.All.Names);
        return store.Rows.Where(row => row.Stream.Text == "stock:MAIN/E")
            .SelectMany(row => codec.Decode(row.Body.Span).Events)
            .OfType<StockEvent.Reserved>().Select(reserved => reserved.Reservation).Distinct().Count();
    }
}
