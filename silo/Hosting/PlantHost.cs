using Warehouse.Journal;
using Warehouse.Simulation.Plant;

namespace Warehouse.Silo.Hosting;

/// <summary>Lets the virtual machines live as long as the process. They wake up where the journal last saw them.</summary>
public sealed class PlantHost(VirtualPlant plant, PlantRecall recall, IServiceProvider house) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (house.GetService<IJournalStore>() is { } store)
        {
            await recall.Follow(store, house.GetRequiredService<JournalCodec>());
        }

        plant.Recall(recall);
        await plant.Start();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken) => await plant.DisposeAsync();
}
