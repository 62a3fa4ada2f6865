using System.Security.Cryptography;

namespace Warehouse.OpcUa.Security;

/// <summary>The keys that one side signs and encrypts with under one token (Part 6, 6.7.5).</summary>
internal sealed class SymmetricKeys : IDisposable
{
    private readonly byte[] _signing;
    private readonly byte[] _vector;
    private readonly Aes _aes;

    /// <param name="policy">The algorithms.</param>
    /// <param name="secret">The other side's nonce.</param>
    /// <param name="seed">The nonce of the side that signs with these keys.</param>
    public SymmetricKeys(SecurityPolicy policy, byte[] secret, byte[] seed)
    {
        var bytes = Derive(secret, seed, SecurityPolicy.SignatureLength + policy.EncryptionKeyLength + SecurityPolicy.BlockLength);
        _signing = bytes[..SecurityPolicy.SignatureLength];
        _vector = bytes[^SecurityPolicy.BlockLength..];
        _aes = Aes.Create();
        _aes.Key = bytes[SecurityPolicy.SignatureLength..^SecurityPolicy.BlockLength];
    }

    /// <summary>P_SHA256 of RFC 5246, section 5: HMAC chained until there are bytes enough.</summary>
    public static byte[] Derive(byte[] secret, byte[] seed, int length)
    {
        var result = new byte[length];
        var a = HMACSHA256.HashData(secret, seed);
        for (var at = 0; at < length; at += a.Length)
        {
            var next = HMACSHA256.HashData(secret, (byte[])[.. a, .. seed]);
            next.AsSpan(0, Math.Min(next.Length, length - at)).CopyTo(result.AsSpan(at));
            a = HMACSHA256.HashData(secret, a);
        }

        return result;
    }

    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature) => HMACSHA256.HashData(_signing, data, signature);

    /// <summary>Whether the signature is right; takes as long whatever is wrong with it.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> wanted = stackalloc byte[SecurityPolicy.SignatureLength];
        HMACSHA256.HashData(_signing, data, wanted);
        return CryptographicOperations.FixedTimeEquals(wanted, signature);
    }

    public void Encrypt(Span<byte> blocks)
    {
        lock (_aes)
        {
            _aes.EncryptCbc(blocks, _vector, blocks, PaddingMode.None);
        }
    }

    public void Decrypt(Span<byte> blocks)
    {
        lock (_aes)
        {
            _aes.DecryptCbc(blocks, _vector, blocks, PaddingMode.None);
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_signing);
        _aes.Dispose();
    }
}
