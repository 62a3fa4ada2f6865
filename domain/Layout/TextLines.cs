namespace Warehouse.Domain.Layout;

/// <summary>A text line by line, counting: no line is copied before it is asked for.</summary>
internal sealed class TextLines(string text)
{
    private int at;

    /// <summary>The line that was read last, from 1; after the end, one more than there are.</summary>
    public int Line { get; private set; }

    /// <summary>The next line without its end, or none.</summary>
    public string? Next()
    {
        Line++;
        if (at >= text.Length)
        {
            return null;
        }

        var end = text.IndexOf('\n', at);
        end = end < 0 ? text.Length : end;
        var line = text.AsSpan(at, end - at).TrimEnd('\r').ToString();
        at = end + 1;
        return line;
    }
}
