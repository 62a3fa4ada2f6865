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
        using (var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma user_version = 99";
            command.ExecuteNonQuery();
        }

        var refusal = Assert.Throws<InvalidDataException>(() => Open().Dispose());

        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
    }

    private string FilePath => Path.Combine(folder, "journal.db");

    private SqliteJournalStore Open() => new(new SqliteJournalOptions { Path = FilePath });
}
