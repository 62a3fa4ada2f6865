using System.Buffers.Binary;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Channels;

/// <summary>A message whose last chunk has come.</summary>
internal readonly record struct ReceivedMessage(MessageType Type, uint RequestId, ReadOnlyMemory<byte> Body, OpcUaException? Aborted);

/// <summary>
/// One side of a secure channel once it is open (Part 6, 6.7): cuts messages into chunks, signs and encrypts them, and on
/// receiving checks token, signature and sequence before anything is decoded. Sending and receiving are each one at a time.
/// </summary>
internal sealed class SecureConversation(SecurityPolicy policy, MessageSecurityMode mode, ChannelLimits own, TimeProvider clock) : IDisposable
{
    private const int PrefixLength = 16;
    private const int SequenceLength = 8;

    /// <summary>After this number counting begins again below 1,024 (Part 6, 6.7.2.4).</summary>
    private const uint LastBeforeWrap = uint.MaxValue - 1024;

    private readonly Lock _gate = new();
    private readonly List<SecurityToken> _tokens = [];
    private readonly MemoryStream _message = new();
    private Hello _other = new(0, ChannelLimits.SmallestBuffer, ChannelLimits.SmallestBuffer, 0, 0);
    private SecurityToken? _sendingToken;
    private uint _sent;
    private uint? _received;
    private uint _requestId;
    private int _chunks;

    public SecurityPolicy Policy => policy;

    public MessageSecurityMode Mode => mode;

    public uint ChannelId { get; set; }

    /// <summary>What the other side said it takes.</summary>
    public void Agree(Hello other) => _other = other;

    public uint NextSequenceNumber() => _sent = _sent >= LastBeforeWrap ? 1 : _sent + 1;

    /// <summary>Takes a sequence number that must follow the last one.</summary>
    public void CheckSequence(uint number)
    {
        var follows = _received is not { } last || number == unchecked(last + 1) || (last >= LastBeforeWrap && number < 1024);
        _received = follows ? number : throw new OpcUaException(StatusCodes.BadSecurityChecksFailed, "a sequence number is out of turn");
    }

    /// <summary>
    /// Takes a new token. The side that asked for it sends under it at once, the side that granted it when the first message
    /// under it has come; older ones are taken until they expire.
    /// </summary>
    public void Add(SecurityToken token, bool sendAtOnce)
    {
        lock (_gate)
        {
            _tokens.Add(token);
            _sendingToken = sendAtOnce || _sendingToken is null ? token : _sendingToken;
            while (_tokens.Count > 2)
            {
                if (_tokens[0] != _sendingToken)
                {
                    _tokens[0].Dispose();
                }

                _tokens.RemoveAt(0);
            }
        }
    }

    /// <summary>The chunks of a message, ready to be sent.</summary>
    public IEnumerable<byte[]> Seal(MessageType type, uint requestId, ReadOnlyMemory<byte> body)
    {
        if (_other.MaxMessageSize != 0 && body.Length > _other.MaxMessageSize)
        {
            throw new OpcUaException(StatusCodes.BadRequestTooLarge, $"{body.Length} bytes, the other side takes {_other.MaxMessageSize}");
        }

        var room = Room((int)Math.Min(_other.ReceiveBufferSize, (uint)own.BufferSize));
        var chunks = Math.Max(1, (body.Length + room - 1) / room);
        if (_other.MaxChunkCount != 0 && chunks > _other.MaxChunkCount)
        {
            throw new OpcUaException(StatusCodes.BadRequestTooLarge, $"{chunks} chunks, the other side takes {_other.MaxChunkCount}");
        }

        var result = new byte[chunks][];
        for (var i = 0; i < chunks; i++)
        {
            var part = body.Span.Slice(i * room, Math.Min(room, body.Length - (i * room)));
            result[i] = Seal(type, i == chunks - 1 ? Chunks.Final : Chunks.Intermediate, requestId, part);
        }

        return result;
    }

    /// <summary>Takes a chunk; gives the message when it was its last one. Decrypts in place.</summary>
    public ReceivedMessage? Open(byte[] chunk)
    {
        var type = Chunks.TypeOf(chunk);
        if (chunk.Length < PrefixLength + SequenceLength || BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(8)) != ChannelId)
        {
            throw new OpcUaException(StatusCodes.BadTcpSecureChannelUnknown);
        }

