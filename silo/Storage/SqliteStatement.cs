using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Warehouse.Silo.Storage;

/// <summary>
/// A prepared statement that is kept and run again, below ADO.NET: parameters are bound by position without boxing,
/// and a statement of hundreds of rows does not look hundreds of names up. Belongs to its connection's thread.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private int bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle ?? throw new InvalidOperationException("the connection is not open");
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    /// <summary>How many rows the connection's last insert, update or delete has changed.</summary>
    public int Changes => raw.sqlite3_changes(database);

    /// <summary>The rowid of the connection's last insert.</summary>
    public long LastRow => raw.sqlite3_last_insert_rowid(database);

    /// <summary>Bind the next parameter.</summary>
    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(statement, ++bound, value));
        return this;
    }

    /// <summary>Bind the next parameter; null is NULL.</summary>
    public SqliteStatement Bind(long? value)
    {
        if (value is { } number)
        {
            return Bind(number);
        }

        Check(raw.sqlite3_bind_null(statement, ++bound));
        return this;
    }

    /// <summary>Bind the next parameter.</summary>
    public SqliteStatement Bind(string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var utf8 = most <= 512 ? stackalloc byte[512] : new byte[most];
        Check(raw.sqlite3_bind_text(statement, ++bound, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        return this;
    }

    /// <summary>Bind the next parameter.</summary>
    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(statement, ++bound, value));
        return this;
    }

    /// <summary>Run to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code is not raw.SQLITE_ROW and not raw.SQLITE_DONE)
        {
            Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    /// <summary>A column of the row, from 0.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>A column of the row, from 0; null when NULL.</summary>
    public long? NumberOrNull(int column) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL ? null : Number(column);

    /// <summary>A column of the row, from 0.</summary>
    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>A column of the row, from 0, copied out.</summary>
    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    /// <summary>Run to the end, ignoring rows, and be ready for the next run.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Let go of rows and parameters, whatever the last step said.</summary>
    public void Reset()
    {
        bound = 0;
        _ = raw.sqlite3_reset(statement); // repeats the error of the step, which has been thrown already
    }

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(
                $"SQLite {code}: {raw.sqlite3_errmsg(database).utf8_to_string()}", code, raw.sqlite3_extended_errcode(database));
        }
    }
}
