using System.Text;

namespace Warehouse.Simulation.Samples;

/// <summary>
/// A small strict CSV reader for files that this repository itself makes: RFC 4180, a header row that must be exactly
/// the expected one, every row of the same width. Anything else throws with file and row.
/// </summary>
public static class CsvTable
{
    /// <summary>The rows below the header, each with one field per column.</summary>
    public static IEnumerable<string[]> Rows(TextReader reader, string name, params string[] columns)
    {
        var header = Next(reader) ?? throw new FormatException($"{name}: empty");
        if (!header.AsSpan().SequenceEqual(columns))
        {
            throw new FormatException($"{name}: the columns are {string.Join(',', header)}, expected {string.Join(',', columns)}");
        }

        for (var row = 2; Next(reader) is { } fields; row++)
        {
            yield return fields.Length == columns.Length
                ? fields
                : throw new FormatException($"{name} row {row}: {fields.Length} fields, expected {columns.Length}");
        }
    }

    private static string[]? Next(TextReader reader)
    {
        if (reader.Peek() < 0)
        {
            return null;
        }

        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var c = reader.Read(); ; c = reader.Read())
        {
            switch (c)
            {
                case '"' when quoted && reader.Peek() == '"':
                    field.Append((char)reader.Read());
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case < 0 when quoted:
                    throw new FormatException("a quoted field has no end");
                case ',' when !quoted:
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                case '\r' when !quoted:
                    break;
                case < 0 or '\n' when !quoted:
                    fields.Add(field.ToString());
                    return [.. fields];
                default:
                    field.Append((char)c);
                    break;
            }
        }
    }
}
