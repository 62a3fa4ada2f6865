using Warehouse.Simulation.Plant;

namespace Warehouse.Silo.Hosting;

/// <summary>Lets the virtual machines live as long as the process.</summary>
public sealed class PlantHost(VirtualPlant plant) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => plant.Start();

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken) => await plant.DisposeAsync();
}
