using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Channels;

/// <summary>What stands before an OpenSecureChannel message (Part 6, 6.7.2.3).</summary>
internal sealed record AsymmetricHeader(string? SecurityPolicyUri, byte[]? SenderCertificate, byte[]? ReceiverCertificateThumbprint);

/// <summary>An opened OpenSecureChannel chunk.</summary>
internal sealed record OpenedChunk(uint ChannelId, AsymmetricHeader Header, uint SequenceNumber, uint RequestId, ReadOnlyMemory<byte> Body);

/// <summary>OpenSecureChannel chunks: signed with the sender's key and encrypted with the receiver's, in either mode (Part 6, 6.7.4).</summary>
internal static class AsymmetricChunks
{
    private const int SequenceHeaderLength = 8;

    /// <summary>Longest certificate chain that is looked at.</summary>
    private const int LongestCertificate = 16_384;

    public static byte[] Seal(
        SecurityPolicy policy, X509Certificate2? own, X509Certificate2? other, uint channelId, uint sequenceNumber, uint requestId, ReadOnlySpan<byte> body)
    {
        using var chunk = new BinaryEncoder();
        chunk.WriteRaw(stackalloc byte[Chunks.HeaderLength]);
        chunk.WriteUInt32(channelId);
        Codec<AsymmetricHeader>.Write(chunk, policy.IsNone
            ? new(policy.Uri, null, null) : new(policy.Uri, own!.RawData, SHA1Of(other!)));
        var plainFrom = chunk.Length;
        chunk.WriteUInt32(sequenceNumber);
        chunk.WriteUInt32(requestId);
        chunk.WriteRaw(body);
        if (policy.IsNone)
        {
            var bare = chunk.Written.ToArray();
            Chunks.WriteHeader(bare, MessageType.Open, Chunks.Final, bare.Length);
            return bare;
        }

        using var signingKey = own!.GetRSAPrivateKey()!;
        using var encryptingKey = other!.GetRSAPublicKey()!;
        var block = policy.PlainBlock(encryptingKey);
        var signatureLength = signingKey.KeySize / 8;
        var wide = encryptingKey.KeySize > 2048;
        var used = chunk.Length - plainFrom + (wide ? 2 : 1) + signatureLength;
        var padding = (block - (used % block)) % block;
        chunk.WriteByte((byte)(padding & 0xFF));
        chunk.Take(padding).Fill((byte)(padding & 0xFF));
        if (wide)
        {
            chunk.WriteByte((byte)(padding >> 8));
        }

        var plainLength = chunk.Length - plainFrom + signatureLength;
        var size = plainFrom + (plainLength / block * (encryptingKey.KeySize / 8));
        var clear = chunk.Written.ToArray();
        Chunks.WriteHeader(clear, MessageType.Open, Chunks.Final, size);
        byte[] plain = [.. clear.AsSpan(plainFrom), .. policy.Sign(signingKey, clear)];
        return [.. clear.AsSpan(0, plainFrom), .. policy.Encrypt(encryptingKey, plain)];
    }

    /// <summary>Reads the header alone: the server learns from it which policy and whose certificate it is.</summary>
    public static AsymmetricHeader ReadHeader(ReadOnlyMemory<byte> chunk, out uint channelId, out int length)
    {
        var from = new BinaryDecoder(chunk[Chunks.HeaderLength..], new DecodingLimits { MaxStringLength = LongestCertificate });
        channelId = from.ReadUInt32();
        var header = Codec<AsymmetricHeader>.Read(from);
        length = chunk.Length - from.Remaining;
        return header;
    }

    public static OpenedChunk Open(SecurityPolicy policy, X509Certificate2? own, X509Certificate2? other, byte[] chunk)
    {
        if (chunk[3] != Chunks.Final)
        {
            throw new OpcUaException(StatusCodes.BadTcpMessageTypeInvalid, "an OpenSecureChannel message is one chunk");
        }

        var header = ReadHeader(chunk, out var channelId, out var plainFrom);
        if (header.SecurityPolicyUri != policy.Uri)
        {
            throw new OpcUaException(StatusCodes.BadSecurityPolicyRejected);
        }

        var clear = chunk;
        var end = chunk.Length;
        if (!policy.IsNone)
        {
            if (!CryptographicOperations.FixedTimeEquals(header.ReceiverCertificateThumbprint ?? [], SHA1Of(own!)))
            {
                throw new OpcUaException(StatusCodes.BadCertificateInvalid, "the message is for another certificate");
            }

            (clear, end) = Decrypt(policy, own!, other!, chunk, plainFrom);
        }

        if (end - plainFrom < SequenceHeaderLength)
        {
            throw Refused();
        }

        var sequence = BinaryPrimitives.ReadUInt32LittleEndian(clear.AsSpan(plainFrom));
        var request = BinaryPrimitives.ReadUInt32LittleEndian(clear.AsSpan(plainFrom + 4));
        return new(channelId, header, sequence, request, clear.AsMemory(plainFrom + SequenceHeaderLength, end - plainFrom - SequenceHeaderLength));
    }

    private static (byte[] Clear, int End) Decrypt(SecurityPolicy policy, X509Certificate2 own, X509Certificate2 other, byte[] chunk, int plainFrom)
    {
        using var decryptingKey = own.GetRSAPrivateKey()!;
        using var verifyingKey = other.GetRSAPublicKey() ?? throw Refused();
        var plain = policy.Decrypt(decryptingKey, chunk.AsSpan(plainFrom)) ?? throw Refused();
        byte[] clear = [.. chunk.AsSpan(0, plainFrom), .. plain];
        var signatureFrom = clear.Length - (verifyingKey.KeySize / 8);
        if (signatureFrom <= plainFrom || !policy.Verify(verifyingKey, clear.AsSpan(0, signatureFrom), clear.AsSpan(signatureFrom)))
        {
            throw Refused();
        }

        var wide = decryptingKey.KeySize > 2048;
        var padding = wide
            ? (clear[signatureFrom - 1] << 8) | clear[signatureFrom - 2]
            : clear[signatureFrom - 1];
        return (clear, signatureFrom - padding - (wide ? 2 : 1));
    }

    /// <summary>Thumbprints are SHA-1 by the specification: they find a certificate, they do not vouch for it.</summary>
    private static byte[] SHA1Of(X509Certificate2 certificate) => certificate.GetCertHash();

    /// <summary>One answer to whatever was wrong, so that it teaches nothing.</summary>
    private static OpcUaException Refused() => new(StatusCodes.BadSecurityChecksFailed);
}
