using Microsoft.Data.Sqlite;

namespace Warehouse.Silo.Storage;

/// <summary>
/// The tables of a file and how older files become present ones. The file's own <c>user_version</c> counts the steps it
/// has had; they are only ever added to. A file of a later version of the house is refused.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>The journal: rows, each stream's last, effects that are not settled, leases of their partitions.</summary>
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
        // A flush costs by the pages that have changed. An index of (stream, version) changes one for nearly every row,
        // so the streams' last rows stand close together in a table of their own, and each row names the one before it;
        // effects stand in the order in which they were wanted, since most of them are gone soon.
        """
        create table history(
            position integer primary key,
            stream text not null,
            version integer not null,
            previous integer not null,
            body blob not null) strict;
        insert into history(position, stream, version, previous, body)
            select position, stream, version, coalesce(lag(position) over (partition by stream order by version), 0), body
            from journal order by position;
        drop table journal;
        alter table history rename to journal;
        create table head(
            stream text primary key,
            version integer not null,
            position integer not null) strict, without rowid;
        insert into head(stream, version, position) select stream, max(version), position from journal group by stream;
        create table milestone(
            stream text not null,
            version integer not null,
            position integer not null,
            primary key (stream, version)) strict, without rowid;
        insert into milestone(stream, version, position) select stream, version, position from journal where version % 64 = 0;
        create table wanted(
            id integer primary key,
            partition integer not null,
            stream text not null,
            version integer not null,
            item integer not null,
            target text not null,
            due integer,
            body blob not null) strict;
        insert into wanted(partition, stream, version, item, target, due, body)
            select partition, stream, version, item, target, due, body from effect order by partition, stream, version, item;
        drop table effect;
        alter table wanted rename to effect;
        """,
    ];

    /// <summary>Every so many versions of a stream are found without walking back to them; a migration knows the number too.</summary>
    public const int Milestone = 64;

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
