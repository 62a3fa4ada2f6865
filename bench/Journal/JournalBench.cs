using System.Diagnostics;
using System.Globalization;
using System.Text;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Journal;
using Warehouse.Silo.Storage;

namespace Warehouse.Bench.Journal;

/// <summary>The journal beside what a user would write by hand, in one run on one disk, with the aims that it is held to.</summary>
internal static class JournalBench
{
    private static readonly int[] Callers = [1, 16, 256, 1000];

    // One that no order draws: its book grows by hundreds of thousands of reservations that nobody ever picks.
    private static readonly Sku HotSku = Demand.SkuOf(Demand.Skus);

    public static async Task Run(TimeSpan time, TextWriter print)
    {
        var folder = Directory.CreateTempSubdirectory("warehouse-bench-").FullName;
        try
        {
            var body = BodyOf(new Demand(1).Order("body", 5));
            using var baseline = new Baseline(Path.Combine(folder, "baseline.db"));
            var flush = baseline.MeanFlush(time);
            var (hot, step, order) = (baseline.ReservationsPerSecond(time), baseline.StepsPerSecond(time, body), baseline.OrdersPerSecond(time, body));
            var ceiling = await Ceiling(folder, time);

            await using var house = new BenchHouse(Path.Combine(folder, "journal.db"));
            for (var rank = 0; rank <= Demand.Skus; rank++)
            {
                var sku = Demand.SkuOf(rank);
                await house.Execute(Demand.StockOf(sku), Envelope.From("opening", Demand.Opening(sku)));
            }

            var synchronous = await house.Store.ReadSynchronous();
            await print.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
                journal: {Environment.ProcessorCount} cores, {time.TotalSeconds:F0} s a figure, pragma synchronous = {synchronous} (2 is FULL)
                mean flush {flush.TotalMilliseconds:F2} ms; baseline a second: reservation {hot:F0}, step {step:F0}, whole order {order:F0}; ceiling {ceiling:F0} rows/s
                """));
            await Table(house, print, "spread steps (reservations in turn over 1,000 SKUs)", time, step, ceiling, Spread);
            await Table(house, print, "one SKU", time, hot, ceiling, Hot);
            await Table(house, print, "whole orders of five lines, until allocated", time, order, ceiling, Whole);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Table(
        BenchHouse house, TextWriter print, string title, TimeSpan time, double baseline, double ceiling, Func<BenchHouse, int, int, Task> once)
    {
        await print.WriteLineAsync($"\n{title}\n{"callers",8} {"a second",10} {"x baseline",11} {"of ceiling",11} {"a commit",9}");
        foreach (var callers in Callers)
        {
            var (batches, allocated) = (house.Batches, GC.GetTotalAllocatedBytes());
            var (done, seconds) = await Measure(house, callers, time, once);
            var rate = done / seconds;
            await print.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{callers,8} {rate,10:F0} {rate / baseline,11:F2} {rate / ceiling,11:P0} {(double)done / (house.Batches - batches),9:F1}  {(GC.GetTotalAllocatedBytes() - allocated) / done / 1024.0:F1} KiB each"));
        }
    }

    private static async Task<(long Done, double Seconds)> Measure(
        BenchHouse house, int callers, TimeSpan time, Func<BenchHouse, int, int, Task> once)
    {
        var done = 0L;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; watch.Elapsed < time; i++)
            {
                await once(house, (callers * 100_000) + caller, i);
                Interlocked.Increment(ref done);
            }
        })));
        return (done, watch.Elapsed.TotalSeconds);
    }

    private static Task Spread(BenchHouse house, int caller, int i) => Reserve(house, Demand.SkuOf((caller + (i * 7919)) % Demand.Skus), $"s{caller}-{i}");

    private static Task Hot(BenchHouse house, int caller, int i) => Reserve(house, HotSku, $"h{caller}-{i}");

    private static async Task Reserve(BenchHouse house, Sku sku, string id)
    {
        var reservation = ReservationId.Parse($"bench/{id}/1");
        var answer = await house.Execute(
            Demand.StockOf(sku), Envelope.From(id, new StockCommand.Reserve(reservation, OrderId.Parse("bench/" + id), 1)));
        if (!answer.Accepted)
        {
            throw new InvalidOperationException(answer.Reason);
        }
    }

    private static async Task Whole(BenchHouse house, int caller, int i)
    {
        var id = $"{caller}-{i}";
        var stage = await house.PlaceAndSettle(new Demand(unchecked((caller * 31) + i)).Order(id, 5));
        if (stage != OrderStage.Allocated)
        {
            throw new InvalidOperationException($"order {id} is {stage}");
        }
    }

    /// <summary>Rows of a reservation's size, in transactions of 256, as fast as the store takes them.</summary>
    private static async Task<double> Ceiling(string folder, TimeSpan time)
    {
        using var store = new SqliteJournalStore(new SqliteJournalOptions { Path = Path.Combine(folder, "ceiling.db") });
        var body = Encoding.UTF8.GetBytes(new string('x', 330));
        var (rows, watch) = (0L, Stopwatch.StartNew());
        for (var batch = 0; watch.Elapsed < time; batch++)
        {
            var version = (batch / 4) + 1;
            var appends = Enumerable.Range(batch % 4 * 256, 256)
                .Select(i => new Append(Demand.StockOf(Demand.SkuOf(i)), version, body, [], [])).ToArray();
            rows += (await store.Append(appends)).Count(outcome => outcome == AppendOutcome.Landed);
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    private static string BodyOf(OrderDraft draft) => Encoding.UTF8.GetString(
        new JournalCodec(NounTable.All.Names).EncodeCommand(new OrderCommand.Place(draft)).Span);
}
