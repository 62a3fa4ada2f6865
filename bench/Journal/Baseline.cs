using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Warehouse.Bench.Journal;

/// <summary>
/// What somebody would write by hand: one SQLite connection, prepared statements, one transaction per step, the same
/// durability (WAL, synchronous=FULL). No repeats, no effects. A step writes the very row that the journal writes for
/// one, its stream and version unique; the hot SKU and the whole order keep no history.
/// </summary>
internal sealed class Baseline : IDisposable
{
    private const int Together = 256;
    private readonly SqliteConnection connection;
    private readonly SqliteCommand reserve;
    private readonly SqliteCommand insertOrder;
    private readonly SqliteCommand insertLine;
    private readonly SqliteCommand insertRow;
    private readonly Demand demand = new(7);
    private int written;
    private int together = 1_000_000_000;

    public Baseline(string path)
    {
        connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run("""
            pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000;
            create table stock(sku text primary key, available integer not null) without rowid;
            create table orders(id text primary key, state text not null, body text not null) without rowid;
            create table step(position integer primary key, stream text not null, version integer not null, body blob not null) strict;
            create unique index step_by_stream on step(stream, version);
            create table line(id text, number integer, sku text, quantity integer, primary key(id, number)) without rowid;
            """);
        // A log that still grows costs a flush of the file system's own journal with every commit: let it be full size first.
        Run("create table filler(body blob); insert into filler values(zeroblob(20000000)); drop table filler; pragma wal_checkpoint(full)");
        for (var rank = 0; rank < Demand.Skus; rank++)
        {
            Run($"insert into stock values('{Demand.SkuOf(rank)}', 1000000000)");
        }

        reserve = Prepare("update stock set available = available - 1 where sku = $a and available > 0", "$a");
        insertOrder = Prepare("insert into orders values($a, 'allocated', $b)", "$a", "$b");
        insertLine = Prepare("insert into line values($a, $b, $c, 1)", "$a", "$b", "$c");
        insertRow = Prepare("insert into step(stream, version, body) values($a, $b, $c)", "$a", "$b", "$c");
    }

    /// <summary>One unit of one SKU, over and over: each its own transaction.</summary>
    public double ReservationsPerSecond(TimeSpan time) => Rate(time, _ => ReserveOne(Demand.SkuOf(0).Text));

    /// <summary>The next row of one of 1,000 streams, each its own transaction.</summary>
    public double StepsPerSecond(TimeSpan time, byte[] body) => Rate(time, i => InsertStep(i, body));

    /// <summary>The same rows in transactions of 256: the ceiling.</summary>
    public double StepsTogetherPerSecond(TimeSpan time, byte[] body) => Together * Rate(time, _ =>
    {
        for (var i = 0; i < Together; i++)
        {
            InsertStep(together++, body);
        }
    });

    /// <summary>A whole order in one transaction: five conditional updates, the order, its lines.</summary>
    public double OrdersPerSecond(TimeSpan time, string body) => Rate(time, i =>
    {
        var id = i.ToString(CultureInfo.InvariantCulture);
        var skus = demand.Draw(5);
        foreach (var sku in skus)
        {
            ReserveOne(sku.Text);
        }

        InsertOrder(id, body);
        for (var line = 0; line < skus.Length; line++)
        {
            (insertLine.Parameters[0].Value, insertLine.Parameters[1].Value, insertLine.Parameters[2].Value) = (id, line, skus[line].Text);
            insertLine.ExecuteNonQuery();
        }
    });

    /// <summary>Mean time of a transaction that writes one small row: hardly more than the flush.</summary>
    public TimeSpan MeanFlush(TimeSpan time) => TimeSpan.FromSeconds(1 / ReservationsPerSecond(time));

    public void Dispose() => connection.Dispose();

    private double Rate(TimeSpan time, Action<int> step)
    {
        var watch = Stopwatch.StartNew();
        var done = 0;
        while (watch.Elapsed < time)
        {
            using var transaction = connection.BeginTransaction();
            foreach (var command in (SqliteCommand[])[reserve, insertOrder, insertLine, insertRow])
            {
                command.Transaction = transaction;
            }

            step(written++);
            transaction.Commit();
            done++;
        }

        return done / watch.Elapsed.TotalSeconds;
    }

    private void InsertStep(int i, byte[] body)
    {
        (insertRow.Parameters[0].Value, insertRow.Parameters[1].Value, insertRow.Parameters[2].Value) =
            (Demand.StockOf(Demand.SkuOf((int)(i * 7919L % Demand.Skus))).Text, i, body);
        insertRow.ExecuteNonQuery();
    }

    private void ReserveOne(string sku)
    {
        reserve.Parameters[0].Value = sku;
        if (reserve.ExecuteNonQuery() != 1)
        {
            throw new InvalidOperationException($"{sku} ran out");
        }
    }

    private void InsertOrder(string id, string body)
    {
        (insertOrder.Parameters[0].Value, insertOrder.Parameters[1].Value) = (id, body);
        insertOrder.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts stand above.
        command.CommandText = sql;
#pragma warning restore CA2100
        Array.ForEach(parameters, name => command.Parameters.Add(new SqliteParameter { ParameterName = name }));
        return command;
    }

    private void Run(string sql)
    {
        using var command = Prepare(sql);
        command.ExecuteNonQuery();
    }
}
