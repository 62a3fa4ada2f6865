namespace Warehouse.Domain.Gs1;

/// <summary>
/// The GS1 check digit (General Specifications, section 7.9): digits are weighted 3, 1, 3, ... from the right, and the
/// check digit completes their sum to a multiple of ten. One rule for GTIN, SSCC and GLN.
/// </summary>
public static class CheckDigit
{
    /// <summary>The check digit of <paramref name="digits"/>, which do not hold it yet.</summary>
    /// <exception cref="FormatException">A character is not 0 to 9.</exception>
    public static char Of(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var fromRight = 0; fromRight < digits.Length; fromRight++)
        {
            var digit = digits[digits.Length - 1 - fromRight];
            if (!char.IsAsciiDigit(digit))
            {
                throw new FormatException($"'{digits}' holds something else than digits");
            }

            sum += (digit - '0') * (fromRight % 2 == 0 ? 3 : 1);
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>True when all of <paramref name="text"/> are digits and the last is the check digit of the others.</summary>
    public static bool Fits(ReadOnlySpan<char> text) =>
        text.Length >= 2 && !text.ContainsAnyExceptInRange('0', '9') && Of(text[..^1]) == text[^1];
}
