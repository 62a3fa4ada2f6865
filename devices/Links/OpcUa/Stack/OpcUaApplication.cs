using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Security;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>
/// Who we are to others, and whom we trust: a folder with our own certificate, made when it is first needed, and with the
/// certificates of others in <c>trusted</c> and <c>rejected</c>. A stranger's lands in <c>rejected</c>; to trust it, move it over.
/// </summary>
public sealed class OpcUaApplication
{
    private readonly Lazy<X509Certificate2> _certificate;
    private readonly Lazy<TrustList> _trust;

    /// <summary>An application of a folder; nothing is written before it is needed.</summary>
    /// <param name="folder">Its own, readable by nobody else.</param>
    /// <param name="name">Its name for people; it stands in the certificate.</param>
    /// <param name="clock">The real clock.</param>
    public OpcUaApplication(string folder, string name, TimeProvider clock)
    {
        (Name, Uri) = (name, $"urn:localhost:WarehouseOrleans:{name}");
        _certificate = new(() => ApplicationCertificate.LoadOrCreate(folder, Uri, name, clock));
        _trust = new(() => new TrustList(folder, clock));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>ApplicationUri (Part 4, 7.2); the same as in the certificate.</summary>
    public string Uri { get; }

    internal X509Certificate2 Certificate => _certificate.Value;

    internal TrustList Trust => _trust.Value;

    /// <summary>Trusts another application, as moving its certificate to <c>trusted</c> does.</summary>
    public void TrustPeer(OpcUaApplication other) => Trust.Trust(other.Certificate);
}
