using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>The versions of the protocol that a link can speak.</summary>
public enum MqttVersion
{
    /// <summary>MQTT 5.0.</summary>
    V5,
    /// <summary>MQTT 3.1.1: no reason strings, and the broker alone says how long it keeps a session and how much it sends unacknowledged.</summary>
    V311,
}

/// <summary>How a link makes sure whom it speaks with, and proves who it is. Files are PEM.</summary>
public sealed record MqttTls
{
    /// <summary>Certificates that are trusted instead of the system's; empty trusts the system's.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>The name that the broker's certificate must carry; empty is the host's.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>Our own certificate, where the broker asks for one; empty shows none.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>The own certificate's private key.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>The certificates that are trusted; null for the system's. A file that holds none throws.</summary>
    internal X509Certificate2Collection? Trusted() => CaFile.Length == 0 ? null : PemFiles.Certificates(CaFile);

    /// <summary>The own certificate with its key; null when none is shown.</summary>
    internal X509Certificate2? Own() => CertificateFile.Length == 0 ? null : PemFiles.WithKey(CertificateFile, KeyFile);
}

/// <summary>Certificates as files; what is wrong with one is told by its name.</summary>
internal static class PemFiles
{
    /// <summary>All certificates of a file.</summary>
    public static X509Certificate2Collection Certificates(string file)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(file);
        }
        catch (Exception broken) when (broken is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file}: {broken.Message}", broken);
        }

        return found.Count > 0 ? found : throw new InvalidDataException($"{file} holds no certificate");
    }

    /// <summary>A certificate with its private key.</summary>
    public static X509Certificate2 WithKey(string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception broken) when (broken is IOException or CryptographicException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidDataException($"{certificate} with {key}: {broken.Message}", broken);
        }
    }
}
