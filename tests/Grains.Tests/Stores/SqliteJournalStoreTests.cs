using Microsoft.Data.Sqlite;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;
using Warehouse.Silo.Storage;

namespace Warehouse.Grains.Tests.Stores;

public sealed class SqliteJournalStoreTests : JournalStoreContract, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("journal-").FullName;
    private SqliteJournalStore store;

    public SqliteJournalStoreTests() => store = Open();

    protected override IJournalStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_has_landed_is_there_after_closing_and_opening()
    {
        await store.Append([Row(StreamId.Of("jar", "here"), 1, "a")]);
        store.Dispose();
        store = Open();

        Assert.Single(await store.ReadFeed(0, 10));
    }

    [Fact]
    public async Task Every_commit_is_flushed_to_the_disk() => Assert.Equal(2, await store.ReadSynchronous());

    [Fact]
    public async Task A_second_store_on_the_same_file_sees_what_the_first_has_landed()
    {
        using var second = Open();
        await store.Append([Row(StreamId.Of("jar", "here"), 1, "a")]);

        Assert.Equal([AppendOutcome.Conflict], await second.Append([Row(StreamId.Of("jar", "here"), 1, "b")]));
        Assert.Equal([AppendOutcome.Landed], await second.Append([Row(StreamId.Of("jar", "here"), 2, "b")]));
        Assert.Equal(2, (await store.ReadStream(StreamId.Of("jar", "here"), 0, 10)).Count);
    }

    [Fact]
    public void A_file_of_a_later_version_is_refused()
    {
        Run("pragma user_version = 99");

        var refusal = Assert.Throws<InvalidDataException>(() => Open().Dispose());

        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_first_version_is_carried_over_with_its_rows_and_effects()
    {
        store.Dispose();
        File.Delete(FilePath);
        Run("""
            create table journal(position integer primary key, stream text not null, version integer not null, body blob not null) strict;
            create unique index journal_by_stream on journal(stream, version);
            create table effect(
                partition integer not null, stream text not null, version integer not null, item integer not null,
                target text not null, due integer, body blob not null, primary key (partition, stream, version, item)) strict, without rowid;
            create table lease(partition integer primary key, host text not null, epoch integer not null, until integer not null) strict;
            insert into journal values
                (1, 'jar:a', 1, cast('a1' as blob)), (4, 'jar:b', 1, cast('b1' as blob)), (5, 'jar:a', 2, cast('a2' as blob));
            insert into effect values (7, 'jar:a', 2, 0, 'jar:b', null, cast('do' as blob)), (7, 'jar:a', 2, 1, 'jar:b', 9, cast('it' as blob));
            pragma user_version = 1;
            """);

        store = Open();

        Assert.Equal([1L, 4L, 5L], (await store.ReadFeed(0, 10)).Select(row => row.Position));
        Assert.Equal([1L, 2L], (await store.ReadStream(new StreamId("jar:a"), 0, 10)).Select(row => row.Version));
        Assert.Equal([0, 1], (await store.ReadEffects(7, null, 10)).Select(effect => effect.Id.Index));
        Assert.Equal(
            [AppendOutcome.Conflict, AppendOutcome.Landed],
            await store.Append([Row(new StreamId("jar:a"), 2, "x"), Row(new StreamId("jar:a"), 3, "a3") with
            {
                Settled = [new EffectId(new StreamId("jar:a"), 2, 0)],
            }]));
        Assert.Equal(1, Assert.Single(await store.ReadEffects(7, null, 10)).Id.Index);
    }

    [Fact]
    public async Task Effects_that_another_store_on_the_file_has_added_and_settled_are_seen()
    {
        using var second = Open();
        var stream = StreamId.Of("jar", "here");
        EffectRow Wanted(long version) => new(new EffectId(stream, version, 0), Partition.Of(stream), stream, new byte[] { 1 }, null);

        await store.Append([Row(stream, 1, "a") with { Effects = [Wanted(1)] }]);
        await second.Append([Row(stream, 2, "b") with { Effects = [Wanted(2)], Settled = [Wanted(1).Id] }]);
        await store.Append([Row(stream, 3, "c") with { Effects = [Wanted(3)], Settled = [Wanted(1).Id, Wanted(2).Id] }]);

        Assert.Equal(3, Assert.Single(await second.ReadEffects(Partition.Of(stream), null, 10)).Id.Version);
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private string FilePath => Path.Combine(folder, "journal.db");

    private SqliteJournalStore Open() => new(new SqliteJournalOptions { Path = FilePath });
}
