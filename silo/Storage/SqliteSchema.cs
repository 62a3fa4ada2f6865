using Microsoft.Data.Sqlite;

namespace Warehouse.Silo.Storage;

/// <summary>
/// The tables of a file and how older files become present ones. The file's own <c>user_version</c> counts the steps it
/// has had; they are only ever added to. A file of a later version of the house is refused.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>The journal: rows, effects that are not settled, leases of their partitions.</summary>
    public static IReadOnlyList<string> Journal { get; } =
    [
        """
        create table journal(
            position integer primary key,
            stream text not null,
            version integer not null,
            body blob not null) strict;
        create unique index journal_by_stream on journal(stream, version);
        create table effect(
            partition integer not null,
            stream text not null,
            version integer not null,
            item integer not null,
            target text not null,
            due integer,
            body blob not null,
            primary key (partition, stream, version, item)) strict, without rowid;
        create table lease(
            partition integer primary key,
            host text not null,
            epoch integer not null,
            until integer not null) strict;
        """,
    ];

    /// <summary>
    /// Snapshots: the tables and queries that Microsoft.Orleans.Persistence.AdoNet asks for, with its own names. A
    /// write of another version than the caller has read answers no row, which Orleans takes for a conflict.
    /// </summary>
    public static IReadOnlyList<string> Snapshots { get; } =
    [
        """
        create table OrleansQuery(QueryKey text primary key, QueryText text not null);
        create table OrleansStorage(
            GrainIdHash integer not null,
            GrainIdN0 integer not null,
            GrainIdN1 integer not null,
            GrainTypeHash integer not null,
            GrainTypeString text not null,
            GrainIdExtensionString text not null default '',
            ServiceId text not null,
            PayloadBinary blob,
            ModifiedOn text not null,
            Version integer not null,
            primary key (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString, ServiceId));
        insert into OrleansQuery(QueryKey, QueryText) values
        ('ReadFromStorageKey', '
            select PayloadBinary, Version from OrleansStorage
            where GrainIdHash = @GrainIdHash and GrainTypeHash = @GrainTypeHash
                and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1 and GrainTypeString = @GrainTypeString
                and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''') and ServiceId = @ServiceId'),
        ('WriteToStorageKey', '
            insert into OrleansStorage(GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString,
                GrainIdExtensionString, ServiceId, PayloadBinary, ModifiedOn, Version)
            select @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString,
                coalesce(@GrainIdExtensionString, ''''), @ServiceId, @PayloadBinary, datetime(''now''), 1
            where @GrainStateVersion is null or exists(
                select 1 from OrleansStorage
                where GrainIdHash = @GrainIdHash and GrainTypeHash = @GrainTypeHash
                    and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1 and GrainTypeString = @GrainTypeString
                    and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''') and ServiceId = @ServiceId)
            on conflict do update set
                PayloadBinary = excluded.PayloadBinary, ModifiedOn = excluded.ModifiedOn, Version = Version + 1
                where Version = @GrainStateVersion
            returning Version as NewGrainStateVersion'),
        ('ClearStorageKey', '
            update OrleansStorage set PayloadBinary = null, ModifiedOn = datetime(''now''), Version = Version + 1
            where GrainIdHash = @GrainIdHash and GrainTypeHash = @GrainTypeHash
                and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1 and GrainTypeString = @GrainTypeString
                and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''') and ServiceId = @ServiceId
                and Version = @GrainStateVersion
            returning Version as NewGrainStateVersion');
        """,
    ];

    /// <summary>Bring a file to the last of these steps, each in a transaction of its own.</summary>
    public static void Migrate(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        var version = Version(connection);
        if (version > steps.Count)
        {
            throw new InvalidDataException(
                $"{connection.DataSource} is of version {version}; this program knows up to {steps.Count}. Use a newer one.");
        }

        for (; version < steps.Count; version++)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            if (Version(connection) == version)
            {
                Execute(connection, steps[version]);
                Execute(connection, $"pragma user_version = {version + 1}");
            }

            transaction.Commit();
        }
    }

    /// <summary>Run statements that answer nothing.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is this file's, never a user's.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma user_version";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
