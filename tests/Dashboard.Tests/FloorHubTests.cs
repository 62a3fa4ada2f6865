using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Warehouse.Dashboard.Board;
using Warehouse.Dashboard.Hubs;

namespace Warehouse.Dashboard.Tests;

/// <summary>The hub sends a snapshot, then numbered changes that fit one on the other.</summary>
[Collection(OneHouse.Name)]
public sealed class FloorHubTests(HouseFixture house)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_viewer_gets_a_snapshot_and_then_changes_that_follow_on_its_number()
    {
        var news = Channel.CreateUnbounded<object>();
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(house.Url, FloorHub.Path)).Build();
        hub.On<FloorSnapshot>(nameof(IFloorClient.Snapshot), snapshot => news.Writer.TryWrite(snapshot));
        hub.On<FloorDelta>(nameof(IFloorClient.Delta), delta => news.Writer.TryWrite(delta));

        await hub.StartAsync();
        var floor = Assert.IsType<FloorSnapshot>(await Next(news));
        for (var changes = 0; changes < 3; changes++)
        {
            floor = floor.After(Assert.IsType<FloorDelta>(await Next(news)));
        }

        Assert.Equal(["MAIN", "NORTH"], floor.Maps.Select(map => map.Warehouse));
        Assert.NotEmpty(floor.Vehicles);
    }

    private static async Task<object> Next(Channel<object> news) => await news.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
