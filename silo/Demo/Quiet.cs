using Warehouse.Dashboard.Board;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Silo.Demo;

/// <summary>Finds out when a floor has come to rest.</summary>
public sealed class Quiet(IJournalStore store, FloorBoard board, TimeProvider warehouseClock)
{
    private const int Page = 500;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Waits until no order is under way, nothing is on its way back, and no effect is due: looked at twice with not a
    /// single append between. Orders that wait for stock rest; they are exceptions for a person.
    /// </summary>
    public async Task Wait(CancellationToken stop)
    {
        var position = -1L;
        while (true)
        {
            var now = board.Position;
            if (now == position && OrdersRest() && !await AnythingIsDue())
            {
                return;
            }

            position = now;
            await Task.Delay(Look, TimeProvider.System, stop);
        }
    }

    private bool OrdersRest()
    {
        var orders = board.Snapshot().Orders;
        return orders.Open == orders.AwaitingStock && orders.ReturnsOpen == 0;
    }

    private async Task<bool> AnythingIsDue()
    {
        var now = Moment.Of(warehouseClock.GetUtcNow());
        for (var partition = 0; partition < Partition.Count; partition++)
        {
            EffectId? after = null;
            while (await store.ReadEffects(partition, after, Page) is { Count: > 0 } rows)
            {
                if (rows.Any(row => row.Due is not { } due || due <= now))
                {
                    return true;
                }

                after = rows[^1].Id;
            }
        }

        return false;
    }
}
