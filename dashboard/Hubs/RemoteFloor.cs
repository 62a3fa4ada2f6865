using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Hosting;
using Warehouse.Dashboard.Board;

namespace Warehouse.Dashboard.Hubs;

/// <summary>The floor of another process, followed through its hub: what a page of its own process shows.</summary>
public sealed class RemoteFloor(Uri upstream, string key, TimeProvider time) : BackgroundService, IFloorSource
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private volatile FloorSnapshot? _now;

    /// <inheritdoc/>
    public event Action? Ticked;

    /// <inheritdoc/>
    public FloorSnapshot? Now => _now;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var closed = new TaskCompletionSource();
            await using var hub = new HubConnectionBuilder()
                .WithUrl(new Uri(upstream, FloorHub.Path), options => options.Headers["X-Api-Key"] = key)
                .Build();
            hub.On<FloorSnapshot>(nameof(IFloorClient.Snapshot), Take);
            hub.On<FloorDelta>(nameof(IFloorClient.Delta), delta => Take(_now?.After(delta)));
            hub.Closed += _ => Task.FromResult(closed.TrySetResult());
            try
            {
                await hub.StartAsync(stoppingToken);
                await closed.Task.WaitAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException
                or InvalidOperationException or TimeoutException or HubException or WebSocketException or OperationCanceledException
                && !stoppingToken.IsCancellationRequested)
            {
                // The silo is not there yet, or not any more: the page keeps showing what it knows.
            }

            await Task.Delay(Again, time, stoppingToken);
        }
    }

    private void Take(FloorSnapshot? floor)
    {
        _now = floor;
        Ticked?.Invoke();
    }
}
