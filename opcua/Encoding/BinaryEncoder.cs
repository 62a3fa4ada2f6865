using System.Buffers;
using System.Buffers.Binary;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Encoding;

/// <summary>Writes OPC UA Binary (Part 6, 5.2) into a buffer that grows. Give the buffer back with <see cref="Dispose"/>.</summary>
public sealed partial class BinaryEncoder(TypeTable? types = null) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>The structures that are known by definition; null for none.</summary>
    internal TypeTable? Types => types;

    /// <summary>Writes a Boolean.</summary>
    public void WriteBoolean(bool value) => Take(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Writes an SByte.</summary>
    public void WriteSByte(sbyte value) => Take(1)[0] = unchecked((byte)value);

    /// <summary>Writes a Byte.</summary>
    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Writes an Int16.</summary>
    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Take(2), value);

    /// <summary>Writes a UInt16.</summary>
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    /// <summary>Writes an Int32.</summary>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    /// <summary>Writes a UInt32.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    /// <summary>Writes an Int64.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    /// <summary>Writes a UInt64.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    /// <summary>Writes a Float.</summary>
    public void WriteFloat(float value) => BinaryPrimitives.WriteSingleLittleEndian(Take(4), value);

    /// <summary>Writes a Double.</summary>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    /// <summary>Writes a String.</summary>
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
            return;
        }

        var length = System.Text.Encoding.UTF8.GetByteCount(value);
        WriteInt32(length);
        System.Text.Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>Writes a DateTime; the ends of what we can say are written as the ends of what OPC UA can (5.2.2.5).</summary>
    public void WriteDateTime(DateTime value) =>
        WriteInt64(value <= BinaryDecoder.OpcEpoch ? 0 : value == DateTime.MaxValue ? long.MaxValue : value.Ticks - BinaryDecoder.OpcEpoch.Ticks);

    /// <summary>Writes a Guid.</summary>
    public void WriteGuid(Guid value) => value.TryWriteBytes(Take(16));

    /// <summary>Writes a ByteString.</summary>
    public void WriteByteString(byte[]? value)
    {
        WriteInt32(value?.Length ?? -1);
        WriteRaw(value);
    }

    /// <summary>Writes a StatusCode.</summary>
    public void WriteStatusCode(StatusCode value) => WriteUInt32(value.Code);

    /// <summary>Writes bytes as they are.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    /// <summary>Writes the length of what <paramref name="write"/> writes, and then that.</summary>
    internal void WriteLengthAnd(Action write)
    {
        var at = Length;
        WriteInt32(0);
        write();
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(at), Length - at - 4);
    }

    /// <summary>Room for so many bytes; valid until the next write.</summary>
    internal Span<byte> Take(int count)
    {
        if (count > _buffer.Length - Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + count));
            _buffer.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var taken = _buffer.AsSpan(Length, count);
        Length += count;
        return taken;
    }
}
