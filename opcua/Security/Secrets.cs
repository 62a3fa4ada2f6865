using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Warehouse.OpcUa.Security;

/// <summary>Passwords as they travel: length, password, the server's last nonce, all encrypted for the server (Part 4, 7.41.2.2).</summary>
internal static class Secrets
{
    /// <summary>Longest password taken.</summary>
    private const int Longest = 1024;

    public static byte[] Encrypt(SecurityPolicy policy, X509Certificate2 server, string password, byte[] nonce)
    {
        var secret = System.Text.Encoding.UTF8.GetBytes(password);
        var plain = new byte[4 + secret.Length + nonce.Length];
        BinaryPrimitives.WriteInt32LittleEndian(plain, secret.Length + nonce.Length);
        secret.CopyTo(plain, 4);
        nonce.CopyTo(plain, 4 + secret.Length);
        using var key = server.GetRSAPublicKey()!;
        var cipher = policy.Encrypt(key, plain);
        CryptographicOperations.ZeroMemory(plain);
        CryptographicOperations.ZeroMemory(secret);
        return cipher;
    }

    /// <summary>The password; null when it was not encrypted for us with this nonce.</summary>
    public static string? Decrypt(SecurityPolicy policy, X509Certificate2 own, byte[]? cipher, byte[] nonce)
    {
        using var key = own.GetRSAPrivateKey()!;
        var plain = cipher is null ? null : policy.Decrypt(key, cipher);
        if (plain is null || plain.Length < 4 + nonce.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(plain);
        var secret = length - nonce.Length;
        if (length > plain.Length - 4 || secret is < 0 or > Longest
            || !CryptographicOperations.FixedTimeEquals(plain.AsSpan(4 + secret, nonce.Length), nonce))
        {
            return null;
        }

        return System.Text.Encoding.UTF8.GetString(plain, 4, secret);
    }
}
