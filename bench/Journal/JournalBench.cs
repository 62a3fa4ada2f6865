using System.Diagnostics;
using System.Globalization;
using System.Text;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Journal;

namespace Warehouse.Bench.Journal;

/// <summary>
/// The journal beside what a user would write by hand, on one disk, with the aims that it is held to. A figure is
/// measured in rounds; each round measures baseline, ceiling, store and journal one after another, and the figure is the
/// median round's ratio: other work on the machine then hits all three alike.
/// </summary>
internal sealed class JournalBench(
    BenchHouse house, Baseline baseline, StoreAlone storeAlone, byte[] row, TimeSpan time, TextWriter print)
{
    private const int Rounds = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    private static readonly int[] Callers = [1, 16, 256, 1000];

    // One that no order draws: its book grows by hundreds of thousands of reservations that nobody ever picks.
    private static readonly Sku HotSku = Demand.SkuOf(Demand.Skus);

    private int slices;

    public static async Task Run(TimeSpan time, TextWriter print)
    {
        var folder = Directory.CreateTempSubdirectory("warehouse-bench-").FullName;
        try
        {
            await using var house = new BenchHouse(Path.Combine(folder, "journal.db"));
            for (var rank = 0; rank <= Demand.Skus; rank++)
            {
                var sku = Demand.SkuOf(rank);
                await house.Execute(Demand.StockOf(sku), Envelope.From("opening", Demand.Opening(sku)));
            }

            await Reserve(house, HotSku, "r0-0");
            var row = (await house.Store.ReadStream(Demand.StockOf(HotSku), 1, 1))[0].Body.ToArray();
            using var baseline = new Baseline(Path.Combine(folder, "baseline.db"));
            using var storeAlone = new StoreAlone(Path.Combine(folder, "store.db"), row);
            await new JournalBench(house, baseline, storeAlone, row, time, print).Tables(BodyOf(new Demand(1).Order("body", 5)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task Tables(string order)
    {
        var synchronous = await house.Store.ReadSynchronous();
        await print.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            journal: {Environment.ProcessorCount} cores, {time.TotalSeconds:F0} s a figure in {Rounds} rounds, pragma synchronous = {synchronous} (2 is FULL)
            mean flush {baseline.MeanFlush(time / Rounds).TotalMilliseconds:F2} ms; a step's row {row.Length} bytes
            """));
        // Until the code is compiled for good, which took a quarter of the processor's time in the first eight seconds,
        // and the logs have their full size.
        await storeAlone.RowsPerSecond(TimeSpan.FromSeconds(1));
        foreach (var once in (Func<BenchHouse, int, int, Task>[])[Spread, Hot, Whole])
        {
            await Measure(16, WarmUp / 2, once);
            await Measure(256, WarmUp / 2, once);
        }

        await Table("spread steps (reservations in turn over 1,000 SKUs)", slice => baseline.StepsPerSecond(slice, row), Spread);
        await Table("one SKU", baseline.ReservationsPerSecond, Hot);
        await Table("whole orders of five lines, until allocated", slice => baseline.OrdersPerSecond(slice, order), Whole);
    }

    private async Task Table(string title, Func<TimeSpan, double> byHand, Func<BenchHouse, int, int, Task> once)
    {
        await print.WriteLineAsync(
            $"\n{title}\n{"callers",8} {"a second",10} {"baseline",10} {"ceiling",10} {"store",10} {"x baseline",11} {"of ceiling",11} {"a commit",9}");
        foreach (var callers in Callers)
        {
            var rounds = new List<Round>();
            for (var i = 0; i < Rounds; i++)
            {
                var (hand, most, store) = (
                    byHand(time / Rounds / 2), baseline.StepsTogetherPerSecond(time / Rounds / 4, row), await storeAlone.RowsPerSecond(time / Rounds / 4));
                var (batches, allocated) = (house.Batches, GC.GetTotalAllocatedBytes());
                var worked = Environment.CpuUsage.TotalTime;
                var (done, seconds) = await Measure(callers, time / Rounds, once);
                rounds.Add(new Round(
                    done / seconds, hand, most, store, (double)done / (house.Batches - batches), (GC.GetTotalAllocatedBytes() - allocated) / done,
                    (Environment.CpuUsage.TotalTime - worked).TotalMicroseconds / done));
            }

            await print.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{callers,8} {Median(rounds, it => it.Rate),10:F0} {Median(rounds, it => it.Baseline),10:F0} {Median(rounds, it => it.Ceiling),10:F0} {Median(rounds, it => it.StoreAlone),10:F0} {Median(rounds, it => it.Rate / it.Baseline),11:F2} {Median(rounds, it => it.Rate / it.Ceiling),11:P0} {Median(rounds, it => it.PerCommit),9:F2}  {Median(rounds, it => it.Allocated) / 1024:F1} KiB, {Median(rounds, it => it.Worked):F0} us of a processor each"));
        }
    }

    private static double Median(List<Round> rounds, Func<Round, double> of) => rounds.Select(of).Order().ElementAt(rounds.Count / 2);

    private async Task<(long Done, double Seconds)> Measure(int callers, TimeSpan slice, Func<BenchHouse, int, int, Task> once)
    {
        var done = 0L;
        var first = ++slices * 10_000;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(first, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; watch.Elapsed < slice; i++)
            {
                await once(house, caller, i);
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

    private static string BodyOf(OrderDraft draft) => Encoding.UTF8.GetString(
        new JournalCodec(NounTable.All.Names).EncodeCommand(new OrderCommand.Place(draft)).Span);

    private readonly record struct Round(double Rate, double Baseline, double Ceiling, double StoreAlone, double PerCommit, double Allocated, double Worked);
}
