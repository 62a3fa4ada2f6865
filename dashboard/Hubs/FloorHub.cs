using Microsoft.AspNetCore.SignalR;

namespace Warehouse.Dashboard.Hubs;

/// <summary>The live floor. A viewer only listens; it is sent a snapshot at once and then what changes.</summary>
public sealed class FloorHub(FloorBroadcast broadcast) : Hub<IFloorClient>
{
    /// <summary>Where it is mapped.</summary>
    public const string Path = "/hubs/floor";

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        broadcast.Add(Context.ConnectionId, Context.ConnectionAborted);
        return base.OnConnectedAsync();
    }
}
