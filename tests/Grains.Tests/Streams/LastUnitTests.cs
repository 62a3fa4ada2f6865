using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;
using Warehouse.Grains.Tests.Toy;
using Warehouse.Journal;
using Warehouse.Silo.Storage;

namespace Warehouse.Grains.Tests.Streams;

public sealed class LastUnitTests
{
    private const int Callers = 1000;

    [Fact]
    public async Task Of_a_thousand_callers_for_the_last_unit_exactly_one_wins_in_at_most_twenty_commits()
    {
        var folder = Directory.CreateTempSubdirectory("last-unit-").FullName;
        using (var store = new SqliteJournalStore(new SqliteJournalOptions { Path = Path.Combine(folder, "journal.db") }))
        {
            var codec = new JournalCodec(NounTable.All.Names);
            var committer = new Committer(store);
            committer.Start();
            var stock = await EventStream.Activate(
                StreamId.Of("stock", "MAIN/85123A"),
                new StreamPorts(NounTable.All, codec, store, committer, new MemorySnapshots(), TimeProvider.System, new StreamOptions()));
            await stock.Execute(Envelope.From("receive", new StockCommand.Receive(
                "r1", WarehouseId.Parse("MAIN"), Sku.Parse("85123A"), LotId.Parse("L1"), Lpn.Parse("T000001"),
                AisleId.Parse("MAIN/A01"), 1)));

            var answers = await Task.WhenAll(Enumerable.Range(1, Callers).Select(i => Task.Run(() => stock.Execute(
                Envelope.From($"reserve-{i}", new StockCommand.Reserve(
                    ReservationId.Parse($"uci/{i}/1"), OrderId.Parse($"uci/{i}"), 1)))))).Bound("all callers");

            Assert.Single(answers, answer => answer.Accepted);
            Assert.Equal(Callers - 1, answers.Count(answer => answer.Is(StockRefusal.NotEnough)));
            var appends = (await store.ReadFeed(1, 1000)).Select(row => codec.Decode(row.Body.Span)).ToArray();
            Assert.InRange(appends.Length, 1, 20);
            Assert.Equal(Callers, appends.Sum(append => append.Commands.Length));
            Assert.Single(appends.SelectMany(append => append.Events).OfType<StockEvent.Reserved>());
            await committer.Stop();
        }

        Directory.Delete(folder, recursive: true);
    }
}
