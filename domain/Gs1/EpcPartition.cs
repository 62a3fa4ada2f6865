using System.Globalization;

namespace Warehouse.Domain.Gs1;

/// <summary>
/// How a tag divides its bits between company prefix and reference (Tag Data Standard, tables of section 14): the
/// partition says how long the prefix is, and the reference has the digits that are left.
/// </summary>
/// <param name="referenceBits">Bits of the reference, by partition 0 to 6.</param>
/// <param name="referenceDigits">Its digits at partition 0; each further partition has one more.</param>
internal sealed class EpcPartition(int[] referenceBits, int referenceDigits)
{
    private static readonly int[] PrefixBits = [40, 37, 34, 30, 27, 24, 20];

    /// <summary>Trade items: indicator and item reference.</summary>
    public static readonly EpcPartition Sgtin = new([4, 7, 10, 14, 17, 20, 24], 1);

    /// <summary>Logistic units: extension digit and serial reference.</summary>
    public static readonly EpcPartition Sscc = new([18, 21, 24, 28, 31, 34, 38], 5);

    /// <summary>Returnable assets: asset type.</summary>
    public static readonly EpcPartition Grai = new([4, 7, 10, 14, 17, 20, 24], 0);

    /// <summary>Reads partition, prefix and reference; null when a number has more digits than its place.</summary>
    public (string Prefix, string Reference)? Read(ref BitReader bits)
    {
        var partition = (int)bits.Next(3);
        if (partition > 6)
        {
            return null;
        }

        var prefix = Digits(bits.Next(PrefixBits[partition]), 12 - partition);
        var reference = Digits(bits.Next(referenceBits[partition]), referenceDigits + partition);
        return prefix is null || reference is null ? null : (prefix, reference);
    }

    /// <summary>Writes them.</summary>
    /// <exception cref="ArgumentException">Prefix or reference do not have the digits that belong together.</exception>
    public void Write(BitWriter bits, string prefix, string reference)
    {
        var partition = 12 - prefix.Length;
        if (partition is < 0 or > 6 || prefix.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException($"'{prefix}' is no company prefix of 6 to 12 digits", nameof(prefix));
        }

        if (reference.Length != referenceDigits + partition || reference.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException($"'{reference}' has to have {referenceDigits + partition} digits", nameof(reference));
        }

        bits.Put((ulong)partition, 3).Put(Number(prefix), PrefixBits[partition]).Put(Number(reference), referenceBits[partition]);
    }

    private static ulong Number(string digits) =>
        digits.Length == 0 ? 0 : ulong.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string? Digits(ulong value, int width)
    {
        var text = value == 0 && width == 0 ? "" : value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
        return text.Length == width ? text : null;
    }
}
