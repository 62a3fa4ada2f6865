using System.Globalization;

namespace Warehouse.Domain.Gs1;

/// <summary>
/// Makes the EPC bits of a tag (Tag Data Standard 2.x, section 14): for the simulator, and for whoever writes tags. Every
/// method throws <see cref="ArgumentException"/> naming the part that does not fit.
/// </summary>
public static class EpcEncoder
{
    /// <summary>Largest serial number of SGTIN-96 and GRAI-96: 38 bits.</summary>
    public const long MaxSerial = (1L << 38) - 1;

    /// <summary>An item.</summary>
    /// <param name="filter">0 to 7, see <see cref="Epc.Sgtin"/>.</param>
    /// <param name="companyPrefix">6 to 12 digits.</param>
    /// <param name="itemReference">Indicator digit and item reference: with the prefix 13 digits.</param>
    /// <param name="serial">0 to <see cref="MaxSerial"/>.</param>
    public static byte[] Sgtin96(int filter, string companyPrefix, string itemReference, long serial)
    {
        var bits = Begun(0x30, filter, 12);
        EpcPartition.Sgtin.Write(bits, companyPrefix, itemReference);
        return bits.Put(Checked(serial), 38).Bytes;
    }

    /// <summary>An item with a serial of up to 20 characters; 26 bytes, of which 198 bits count.</summary>
    public static byte[] Sgtin198(int filter, string companyPrefix, string itemReference, string serial)
    {
        if (serial is not { Length: >= 1 and <= EpcText.MaxSerial } || !serial.All(EpcText.IsSerial))
        {
            throw new ArgumentException($"'{serial}' is no serial number of 1 to {EpcText.MaxSerial} of GS1's 82 characters", nameof(serial));
        }

        var bits = Begun(0x36, filter, 26);
        EpcPartition.Sgtin.Write(bits, companyPrefix, itemReference);
        return serial.Aggregate(bits, (written, c) => written.Put(c, 7)).Bytes;
    }

    /// <summary>A logistic unit.</summary>
    /// <param name="filter">0 to 7, see <see cref="Epc.Sscc"/>.</param>
    /// <param name="companyPrefix">6 to 12 digits.</param>
    /// <param name="serialReference">Extension digit and serial reference: with the prefix 17 digits.</param>
    public static byte[] Sscc96(int filter, string companyPrefix, string serialReference)
    {
        var bits = Begun(0x31, filter, 12);
        EpcPartition.Sscc.Write(bits, companyPrefix, serialReference);
        return bits.Bytes;
    }

    /// <summary>A returnable asset.</summary>
    /// <param name="filter">0 to 7.</param>
    /// <param name="companyPrefix">6 to 12 digits.</param>
    /// <param name="assetType">With the prefix 12 digits.</param>
    /// <param name="serial">0 to <see cref="MaxSerial"/>.</param>
    public static byte[] Grai96(int filter, string companyPrefix, string assetType, long serial)
    {
        var bits = Begun(0x33, filter, 12);
        EpcPartition.Grai.Write(bits, companyPrefix, assetType);
        return bits.Put(Checked(serial), 38).Bytes;
    }

    private static BitWriter Begun(byte header, int filter, int bytes) => filter is >= 0 and <= 7
        ? new BitWriter(bytes).Put(header, 8).Put((ulong)filter, 3)
        : throw new ArgumentException($"the filter is 0 to 7, not {filter}", nameof(filter));

    private static ulong Checked(long serial) => serial is >= 0 and <= MaxSerial
        ? (ulong)serial
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"the serial {serial} is not 0 to {MaxSerial}"), nameof(serial));
}
