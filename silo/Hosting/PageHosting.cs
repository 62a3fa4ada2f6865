using Warehouse.Dashboard.Board;
using Warehouse.Dashboard.Hubs;
using Warehouse.Dashboard.Pages;
using Warehouse.Journal;
using Warehouse.Silo.Settings;

namespace Warehouse.Silo.Hosting;

/// <summary>The live page: board, hub, and Blazor pages.</summary>
public static class PageHosting
{
    /// <summary>What of the demonstration's data is real, for the page and the log.</summary>
    public const string SampleNote =
        "Orders, SKUs, quantities and prices are real: UCI Online Retail (CC BY 4.0), squeezed into ten hours. Names, addresses, payment "
        + "references, mass, size, stock, floor and machines are made by seeded scripts. 订单、商品、数量与价格为真实数据；姓名、地址、质量、尺寸、库存与设备由脚本生成。";

    /// <summary>Adds the board, which follows the journal from its beginning, and the hub that shows it.</summary>
    public static IServiceCollection AddWarehouseBoard(this IServiceCollection services, int speed, string note)
    {
        services.AddSingleton(house => new FloorBoard(house.GetRequiredKeyedService<TimeProvider>(JournalHosting.WarehouseClock), speed, note));
        services.AddSingleton<BoardFeed>();
        services.AddSiloLife(
            "board", SiloLife.BeforeGrains + 1, house => house.GetRequiredService<BoardFeed>().Start(), house => house.GetRequiredService<BoardFeed>().Stop());
        services.AddSignalR();
        services.AddSingleton<FloorBroadcast>();
        services.AddHostedService(house => house.GetRequiredService<FloorBroadcast>());
        services.AddSingleton<IFloorSource, LocalFloor>();
        return services;
    }

    /// <summary>Adds the floor of another process, for a page of its own.</summary>
    public static IServiceCollection AddWarehouseRemoteFloor(this IServiceCollection services, ApiOptions api)
    {
        services.AddSingleton(_ => new RemoteFloor(new Uri(api.Upstream), api.Key, TimeProvider.System));
        services.AddSingleton<IFloorSource>(house => house.GetRequiredService<RemoteFloor>());
        services.AddHostedService(house => house.GetRequiredService<RemoteFloor>());
        return services;
    }

    /// <summary>Adds what the pages need.</summary>
    public static IServiceCollection AddWarehousePage(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        return services;
    }

    /// <summary>Serves the page and its files.</summary>
    public static void MapWarehousePage(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    /// <summary>Brings the feed to the board.</summary>
    public sealed class BoardFeed(FeedReader feed, FloorBoard board)
    {
        private FeedSubscription? _subscription;

        /// <summary>Begins at the journal's first row: the board is nothing but a view of it.</summary>
        public Task Start()
        {
            _subscription = feed.Subscribe(0, entries =>
            {
                foreach (var (row, append) in entries)
                {
                    board.Apply(row.Position, row.Stream, append.At, append.Events);
                }

                return ValueTask.CompletedTask;
            });
            return Task.CompletedTask;
        }

        /// <summary>Ends.</summary>
        public Task Stop() => _subscription?.Stop() ?? Task.CompletedTask;
    }
}
