using System.Diagnostics;
using Warehouse.Journal;
using Warehouse.Silo.Storage;

namespace Warehouse.Bench.Journal;

/// <summary>The store alone, without streams and committer, as fast as it takes a step's rows in transactions of 256 over 1,000 streams.</summary>
internal sealed class StoreAlone(string path, byte[] body) : IDisposable
{
    private const int Rows = 256;
    private readonly SqliteJournalStore store = new(new SqliteJournalOptions { Path = path });
    private int batches;

    public async Task<double> RowsPerSecond(TimeSpan time)
    {
        var (landed, watch) = (0L, Stopwatch.StartNew());
        while (watch.Elapsed < time)
        {
            var first = batches % 4 * Rows;
            var version = (batches++ / 4) + 1;
            var appends = Enumerable.Range(first, Rows)
                .Select(i => new Append(Demand.StockOf(Demand.SkuOf(i)), version, body, [], [])).ToArray();
            landed += (await store.Append(appends)).Count(outcome => outcome == AppendOutcome.Landed);
        }

        return landed / watch.Elapsed.TotalSeconds;
    }

    public void Dispose() => store.Dispose();
}
