using System.Net;
using Orleans.Configuration;
using Warehouse.Grains;
using Warehouse.Silo.Settings;
using Warehouse.Silo.Storage;

namespace Warehouse.Silo.Hosting;

/// <summary>Orleans: one silo on this machine, others may join.</summary>
public static class GrainHosting
{
    /// <summary>Adds the silo with its filters and limits. Clustering is on localhost, see docs/how-to/run.md.</summary>
    public static WebApplicationBuilder AddWarehouseGrains(this WebApplicationBuilder builder, WarehouseSettings settings, string snapshots)
    {
        var cluster = settings.Cluster;
        var siloPort = FreePort.From(cluster.SiloPort, "silo", IPAddress.Loopback);
        var gatewayPort = FreePort.From(cluster.GatewayPort, "gateway", IPAddress.Loopback, taken: siloPort);
        builder.Services.AddSingleton(settings.Calls);
        builder.UseOrleans(silo =>
        {
            var primary = cluster.PrimaryPort == 0 ? null : new IPEndPoint(IPAddress.Loopback, cluster.PrimaryPort);
            silo.UseLocalhostClustering(siloPort, gatewayPort, primary, cluster.ServiceId, cluster.ClusterId);
            silo.AddSqliteSnapshots(snapshots);
            silo.AddWarehouseCalls(TimeSpan.FromMinutes(cluster.IdleMinutes));
        });
        return builder;
    }

    /// <summary>What every silo of the house has: call filters and idle collection.</summary>
    public static ISiloBuilder AddWarehouseCalls(this ISiloBuilder silo, TimeSpan idle)
    {
        silo.AddIncomingGrainCallFilter<TraceFilter>();
        silo.AddIncomingGrainCallFilter<LimitFilter>();
        silo.AddActivityPropagation();
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = idle);
        return silo;
    }
}
