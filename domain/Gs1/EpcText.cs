using System.Globalization;
using System.Text;

namespace Warehouse.Domain.Gs1;

/// <summary>The characters of serial numbers (Tag Data Standard, annex A: the GS1 AI encodable character set 82).</summary>
internal static class EpcText
{
    /// <summary>Longest serial number.</summary>
    public const int MaxSerial = 20;

    private const string InUris = "!'()*+,-.:;=_";
    private const string EscapedInUris = "\"%&/<>?";

    /// <summary>True for one of the 82.</summary>
    public static bool IsSerial(char c) => char.IsAsciiLetterOrDigit(c) || InUris.Contains(c) || EscapedInUris.Contains(c);

    /// <summary>As it stands in EPC URIs.</summary>
    public static string Escaped(string serial)
    {
        var text = new StringBuilder(serial.Length);
        foreach (var c in serial)
        {
            _ = EscapedInUris.Contains(c) ? text.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : text.Append(c);
        }

        return text.ToString();
    }
}
