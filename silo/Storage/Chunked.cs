using System.Text;
using Microsoft.Data.Sqlite;

namespace Warehouse.Silo.Storage;

/// <summary>One insert, prepared for several numbers of rows: many rows go with few statements.</summary>
internal sealed class Chunked : IDisposable
{
    private static readonly int[] Sizes = [64, 8, 1];

    private readonly SqliteStatement[] statements;

    public Chunked(SqliteConnection connection, string before, string row, string after) =>
        statements = Array.ConvertAll(
            Sizes, size => new SqliteStatement(connection, new StringBuilder(before)
                .AppendJoin(',', Enumerable.Repeat(row, size)).Append(after).ToString()));

    /// <summary>Where the chunks of so many rows begin, and how many each holds.</summary>
    public static IEnumerable<(int First, int Count)> Cut(int rows)
    {
        var first = 0;
        foreach (var size in Sizes)
        {
            for (; rows - first >= size; first += size)
            {
                yield return (first, size);
            }
        }
    }

    public SqliteStatement Of(int rows) => statements[Array.IndexOf(Sizes, rows)];

    public void Dispose() => Array.ForEach(statements, statement => statement.Dispose());
}
