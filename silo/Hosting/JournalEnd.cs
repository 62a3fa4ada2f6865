using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Silo.Hosting;

/// <summary>Where the journal ends: its last position, and the latest time of its last appends.</summary>
public sealed record JournalEnd(long Position, Moment At)
{
    private const int LookBack = 500;

    /// <summary>
    /// Found by halving, since positions rise without gaps that matter: some forty small reads however long the journal is.
    /// Times of neighbouring appends may be out of order by a commit, so the latest of the last few hundred counts.
    /// </summary>
    public static async Task<JournalEnd> Find(IJournalStore store, JournalCodec codec)
    {
        long below = 0;
        var above = 1L;
        while ((await store.ReadFeed(above - 1, 1)).Count > 0)
        {
            (below, above) = (above - 1, above * 2);
        }

        while (above - below > 1)
        {
            var middle = below + ((above - below) / 2);
            (below, above) = (await store.ReadFeed(middle - 1, 1)).Count > 0 ? (middle, above) : (below, middle);
        }

        var rows = await store.ReadFeed(Math.Max(0, below - LookBack), LookBack * 2);
        return new JournalEnd(
            rows.Count == 0 ? 0 : rows[^1].Position,
            rows.Count == 0 ? default : rows.Max(row => codec.Decode(row.Body.Span).At));
    }
}
