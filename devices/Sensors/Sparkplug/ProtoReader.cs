using System.Buffers.Binary;

namespace Warehouse.Devices.Sensors.Sparkplug;

/// <summary>
/// Reads fields of a protocol buffers message in place (wire format: a varint key of field number and wire type, then a
/// varint, 8 bytes, a length and so many bytes, or 4 bytes). It copies nothing and believes no length.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The value of the present field when it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>The value of the present field when it is bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>True when the present field is bytes.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>The number of the next field; 0 at the end.</summary>
    /// <exception cref="FormatException">It is no such message.</exception>
    public int Next()
    {
        if (_rest.IsEmpty)
        {
            return 0;
        }

        var key = Varint();
        var field = key >> 3;
        if (field is 0 or > int.MaxValue)
        {
            throw new FormatException("no protocol buffers message: a field's number");
        }

        IsBytes = (key & 7) == 2;
        Bytes = default;
        Number = 0;
        switch (key & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                Bytes = Take(Varint());
                break;
            case 5:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new FormatException("no protocol buffers message: a wire type");
        }

        return (int)field;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw new FormatException("no protocol buffers message: it ends too early");
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("no protocol buffers message: a number of more than 64 bits");
    }
}
