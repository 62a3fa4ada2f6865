using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Warehouse.OpcUa.Security;

/// <summary>
/// An application's own certificate (Part 6, 6.2.2): made at first start with the application's URI and its host's names in
/// it, and kept in a folder that only its user may read.
/// </summary>
public static class ApplicationCertificate
{
    private const string FileName = "own.pfx";

    /// <summary>Years that a new one is good for.</summary>
    private const int Years = 10;

    /// <summary>Loads the certificate of a folder, or makes it.</summary>
    public static X509Certificate2 LoadOrCreate(string folder, string applicationUri, string commonName, TimeProvider clock)
    {
        var file = Path.Combine(folder, FileName);
        if (File.Exists(file))
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, null, X509KeyStorageFlags.Exportable);
        }

        Directory.CreateDirectory(folder);
        var made = Create(applicationUri, commonName, clock.GetUtcNow());
        var temporary = file + ".new";
        using (var stream = new FileStream(temporary, PrivateFile()))
        {
            stream.Write(made.Export(X509ContentType.Pfx));
        }

        File.Move(temporary, file);
        File.WriteAllBytes(Path.Combine(folder, "own.der"), made.RawData);
        return made;
    }

    /// <summary>Makes one: RSA of 2,048 bits, signed by itself with SHA-256.</summary>
    public static X509Certificate2 Create(string applicationUri, string commonName, DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={commonName}, O=WarehouseOrleans", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(applicationUri));
        names.AddDnsName("localhost");
        if (!string.Equals(Dns.GetHostName(), "localhost", StringComparison.OrdinalIgnoreCase))
        {
            names.AddDnsName(Dns.GetHostName());
        }

        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment
            | X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
            new X509SubjectKeyIdentifierExtension(request.PublicKey, false)));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
    }

    private static FileStreamOptions PrivateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
