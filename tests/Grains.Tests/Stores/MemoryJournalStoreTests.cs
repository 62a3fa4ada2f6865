using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Stores;

public sealed class MemoryJournalStoreTests : JournalStoreContract
{
    private static readonly StreamId Here = StreamId.Of("jar", "here");
    private readonly MemoryJournalStore store = new();

    protected override IJournalStore Store => store;

    [Fact]
    public async Task A_write_under_way_is_lost_with_the_power()
    {
        store.Stall();
        var writing = store.Append([Row(Here, 1, "a")]);
        store.LoseUnsynced();
        store.Resume();

        await Assert.ThrowsAsync<IOException>(() => writing);
        Assert.Empty(store.Rows);
    }

    [Fact]
    public async Task A_stalled_write_lands_when_the_disk_goes_on()
    {
        store.Stall();
        var writing = store.Append([Row(Here, 1, "a")]);
        Assert.False(writing.IsCompleted);
        Assert.Empty(store.Rows);

        store.Resume();

        Assert.Equal([AppendOutcome.Landed], await writing);
    }

    [Fact]
    public async Task A_full_disk_writes_nothing()
    {
        store.Full = true;

        await Assert.ThrowsAsync<IOException>(() => store.Append([Row(Here, 1, "a")]));

        Assert.Empty(store.Rows);
    }

    [Theory]
    [InlineData(StoreFault.ThrowBefore, 0)]
    [InlineData(StoreFault.ThrowAfter, 1)]
    [InlineData(StoreFault.LandLate, 0)]
    public async Task A_failing_write_has_landed_or_not_as_the_fault_says(StoreFault fault, int rows)
    {
        store.Fault = _ => fault;

        await Assert.ThrowsAnyAsync<Exception>(() => store.Append([Row(Here, 1, "a")]));

        Assert.Equal(rows, store.Rows.Count);
    }

    [Fact]
    public async Task A_late_write_lands_only_where_its_version_is_still_free()
    {
        store.Fault = _ => StoreFault.LandLate;
        await Assert.ThrowsAsync<TimeoutException>(() => store.Append([Row(Here, 1, "late"), Row(Here, 2, "late")]));
        store.Fault = null;
        await store.Append([Row(Here, 1, "meanwhile")]);

        store.LandLate();

        Assert.Equal([1L, 2L], store.Rows.Select(row => row.Version));
        Assert.Equal("meanwhile"u8.ToArray(), store.Rows[0].Body.ToArray());
    }
}
