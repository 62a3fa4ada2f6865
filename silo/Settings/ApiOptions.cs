using System.Net;

namespace Warehouse.Silo.Settings;

/// <summary>The HTTP door. It opens on loopback without a key; anywhere else only with one.</summary>
public sealed record ApiOptions
{
    /// <summary>Address to listen on. Default 127.0.0.1; any other than loopback needs <see cref="Key"/>.</summary>
    public string Bind { get; init; } = "127.0.0.1";

    /// <summary>Port; when taken, the next free one of <see cref="PortsToTry"/>. Default 5080; 0 lets the system choose.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>How many ports are tried, from <see cref="Port"/> up. Default 20.</summary>
    public int PortsToTry { get; init; } = 20;

    /// <summary>What callers must send as <c>X-Api-Key</c> (the page as <c>?key=</c>, once); empty asks for none.</summary>
    public string Key { get; init; } = "";

    /// <summary>Largest body of one order or receipt, in bytes. Default 256 KiB.</summary>
    public int MaxOrderBytes { get; init; } = 256 * 1024;

    /// <summary>Largest CSV of orders, in bytes. Default 64 MiB.</summary>
    public int MaxCsvBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>For a page or plant of its own process: the silo, for example http://silo:5080; it is asked with <see cref="Key"/>.</summary>
    public string Upstream { get; init; } = "";

    /// <summary>True when only this machine can reach the door.</summary>
    public bool IsLoopback => Bind == "localhost" || (IPAddress.TryParse(Bind, out var address) && IPAddress.IsLoopback(address));

    internal void Check(Breaches breaches)
    {
        breaches.Between("Warehouse:Api:Port", Port, 0, 65_535);
        breaches.Between("Warehouse:Api:PortsToTry", PortsToTry, 1, 1_000);
        breaches.Between("Warehouse:Api:MaxOrderBytes", MaxOrderBytes, 1_024, 16 * 1024 * 1024);
        breaches.Between("Warehouse:Api:MaxCsvBytes", MaxCsvBytes, 1_024, 1024 * 1024 * 1024);
        breaches.Unless(Bind == "localhost" || IPAddress.TryParse(Bind, out _), "Warehouse:Api:Bind", $"'{Bind}' is not an IP address");
        breaches.Unless(IsLoopback || Key.Length >= 16, "Warehouse:Api:Key", $"must have at least 16 characters when bound to {Bind}: no anonymous door outside loopback");
        breaches.Unless(Upstream.Length == 0 || Uri.TryCreate(Upstream, UriKind.Absolute, out _), "Warehouse:Api:Upstream", $"'{Upstream}' is not a URL");
    }
}
