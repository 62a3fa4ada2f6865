namespace Warehouse.Domain.Gs1;

/// <summary>Reads fields of bits from the left, as the Tag Data Standard numbers them. Past the end everything is zero.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bits read so far.</summary>
    public int Position { get; private set; }

    /// <summary>True when every bit that is left is zero.</summary>
    public readonly bool RestIsZero
    {
        get
        {
            var rest = this;
            while (rest.Position < _bytes.Length * 8)
            {
                if (rest.Next(1) != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The next bits, at most 64, as a number.</summary>
    public ulong Next(int bits)
    {
        var value = 0UL;
        for (var i = 0; i < bits; i++, Position++)
        {
            var at = Position / 8;
            var bit = at < _bytes.Length ? (_bytes[at] >> (7 - (Position % 8))) & 1 : 0;
            value = (value << 1) | (uint)bit;
        }

        return value;
    }
}

/// <summary>Writes fields of bits from the left.</summary>
internal sealed class BitWriter(int bytes)
{
    private readonly byte[] _bytes = new byte[bytes];
    private int _position;

    /// <summary>What was written; the rest is zero.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Writes a number in so many bits.</summary>
    public BitWriter Put(ulong value, int bits)
    {
        for (var i = bits - 1; i >= 0; i--, _position++)
        {
            if (((value >> i) & 1) != 0)
            {
                _bytes[_position / 8] |= (byte)(0x80 >> (_position % 8));
            }
        }

        return this;
    }
}
