using System.Buffers.Binary;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Encoding;

/// <summary>
/// Reads OPC UA Binary (Part 6, 5.2) from one message's bytes. What is malformed throws <see cref="OpcUaException"/> with
/// BadDecodingError, what is past a limit with BadEncodingLimitsExceeded; nothing else is ever thrown.
/// </summary>
public sealed partial class BinaryDecoder(ReadOnlyMemory<byte> message, DecodingLimits? limits = null, TypeTable? types = null)
{
    private readonly DecodingLimits _limits = limits ?? DecodingLimits.Default;
    private int _position;
    private int _nesting;

    /// <summary>Bytes not read yet.</summary>
    public int Remaining => message.Length - _position;

    /// <summary>The structures that are known by definition; null for none.</summary>
    internal TypeTable? Types => types;

    /// <summary>Reads a Boolean: any byte but 0 is true.</summary>
    public bool ReadBoolean() => Take(1)[0] != 0;

    /// <summary>Reads an SByte.</summary>
    public sbyte ReadSByte() => unchecked((sbyte)Take(1)[0]);

    /// <summary>Reads a Byte.</summary>
    public byte ReadByte() => Take(1)[0];

    /// <summary>Reads an Int16.</summary>
    public short ReadInt16() => BinaryPrimitives.ReadInt16LittleEndian(Take(2));

    /// <summary>Reads a UInt16.</summary>
    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>Reads an Int32.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>Reads a UInt32.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Reads an Int64.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>Reads a UInt64.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Reads a Float.</summary>
    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    /// <summary>Reads a Double.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>Reads a String; null is another than empty.</summary>
    public string? ReadString()
    {
        var length = Length(_limits.MaxStringLength, 1);
        return length < 0 ? null : System.Text.Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>Reads a DateTime (5.2.2.5): 100 ns since 1601, in UTC; what lies outside of what we can say is cut to its ends.</summary>
    public DateTime ReadDateTime()
    {
        var ticks = ReadInt64();
        return ticks <= 0 ? DateTime.MinValue
            : ticks >= DateTime.MaxValue.Ticks - OpcEpoch.Ticks ? DateTime.MaxValue
            : new DateTime(OpcEpoch.Ticks + ticks, DateTimeKind.Utc);
    }

    /// <summary>Reads a Guid.</summary>
    public Guid ReadGuid() => new(Take(16));

    /// <summary>Reads a ByteString.</summary>
    public byte[]? ReadByteString()
    {
        var length = Length(_limits.MaxStringLength, 1);
        return length < 0 ? null : Take(length).ToArray();
    }

    /// <summary>Reads a StatusCode.</summary>
    public StatusCode ReadStatusCode() => new(ReadUInt32());

    /// <summary>Reads an array's length: -1 for none, and never more elements than the bytes that are left can hold.</summary>
    /// <param name="smallest">Bytes of the smallest element.</param>
    public int ReadArrayLength(int smallest) => Length(_limits.MaxArrayLength, smallest);

    /// <summary>The bytes not read yet, and none after them.</summary>
    public ReadOnlyMemory<byte> ReadRest()
    {
        var rest = message[_position..];
        _position = message.Length;
        return rest;
    }

    internal static DateTime OpcEpoch { get; } = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    internal void Enter()
    {
        if (++_nesting > _limits.MaxNesting)
        {
            throw new OpcUaException(StatusCodes.BadEncodingLimitsExceeded, "nested too deep");
        }
    }

    internal void Leave() => _nesting--;

    internal static OpcUaException Malformed(string what) => new(StatusCodes.BadDecodingError, what);

    /// <summary>A decoder of the next bytes alone, at the same depth.</summary>
    internal BinaryDecoder Slice(int length)
    {
        if (length < 0 || length > Remaining)
        {
            throw Malformed("a body reaches past the end");
        }

        var inner = new BinaryDecoder(message.Slice(_position, length), _limits, types) { _nesting = _nesting };
        _position += length;
        return inner;
    }

    internal byte Peek() => Remaining > 0 ? message.Span[_position] : throw Malformed("the message ends early");

    private int Length(int most, int smallest)
    {
        var length = ReadInt32();
        if (length < 0)
        {
            return -1;
        }

        if ((long)length * smallest > Remaining)
        {
            throw Malformed("a length reaches past the end");
        }

        return length <= most ? length : throw new OpcUaException(StatusCodes.BadEncodingLimitsExceeded, $"{length} is longer than {most}");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > message.Length - _position)
        {
            throw Malformed("the message ends early");
        }

        var taken = message.Span.Slice(_position, count);
        _position += count;
        return taken;
    }
}
