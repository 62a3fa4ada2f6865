using System.Globalization;

namespace Warehouse.Domain.Gs1;

/// <summary>
/// Reads a tag's EPC memory (Tag Data Standard 2.x, section 14). It never fails: what is not a whole and sound code of a
/// scheme known here (SGTIN-96, SGTIN-198, SSCC-96, GRAI-96, SGTIN+, SSCC+) is raw, so that two tags are never taken for one.
/// </summary>
public static class EpcDecoder
{
    /// <summary>Most bytes that a tag's EPC memory has: 31 words.</summary>
    public const int MaxBytes = 62;

    private const string Base64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>Bits that so many decimal digits take in the encodings with a plus.</summary>
    private static readonly int[] IntegerBits = [0, 4, 7, 10, 14, 17, 20, 24, 27, 30, 34, 37, 40, 44, 47, 50, 54, 57, 60, 64, 67];

    /// <summary>What the tag says.</summary>
    /// <param name="epc">Its EPC bits, from the header on; at most <see cref="MaxBytes"/>, what is longer is cut.</param>
    /// <param name="protocolControl">Its PC word, when the reader gave one: how many words are its EPC, and whether it is GS1's at all.</param>
    public static Epc Decode(ReadOnlySpan<byte> epc, ushort? protocolControl = null)
    {
        var bytes = epc[..Math.Min(epc.Length, MaxBytes)];
        if (protocolControl is { } pc)
        {
            bytes = bytes[..Math.Min(bytes.Length, (pc >> 11) * 2)];
            if ((pc & 0x100) != 0)
            {
                return new Epc.Raw(bytes.Length * 8, Convert.ToHexString(bytes), (byte)(pc & 0xFF));
            }
        }

        Epc? decoded = bytes.IsEmpty ? null : bytes[0] switch
        {
            0x30 => Sgtin96(bytes),
            0x31 => Sscc96(bytes),
            0x33 => Grai96(bytes),
            0x36 => Sgtin198(bytes),
            0xF7 => SgtinPlus(bytes),
            0xF9 => SsccPlus(bytes),
            _ => null,
        };
        return decoded ?? new Epc.Raw(bytes.Length * 8, Convert.ToHexString(bytes));
    }

    private static Epc.Sgtin? Sgtin96(ReadOnlySpan<byte> bytes)
    {
        var bits = new BitReader(bytes);
        if (bytes.Length != 12 || Item(ref bits) is not var (filter, prefix, gtin))
        {
            return null;
        }

        var serial = bits.Next(38).ToString(CultureInfo.InvariantCulture);
        return new Epc.Sgtin("sgtin-96", filter, prefix, gtin, serial);
    }

    private static Epc.Sgtin? Sgtin198(ReadOnlySpan<byte> bytes)
    {
        var bits = new BitReader(bytes);
        if (bytes.Length is < 25 or > 26 || Item(ref bits) is not var (filter, prefix, gtin))
        {
            return null;
        }

        var serial = "";
        while (serial.Length < EpcText.MaxSerial && bits.Next(7) is not 0 and var code)
        {
            serial += (char)code;
        }

        return serial.Length > 0 && serial.All(EpcText.IsSerial) && bits.RestIsZero
            ? new Epc.Sgtin("sgtin-198", filter, prefix, gtin, serial)
            : null;
    }

    private static Epc.Sscc? Sscc96(ReadOnlySpan<byte> bytes)
    {
        var bits = new BitReader(bytes);
        bits.Next(8);
        var filter = (int)bits.Next(3);
        if (bytes.Length != 12 || EpcPartition.Sscc.Read(ref bits) is not var (prefix, reference) || !bits.RestIsZero)
        {
            return null;
        }

        var digits = $"{reference[0]}{prefix}{reference.AsSpan(1)}";
        return new Epc.Sscc("sscc-96", filter, prefix, digits + CheckDigit.Of(digits));
    }

    private static Epc.Grai? Grai96(ReadOnlySpan<byte> bytes)
    {
        var bits = new BitReader(bytes);
        bits.Next(8);
        var filter = (int)bits.Next(3);
        return bytes.Length == 12 && EpcPartition.Grai.Read(ref bits) is var (prefix, type)
            ? new Epc.Grai(filter, prefix, type, (long)bits.Next(38))
            : null;
    }

    private static Epc.Sgtin? SgtinPlus(ReadOnlySpan<byte> bytes)
    {
        var bits = new BitReader(bytes);
        bits.Next(9);
        var filter = (int)bits.Next(3);
        var gtin = Decimal(ref bits, 14);
        return CheckDigit.Fits(gtin) && PlusSerial(ref bits) is { } serial && bits.Position <= bytes.Length * 8
            ? new Epc.Sgtin("sgtin+", filter, null, gtin, serial)
            : null;
    }

    private static Epc.Sscc? SsccPlus(ReadOnlySpan<byte> bytes)
    {
        var bits = new BitReader(bytes);
        bits.Next(9);
        var filter = (int)bits.Next(3);
        var sscc = Decimal(ref bits, SsccNumber.Length);
        return CheckDigit.Fits(sscc) && bits.Position <= bytes.Length * 8 ? new Epc.Sscc("sscc+", filter, null, sscc) : null;
    }

    private static (int Filter, string Prefix, string Gtin)? Item(ref BitReader bits)
    {
        bits.Next(8);
        var filter = (int)bits.Next(3);
        if (EpcPartition.Sgtin.Read(ref bits) is not var (prefix, reference))
        {
            return null;
        }

        var digits = $"{reference[0]}{prefix}{reference.AsSpan(1)}";
        return (filter, prefix, digits + CheckDigit.Of(digits));
    }

    private static string Decimal(ref BitReader bits, int digits)
    {
        Span<char> text = stackalloc char[digits];
        for (var i = 0; i < digits; i++)
        {
            text[i] = (char)('0' + bits.Next(4));
        }

        return text.ToString();
    }

    /// <summary>A serial by its encoding indicator: 0 integer, 1 and 2 hexadecimal, 3 base 64, 4 ASCII. URN code 40 (5) is not read.</summary>
    private static string? PlusSerial(ref BitReader bits)
    {
        var encoding = (int)bits.Next(3);
        var length = (int)bits.Next(5);
        if (length is 0 or > EpcText.MaxSerial || encoding > 4)
        {
            return null;
        }

        if (encoding == 0)
        {
            // Twenty digits need 67 bits; the first three are the top of a number that may not pass 64.
            var high = IntegerBits[length] > 64 ? bits.Next(IntegerBits[length] - 64) : 0;
            var number = ((UInt128)high << 64) + bits.Next(Math.Min(64, IntegerBits[length]));
            var digits = number.ToString(CultureInfo.InvariantCulture);
            return digits.Length <= length ? digits.PadLeft(length, '0') : null;
        }

        var serial = "";
        for (var i = 0; i < length; i++)
        {
            serial += encoding switch
            {
                1 => "0123456789ABCDEF"[(int)bits.Next(4)],
                2 => "0123456789abcdef"[(int)bits.Next(4)],
                3 => Base64Url[(int)bits.Next(6)],
                _ => (char)bits.Next(7),
            };
        }

        return serial.All(EpcText.IsSerial) ? serial : null;
    }
}