        var body = Unlock(chunk, TokenOf(BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(12))));
        CheckSequence(BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(PrefixLength)));
        var requestId = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(PrefixLength + 4));
        if (chunk[3] == Chunks.Abort)
        {
            Forget();
            return new(type, requestId, default, Chunks.ReadError(body));
        }

        if (chunk[3] == Chunks.Final && _chunks == 0)
        {
            return new(type, requestId, body, null);
        }

        Gather(requestId, body);
        if (chunk[3] == Chunks.Intermediate)
        {
            return null;
        }

        var whole = _message.ToArray();
        Forget();
        return new(type, requestId, whole, null);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _tokens.ForEach(token => token.Dispose());
            _tokens.Clear();
        }

        _message.Dispose();
    }

    private void Gather(uint requestId, ReadOnlyMemory<byte> body)
    {
        if (_chunks > 0 && requestId != _requestId)
        {
            throw new OpcUaException(StatusCodes.BadSecurityChecksFailed, "a message begins within another");
        }

        (_requestId, _chunks) = (requestId, _chunks + 1);
        if (_chunks > own.MaxChunkCount || _message.Length + body.Length > own.MaxMessageSize)
        {
            throw new OpcUaException(StatusCodes.BadTcpMessageTooLarge, "a message is larger than agreed");
        }

        _message.Write(body.Span);
    }

    private void Forget()
    {
        _chunks = 0;
        _message.SetLength(0);
        _message.Capacity = Math.Min(_message.Capacity, own.BufferSize);
    }

    private SecurityToken TokenOf(uint id)
    {
        lock (_gate)
        {
            var token = _tokens.Find(one => one.Id == id);
            if (token is null || clock.GetUtcNow().UtcDateTime > token.Expires)
            {
                throw new OpcUaException(StatusCodes.BadSecureChannelTokenUnknown);
            }

            // The other side has the newest token when it uses it.
            _sendingToken = token == _tokens[^1] ? token : _sendingToken;
            return token;
        }
    }

    private ReadOnlyMemory<byte> Unlock(byte[] chunk, SecurityToken token)
    {
        var end = chunk.Length;
        if (mode is not MessageSecurityMode.None)
        {
            if (mode is MessageSecurityMode.SignAndEncrypt)
            {
                if ((chunk.Length - PrefixLength) % SecurityPolicy.BlockLength != 0)
                {
                    throw new OpcUaException(StatusCodes.BadSecurityChecksFailed);
                }

                token.Receiving!.Decrypt(chunk.AsSpan(PrefixLength));
            }

            end -= SecurityPolicy.SignatureLength;
            if (end < PrefixLength + SequenceLength || !token.Receiving!.Verify(chunk.AsSpan(0, end), chunk.AsSpan(end)))
            {
                throw new OpcUaException(StatusCodes.BadSecurityChecksFailed);
            }

            end -= mode is MessageSecurityMode.SignAndEncrypt ? chunk[end - 1] + 1 : 0;
        }

        return end >= PrefixLength + SequenceLength ? chunk.AsMemory(PrefixLength + SequenceLength, end - PrefixLength - SequenceLength)
            : throw new OpcUaException(StatusCodes.BadSecurityChecksFailed);
    }

    /// <summary>Bytes of a message that a chunk of this size carries.</summary>
    private int Room(int size) => mode switch
    {
        MessageSecurityMode.SignAndEncrypt =>
            ((size - PrefixLength) / SecurityPolicy.BlockLength * SecurityPolicy.BlockLength) - SequenceLength - 1 - SecurityPolicy.SignatureLength,
        MessageSecurityMode.Sign => size - PrefixLength - SequenceLength - SecurityPolicy.SignatureLength,
        _ => size - PrefixLength - SequenceLength,
    };

    private byte[] Seal(MessageType type, byte goesOn, uint requestId, ReadOnlySpan<byte> body)
    {
        SecurityToken token;
        lock (_gate)
        {
            token = _sendingToken ?? throw new OpcUaException(StatusCodes.BadSecureChannelClosed);
        }

        var padding = 0;
        var size = PrefixLength + SequenceLength + body.Length;
        if (mode is MessageSecurityMode.SignAndEncrypt)
        {
            var used = SequenceLength + body.Length + 1 + SecurityPolicy.SignatureLength;
            padding = (SecurityPolicy.BlockLength - (used % SecurityPolicy.BlockLength)) % SecurityPolicy.BlockLength;
            size += padding + 1;
        }

        size += mode is MessageSecurityMode.None ? 0 : SecurityPolicy.SignatureLength;
        var chunk = new byte[size];
        Chunks.WriteHeader(chunk, type, goesOn, size);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(8), ChannelId);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(12), token.Id);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(PrefixLength), NextSequenceNumber());
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(PrefixLength + 4), requestId);
        body.CopyTo(chunk.AsSpan(PrefixLength + SequenceLength));
        if (mode is MessageSecurityMode.None)
        {
            return chunk;
        }

        var signatureFrom = size - SecurityPolicy.SignatureLength;
        if (mode is MessageSecurityMode.SignAndEncrypt)
        {
            chunk.AsSpan(signatureFrom - padding - 1, padding + 1).Fill((byte)padding);
        }

        token.Sending!.Sign(chunk.AsSpan(0, signatureFrom), chunk.AsSpan(signatureFrom));
        if (mode is MessageSecurityMode.SignAndEncrypt)
        {
            token.Sending.Encrypt(chunk.AsSpan(PrefixLength));
        }

        return chunk;
    }
}
