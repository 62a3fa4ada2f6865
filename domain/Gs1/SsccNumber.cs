using System.Globalization;
using Warehouse.Domain.Shipping;

namespace Warehouse.Domain.Gs1;

/// <summary>
/// Makes serial shipping container codes: one extension digit, the GS1 company prefix, a serial that fills up to 17
/// digits, and the check digit. Whoever counts the serial keeps it unique.
/// </summary>
public static class SsccNumber
{
    /// <summary>Digits of an SSCC, check digit included.</summary>
    public const int Length = 18;

    /// <summary>The code of a serial number.</summary>
    /// <param name="extension">0 to 9, free to choose.</param>
    /// <param name="companyPrefix">The GS1 company prefix: 4 to 12 digits.</param>
    /// <param name="serial">From 0; must fit the digits that the prefix leaves.</param>
    /// <exception cref="ArgumentException">A part does not fit; the text says which.</exception>
    public static Sscc Of(int extension, string companyPrefix, long serial)
    {
        ArgumentNullException.ThrowIfNull(companyPrefix);
        if (extension is < 0 or > 9)
        {
            throw new ArgumentException($"the extension digit is 0 to 9, not {extension}", nameof(extension));
        }

        if (companyPrefix.Length is < 4 or > 12 || companyPrefix.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException($"'{companyPrefix}' is not a company prefix of 4 to 12 digits", nameof(companyPrefix));
        }

        var width = Length - 2 - companyPrefix.Length;
        var number = serial.ToString(CultureInfo.InvariantCulture);
        if (serial < 0 || number.Length > width)
        {
            throw new ArgumentException($"the serial {serial} does not fit {width} digits", nameof(serial));
        }

        var digits = $"{extension}{companyPrefix}{number.PadLeft(width, '0')}";
        return new Sscc(digits + CheckDigit.Of(digits));
    }

    /// <summary>True when <paramref name="text"/> has 18 digits and a right check digit.</summary>
    public static bool IsValid(string? text) => text is { Length: Length } && CheckDigit.Fits(text);
}
