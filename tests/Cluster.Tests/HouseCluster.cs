using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Warehouse.Contracts;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Grains;
using Warehouse.Journal;
using Warehouse.Silo.Hosting;

namespace Warehouse.Cluster.Tests;

/// <summary>Two silos with everything that decides, over a journal that the test holds; no machines.</summary>
public sealed class HouseCluster : IAsyncDisposable
{
    private HouseCluster(InProcessTestCluster cluster) => Cluster = cluster;

    public InProcessTestCluster Cluster { get; }

    public IClusterClient Client => Cluster.Client;

    public static async Task<HouseCluster> Start(MemoryJournalStore store, MemorySnapshots snapshots, string name = "one")
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ClusterId = name;
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddWarehouseJournal(store, TimeProvider.System, $"{name}-{options.SiloName}");
            silo.Services.AddSingleton<ISnapshots>(snapshots);
            silo.Services.AddSingleton(new CallLimits());
            silo.AddWarehouseCalls(TimeSpan.FromMinutes(10));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new HouseCluster(cluster);
    }

    public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();

    /// <summary>Puts units of a SKU on the shelf of MAIN.</summary>
    public Task<Answer> Receive(string sku, int units) => Stock(sku).Execute(Envelope.From("receipt-1", new StockCommand.Receive(
        "receipt-1", WarehouseId.Parse("MAIN"), Sku.Parse(sku), LotId.Parse("L1"), Domain.Totes.Lpn.Parse($"T-{sku}"),
        Domain.Cranes.AisleId.Parse("MAIN/A01"), units)));

    public IStockGrain Stock(string sku) => Client.GetGrain<IStockGrain>($"MAIN/{sku}");

    /// <summary>Deactivates every grain of both silos and waits until that is done.</summary>
    public Task Forget() => Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
}
