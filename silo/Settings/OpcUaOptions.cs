using System.Net;

namespace Warehouse.Silo.Settings;

/// <summary>OPC UA: the server of the virtual cranes, and the folder of certificates.</summary>
public sealed record OpcUaOptions
{
    /// <summary>Address of the virtual cranes' server. Default 127.0.0.1; there anybody may look, elsewhere only who is trusted.</summary>
    public string Bind { get; init; } = "127.0.0.1";

    /// <summary>Its port; when taken, the next free one. Default 4840.</summary>
    public int Port { get; init; } = 4840;

    /// <summary>Folder of our certificates and of those that we trust. Empty: <c>opcua</c> in the data folder.</summary>
    public string Folder { get; init; } = "";

    internal void Check(Breaches breaches)
    {
        breaches.Between("Warehouse:OpcUa:Port", Port, 1, 65_535);
        breaches.Unless(IPAddress.TryParse(Bind, out _), "Warehouse:OpcUa:Bind", $"'{Bind}' is not an IP address");
    }
}
