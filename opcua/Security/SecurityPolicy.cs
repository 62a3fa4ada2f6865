using System.Security.Cryptography;

namespace Warehouse.OpcUa.Security;

/// <summary>A set of algorithms under one URI (Part 7, security category; Part 6, 6.1).</summary>
public sealed class SecurityPolicy
{
    private const string Prefix = "http://opcfoundation.org/UA/SecurityPolicy#";

    private SecurityPolicy(string name) => (Name, Uri) = (name, Prefix + name);

    /// <summary>No signature, no secret.</summary>
    public static SecurityPolicy None { get; } = new("None");

    /// <summary>RSA with SHA-256 (PKCS 1), OAEP with SHA-1, AES-256.</summary>
    public static SecurityPolicy Basic256Sha256 { get; } = new("Basic256Sha256")
    {
        SignaturePadding = RSASignaturePadding.Pkcs1, EncryptionPadding = RSAEncryptionPadding.OaepSHA1, EncryptionKeyLength = 32,
        SignatureUri = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", EncryptionUri = "http://www.w3.org/2001/04/xmlenc#rsa-oaep", Level = 30,
    };

    /// <summary>RSA with SHA-256 (PKCS 1), OAEP with SHA-1, AES-128.</summary>
    public static SecurityPolicy Aes128Sha256RsaOaep { get; } = new("Aes128_Sha256_RsaOaep")
    {
        SignaturePadding = RSASignaturePadding.Pkcs1, EncryptionPadding = RSAEncryptionPadding.OaepSHA1, EncryptionKeyLength = 16,
        SignatureUri = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", EncryptionUri = "http://www.w3.org/2001/04/xmlenc#rsa-oaep", Level = 20,
    };

    /// <summary>RSA with SHA-256 (PSS), OAEP with SHA-256, AES-256.</summary>
    public static SecurityPolicy Aes256Sha256RsaPss { get; } = new("Aes256_Sha256_RsaPss")
    {
        SignaturePadding = RSASignaturePadding.Pss, EncryptionPadding = RSAEncryptionPadding.OaepSHA256, EncryptionKeyLength = 32,
        SignatureUri = "http://opcfoundation.org/UA/security/rsa-pss-sha2-256",
        EncryptionUri = "http://opcfoundation.org/UA/security/rsa-oaep-sha2-256", Level = 40,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SecurityPolicy> All { get; } = [None, Basic256Sha256, Aes128Sha256RsaOaep, Aes256Sha256RsaPss];

    /// <summary>Its short name.</summary>
    public string Name { get; }

    /// <summary>Its URI.</summary>
    public string Uri { get; }

    /// <summary>URI of its asymmetric signature algorithm; null for None.</summary>
    public string? SignatureUri { get; private init; }

    /// <summary>URI of its asymmetric encryption algorithm; null for None.</summary>
    public string? EncryptionUri { get; private init; }

    /// <summary>Whether it protects nothing.</summary>
    public bool IsNone => SignatureUri is null;

    /// <summary>Bytes of a signature key and of a symmetric signature, HMAC-SHA256.</summary>
    internal const int SignatureLength = 32;

    /// <summary>Bytes of an AES block.</summary>
    internal const int BlockLength = 16;

    /// <summary>Bytes of a channel's nonce.</summary>
    internal const int NonceLength = 32;

    /// <summary>Bits of the smallest RSA key it takes.</summary>
    internal const int SmallestKeyBits = 2048;

    /// <summary>Bits of the largest RSA key it takes.</summary>
    internal const int LargestKeyBits = 4096;

    internal int EncryptionKeyLength { get; private init; }

    /// <summary>How good it is, for the SecurityLevel of endpoints.</summary>
    internal byte Level { get; private init; }

    private RSASignaturePadding? SignaturePadding { get; init; }

    private RSAEncryptionPadding? EncryptionPadding { get; init; }

    /// <summary>The policy of a URI; null when it is none of ours.</summary>
    public static SecurityPolicy? Of(string? uri) => All.FirstOrDefault(policy => policy.Uri == uri);

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal byte[] Sign(RSA key, ReadOnlySpan<byte> data) => key.SignData(data, HashAlgorithmName.SHA256, SignaturePadding!);

    internal bool Verify(RSA key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        key.VerifyData(data, signature, HashAlgorithmName.SHA256, SignaturePadding!);

    /// <summary>Bytes that one RSA block carries.</summary>
    internal int PlainBlock(RSA key) => (key.KeySize / 8) - (EncryptionPadding == RSAEncryptionPadding.OaepSHA256 ? 66 : 42);

    /// <summary>Encrypts whole blocks.</summary>
    internal byte[] Encrypt(RSA key, ReadOnlySpan<byte> plain)
    {
        var block = PlainBlock(key);
        var cipher = new byte[(plain.Length + block - 1) / block * (key.KeySize / 8)];
        var written = 0;
        for (var at = 0; at < plain.Length; at += block)
        {
            written += key.Encrypt(plain.Slice(at, Math.Min(block, plain.Length - at)), cipher.AsSpan(written), EncryptionPadding!);
        }

        return cipher;
    }

    /// <summary>Decrypts whole blocks; null when any is not one of ours.</summary>
    internal byte[]? Decrypt(RSA key, ReadOnlySpan<byte> cipher)
    {
        var block = key.KeySize / 8;
        if (cipher.Length == 0 || cipher.Length % block != 0)
        {
            return null;
        }

        var plain = new byte[cipher.Length];
        var written = 0;
        try
        {
            for (var at = 0; at < cipher.Length; at += block)
            {
                written += key.Decrypt(cipher.Slice(at, block), plain.AsSpan(written), EncryptionPadding!);
            }
        }
        catch (CryptographicException)
        {
            return null;
        }

        return plain[..written];
    }
}
