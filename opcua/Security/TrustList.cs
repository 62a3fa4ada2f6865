using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Security;

/// <summary>
/// Whose certificates are taken (Part 4, 6.1.3): those that lie in the folder <c>trusted</c> as .der files. A stranger's is
/// refused and laid into <c>rejected</c>, from where a person moves it when it is the right one. One list for each site.
/// </summary>
public sealed class TrustList(string folder, TimeProvider clock)
{
    /// <summary>Rejected certificates kept; more are refused without being kept.</summary>
    private const int MostRejected = 64;

    private const string UriName = "2.5.29.17";

    private readonly Lock _gate = new();

    /// <summary>Path of the folder of trusted certificates.</summary>
    public string Trusted { get; } = Folder(folder, "trusted");

    /// <summary>Path of the folder of rejected certificates.</summary>
    public string Rejected { get; } = Folder(folder, "rejected");

    /// <summary>Puts a certificate onto the list.</summary>
    public void Trust(X509Certificate2 certificate) => File.WriteAllBytes(FileOf(Trusted, certificate), certificate.RawData);

    /// <summary>Good, or why the certificate is not taken. The URI is the one that its application gave; null when it gave none yet.</summary>
    public StatusCode Check(X509Certificate2 certificate, string? applicationUri)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        using var key = KeyOf(certificate);
        if (key is null || key.KeySize is < SecurityPolicy.SmallestKeyBits or > SecurityPolicy.LargestKeyBits)
        {
            return StatusCodes.BadCertificateInvalid;
        }

        lock (_gate)
        {
            var file = FileOf(Trusted, certificate);
            if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(certificate.RawData))
            {
                Keep(certificate);
                return StatusCodes.BadCertificateUntrusted;
            }
        }

        return now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime() ? StatusCodes.BadCertificateTimeInvalid
            : applicationUri is not null && UriOf(certificate) != applicationUri ? StatusCodes.BadCertificateUriInvalid
            : StatusCodes.Good;
    }

    /// <summary>The application's URI in a certificate; null when it has none.</summary>
    public static string? UriOf(X509Certificate2 certificate)
    {
        if (certificate.Extensions[UriName] is not { } names)
        {
            return null;
        }

        try
        {
            var reader = new AsnReader(names.RawData, AsnEncodingRules.DER).ReadSequence();
            while (reader.HasData)
            {
                var tag = reader.PeekTag();
                if (tag is { TagClass: TagClass.ContextSpecific, TagValue: 6 })
                {
                    return reader.ReadCharacterString(UniversalTagNumber.IA5String, tag);
                }

                reader.ReadEncodedValue();
            }
        }
        catch (AsnContentException)
        {
            return null;
        }

        return null;
    }

    /// <summary>The key of a certificate; null when it has none of RSA, or one that cannot be read.</summary>
    private static RSA? KeyOf(X509Certificate2 certificate)
    {
        try
        {
            return certificate.GetRSAPublicKey();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private void Keep(X509Certificate2 certificate)
    {
        if (Directory.EnumerateFiles(Rejected).Count() < MostRejected)
        {
            File.WriteAllBytes(FileOf(Rejected, certificate), certificate.RawData);
        }
    }

    private static string FileOf(string folder, X509Certificate2 certificate) => Path.Combine(folder, certificate.Thumbprint + ".der");

    private static string Folder(string folder, string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
}
