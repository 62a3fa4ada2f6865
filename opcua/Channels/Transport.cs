using System.Buffers;
using System.Buffers.Binary;
using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Channels;

/// <summary>The types of message of the connection protocol, as their three letters read (Part 6, 7.1.2.2).</summary>
internal enum MessageType
{
    Hello = 'H' | ('E' << 8) | ('L' << 16), Acknowledge = 'A' | ('C' << 8) | ('K' << 16), Error = 'E' | ('R' << 8) | ('R' << 16),
    ReverseHello = 'R' | ('H' << 8) | ('E' << 16), Open = 'O' | ('P' << 8) | ('N' << 16), Message = 'M' | ('S' << 8) | ('G' << 16),
    Close = 'C' | ('L' << 8) | ('O' << 16),
}

/// <summary>What one side takes at most; each sends what the other takes (Part 6, 7.1.2.3).</summary>
public sealed record ChannelLimits
{
    /// <summary>The smallest buffer that the specification allows.</summary>
    public const int SmallestBuffer = 8192;

    /// <summary>Bytes of a chunk. Default 64 KiB.</summary>
    public int BufferSize { get; init; } = 65_536;

    /// <summary>Bytes of a message. Default 16 MiB.</summary>
    public int MaxMessageSize { get; init; } = 16 << 20;

    /// <summary>Chunks of a message. Default 1,024.</summary>
    public int MaxChunkCount { get; init; } = 1024;

    /// <summary>What is decoded of a message.</summary>
    public DecodingLimits Decoding { get; init; } = DecodingLimits.Default;

    /// <summary>The defaults.</summary>
    public static ChannelLimits Default { get; } = new();
}

/// <summary>Hello and Acknowledge (Part 6, 7.1.2.3 and 7.1.2.4): the numbers are the same, a Hello has the URL after them.</summary>
internal sealed record Hello(uint ProtocolVersion, uint ReceiveBufferSize, uint SendBufferSize, uint MaxMessageSize, uint MaxChunkCount)
{
    public static Hello Of(ChannelLimits limits) =>
        new(0, (uint)limits.BufferSize, (uint)limits.BufferSize, (uint)limits.MaxMessageSize, (uint)limits.MaxChunkCount);

    public byte[] ToChunk(MessageType type, string? endpointUrl = null)
    {
        using var body = new BinaryEncoder();
        Codec<Hello>.Write(body, this);
        if (type == MessageType.Hello)
        {
            body.WriteString(endpointUrl);
        }

        return Chunks.Plain(type, body.Written.Span);
    }

    public static Hello Read(BinaryDecoder from)
    {
        var hello = Codec<Hello>.Read(from);
        return hello.ReceiveBufferSize >= ChannelLimits.SmallestBuffer && hello.SendBufferSize >= ChannelLimits.SmallestBuffer ? hello
            : throw new OpcUaException(StatusCodes.BadConnectionRejected, "a buffer is smaller than 8,192 bytes");
    }
}

/// <summary>Chunks as they stand in the stream: three letters, how the message goes on, size, body (Part 6, 6.7.2.2).</summary>
internal static class Chunks
{
    public const int HeaderLength = 8;
    public const byte Final = (byte)'F', Intermediate = (byte)'C', Abort = (byte)'A';

    /// <summary>
    /// Takes the next whole chunk off the front; null when more bytes are needed. A size past what was agreed is refused
    /// before its bytes are waited for.
    /// </summary>
    public static byte[]? TryTake(ref ReadOnlySequence<byte> stream, int bufferSize)
    {
        if (stream.Length < HeaderLength)
        {
            return null;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        stream.Slice(0, HeaderLength).CopyTo(header);
        if (!Enum.IsDefined(TypeOf(header)) || header[3] is not (Final or Intermediate or Abort))
        {
            throw new OpcUaException(StatusCodes.BadTcpMessageTypeInvalid);
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (size < HeaderLength || size > bufferSize)
        {
            throw new OpcUaException(StatusCodes.BadTcpMessageTooLarge, $"a chunk of {size} bytes");
        }

        if (stream.Length < size)
        {
            return null;
        }

        var chunk = stream.Slice(0, size).ToArray();
        stream = stream.Slice(size);
        return chunk;
    }

    public static MessageType TypeOf(ReadOnlySpan<byte> chunk) => (MessageType)(chunk[0] | (chunk[1] << 8) | (chunk[2] << 16));

    public static void WriteHeader(Span<byte> chunk, MessageType type, byte goesOn, int size)
    {
        var letters = (int)type;
        (chunk[0], chunk[1], chunk[2], chunk[3]) = ((byte)(letters & 0xFF), (byte)((letters >> 8) & 0xFF), (byte)((letters >> 16) & 0xFF), goesOn);
        BinaryPrimitives.WriteInt32LittleEndian(chunk[4..], size);
    }

    public static byte[] Plain(MessageType type, ReadOnlySpan<byte> body)
    {
        var chunk = new byte[HeaderLength + body.Length];
        WriteHeader(chunk, type, Final, chunk.Length);
        body.CopyTo(chunk.AsSpan(HeaderLength));
        return chunk;
    }

    public static byte[] Error(StatusCode status, string reason)
    {
        using var body = new BinaryEncoder();
        body.WriteStatusCode(status);
        body.WriteString(reason);
        return Plain(MessageType.Error, body.Written.Span);
    }

    public static OpcUaException ReadError(ReadOnlyMemory<byte> body)
    {
        var from = new BinaryDecoder(body);
        return new OpcUaException(from.ReadStatusCode(), from.ReadString());
    }
}
