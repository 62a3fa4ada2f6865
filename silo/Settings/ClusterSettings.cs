namespace Warehouse.Silo.Settings;

/// <summary>How the silo finds others. Silos on one machine share a primary's port; each takes ports of its own.</summary>
public sealed record ClusterSettings
{
    /// <summary>Port between silos; when taken, the next free one. Default 11111.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>Port for clients outside; when taken, the next free one. Default 30000.</summary>
    public int GatewayPort { get; init; } = 30_000;

    /// <summary>Silo port of the cluster's first silo on this machine; 0 when this is it. Default 0.</summary>
    public int PrimaryPort { get; init; }

    /// <summary>Names the cluster. Default warehouse.</summary>
    public string ClusterId { get; init; } = "warehouse";

    /// <summary>Names the service; it outlives clusters. Default warehouse.</summary>
    public string ServiceId { get; init; } = "warehouse";

    /// <summary>Minutes without a call after which a grain leaves memory. Default 10, at least 2.</summary>
    public int IdleMinutes { get; init; } = 10;

    internal void Check(Breaches breaches)
    {
        breaches.Between("Warehouse:Cluster:SiloPort", SiloPort, 1_024, 65_535);
        breaches.Between("Warehouse:Cluster:GatewayPort", GatewayPort, 1_024, 65_535);
        breaches.Between("Warehouse:Cluster:PrimaryPort", PrimaryPort, 0, 65_535);
        breaches.Between("Warehouse:Cluster:IdleMinutes", IdleMinutes, 2, 1_440);
        breaches.Unless(ClusterId.Length > 0, "Warehouse:Cluster:ClusterId", "is empty");
        breaches.Unless(ServiceId.Length > 0, "Warehouse:Cluster:ServiceId", "is empty");
    }
}
