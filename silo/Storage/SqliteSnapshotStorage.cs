using System.Data.Common;
using Microsoft.Data.Sqlite;
using Orleans.Serialization;
using Orleans.Storage;
using Warehouse.Journal;

namespace Warehouse.Silo.Storage;

/// <summary>Puts snapshots on SQLite: Orleans' own AdoNet storage, on tables that we make.</summary>
public static class SqliteSnapshotStorage
{
    // The name under which Orleans knows SQLite; the factory behind it is Microsoft's.
    private const string Invariant = "System.Data.SQLite";

    /// <summary>Register the named grain storage on this file, and <see cref="ISnapshots"/> on it.</summary>
    public static ISiloBuilder AddSqliteSnapshots(this ISiloBuilder silo, string path)
    {
        ArgumentNullException.ThrowIfNull(silo);
        DbProviderFactories.RegisterFactory(Invariant, SqliteFactory.Instance);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        Migrate(connectionString);
        silo.AddAdoNetGrainStorage(OrleansSnapshots.Name, builder => builder.Configure<IServiceProvider>((options, services) =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = connectionString;
            options.GrainStorageSerializer = new OrleansGrainStorageSerializer(services.GetRequiredService<Serializer>());
        }));
        silo.Services.AddSingleton<ISnapshots>(services =>
            new OrleansSnapshots(services.GetRequiredKeyedService<IGrainStorage>(OrleansSnapshots.Name)));
        return silo;
    }

    private static void Migrate(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        SqliteSchema.Execute(connection, "pragma journal_mode = wal");
        SqliteSchema.Migrate(connection, SqliteSchema.Snapshots);
    }
}
