using Warehouse.Contracts;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Grains;
using Warehouse.Journal;

namespace Warehouse.Cluster.Tests;

/// <summary>What Orleans and the shells add to the streams: addresses, activations, limits.</summary>
public sealed class ShellTests : IAsyncLifetime
{
    private readonly MemoryJournalStore _store = new();
    private readonly MemorySnapshots _snapshots = new();
    private HouseCluster _house = null!;

    public async Task InitializeAsync() => _house = await HouseCluster.Start(_store, _snapshots);

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task What_is_answered_is_in_the_journal_already()
    {
        var answered = false;
        var wroteUnanswered = false;
        _store.Fault = batch =>
        {
            wroteUnanswered |= batch.Any(append => append.Stream.Key == "MAIN/A") && !answered;
            return StoreFault.None;
        };

        var answer = await _house.Receive("A", 5);
        answered = true;

        Assert.True(answer.Accepted);
        Assert.True(wroteUnanswered);
        Assert.Contains(_store.Rows, row => row.Stream.Text == "stock:MAIN/A" && row.Version == 1);
    }

    [Fact]
    public async Task A_grain_comes_back_from_the_journal_and_from_a_corrupt_snapshot_with_the_same_state()
    {
        await _house.Receive("B", 5);
        await Reserve("B", 1);
        var before = await _house.Stock("B").Read();

        await _house.Forget();
        var fromSnapshot = await _house.Stock("B").Read();
        await _house.Forget();
        _snapshots.Tamper(Warehouse.Domain.Deciding.StreamId.Of("stock", "MAIN/B"), good => good with { Body = new byte[] { 1, 2, 3 } });
        var fromJournal = await _house.Stock("B").Read();

        Assert.Equal(Shown(before), Shown(fromSnapshot));
        Assert.Equal(Shown(before), Shown(fromJournal));
    }

    [Fact]
    public async Task A_repeat_after_reactivation_gets_the_first_answer()
    {
        await _house.Receive("C", 1);
        var first = await Reserve("C", 1);
        var refused = await Reserve("C", 2);
        await _house.Forget();

        Assert.Equal(first.Accepted, (await Reserve("C", 1)).Accepted);
        Assert.Equal(refused.Cause, (await Reserve("C", 2)).Cause);
        Assert.True(refused.Is(StockRefusal.NotEnough));
    }

    [Fact]
    public async Task A_command_with_an_endless_id_is_turned_away_before_anything_is_decided()
    {
        var rows = _store.Rows.Count;
        var endless = Envelope.From(new string('i', CallLimits.MaxIdLength + 1), new StockCommand.SetSafetyStock(1));

        var failure = await Assert.ThrowsAsync<CallLimitException>(() => _house.Stock("D").Execute(endless));

        Assert.Contains("200", failure.Message, StringComparison.Ordinal);
        Assert.Equal(rows, _store.Rows.Count);
    }

    private Task<Answer> Reserve(string sku, int order) => _house.Stock(sku).Execute(Envelope.From(
        $"reserve-{order}", new StockCommand.Reserve(ReservationId.Parse($"web/{order}/1"), OrderId.Parse($"web/{order}"), 1)));

    private static string Shown(StockState state) => System.Text.Json.JsonSerializer.Serialize(state);
}
