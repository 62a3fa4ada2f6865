using System.Text;

namespace Warehouse.Silo.Intake;

/// <summary>
/// The rows of a CSV file as it comes in (RFC 4180: commas, optional double quotes, quotes doubled inside). Buffers one
/// row; a field or row beyond its bound ends the reading with what is wrong.
/// </summary>
public sealed class CsvRows(Stream body) : IDisposable
{
    private const int MaxField = 4_096;
    private const int MaxFields = 64;

    private readonly StreamReader _reader = new(body, Encoding.UTF8, leaveOpen: true);
    private readonly char[] _buffer = new char[32_768];
    private readonly StringBuilder _field = new();
    private int _at;
    private int _filled;

    /// <summary>The next row's fields, or null after the last. Throws <see cref="FormatException"/> with the rule that the row breaks.</summary>
    public async ValueTask<List<string>?> Next(CancellationToken stop)
    {
        if (await Peek(stop) < 0)
        {
            return null;
        }

        var fields = new List<string>();
        while (true)
        {
            var last = await Peek(stop) == '"' ? await Quoted(stop) : await Plain(stop);
            fields.Add(_field.ToString());
            _field.Clear();
            if (last)
            {
                return fields;
            }

            if (fields.Count == MaxFields)
            {
                throw new FormatException($"has more than {MaxFields} fields");
            }
        }
    }

    /// <summary>Lets the reader go; the body stays its owner's.</summary>
    public void Dispose() => _reader.Dispose();

    /// <summary>Up to the next comma or end of line; true at the latter.</summary>
    private async ValueTask<bool> Plain(CancellationToken stop)
    {
        while (true)
        {
            var c = await Read(stop);
            switch (c)
            {
                case ',':
                    return false;
                case '\n' or < 0:
                    return true;
                case '\r':
                    break;
                default:
                    Keep(c);
                    break;
            }
        }
    }

    private async ValueTask<bool> Quoted(CancellationToken stop)
    {
        await Read(stop);
        while (true)
        {
            var c = await Read(stop);
            if (c < 0)
            {
                throw new FormatException("has a quoted field without an end");
            }

            if (c != '"')
            {
                Keep(c);
            }
            else if (await Peek(stop) == '"')
            {
                Keep(await Read(stop));
            }
            else
            {
                return await Plain(stop);
            }
        }
    }

    private void Keep(int c)
    {
        if (_field.Length == MaxField)
        {
            throw new FormatException($"has a field of more than {MaxField} characters");
        }

        _field.Append((char)c);
    }

    private async ValueTask<int> Read(CancellationToken stop)
    {
        var c = await Peek(stop);
        _at += c < 0 ? 0 : 1;
        return c;
    }

    private async ValueTask<int> Peek(CancellationToken stop)
    {
        if (_at == _filled)
        {
            _filled = await _reader.ReadAsync(_buffer, stop);
            _at = 0;
        }

        return _filled == 0 ? -1 : _buffer[_at];
    }
}
