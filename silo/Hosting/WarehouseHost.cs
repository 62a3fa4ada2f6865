using System.Net;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;
using Warehouse.Silo.Api;
using Warehouse.Silo.Demo;
using Warehouse.Silo.Settings;
using Warehouse.Silo.Storage;
using Warehouse.Simulation;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Hosting;

/// <summary>The house as one process: its parts put together as the settings say. Stop the application, then dispose this.</summary>
public sealed class WarehouseHost : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _closing = [];

    private WarehouseHost(WarehouseSettings settings, WebApplication app, string url) => (Settings, App, Url) = (settings, app, url);

    /// <summary>What it was built from.</summary>
    public WarehouseSettings Settings { get; }

    /// <summary>The application, not started.</summary>
    public WebApplication App { get; }

    /// <summary>Where the page and the API are.</summary>
    public string Url { get; }

    /// <summary>
    /// Builds the house. The data folder is taken, the journal opened (the floor's time goes on from its end), ports are
    /// looked for and the broker listens; nothing else runs before the application is started.
    /// </summary>
    public static async Task<WarehouseHost> Build(WarehouseSettings settings, Action<WebApplicationBuilder>? adjust = null)
    {
        var closing = new List<IAsyncDisposable>();
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(WarehouseHost).Assembly.GetName().Name });
            builder.WebHost.UseStaticWebAssets();
            Quieten(builder.Logging);
            var url = Listen(builder, settings.Api);
            var files = SampleFiles.Read(name => new StreamReader(Path.Combine(settings.Demo.Folder, name)));
            var embedded = await BrokerHosting.Start(settings, closing);
            if (embedded is not null)
            {
                builder.Services.AddSingleton(embedded);
            }

            Func<string, MqttLinkOptions> mqtt = side => BrokerHosting.LinkOf(settings.Mqtt.Link(), embedded, side);
            builder.Services.AddSingleton(house => new OpcUaWires(
                settings, house.GetRequiredService<ILoggerFactory>().CreateLogger("Warehouse.OpcUa")));
            if (settings.Process.Runs("silo"))
            {
                await AddSilo(builder, settings, files, mqtt("silo"), url, closing);
            }
            else if (settings.Process.Runs("page"))
            {
                builder.Services.AddWarehouseRemoteFloor(settings.Api);
            }

            if (settings.Process.Runs("plant") || settings.Process.Runs("cranes"))
            {
                await AddPlant(builder, settings, files, settings.Process.Runs("plant") ? mqtt("plant") : null);
            }

            builder.Services.AddWarehousePage();
            builder.Services.AddWarehouseApi();
            adjust?.Invoke(builder);
            var app = builder.Build();
            app.MapWarehouse(settings);
            var host = new WarehouseHost(settings, app, url);
            host._closing.AddRange(closing);
            return host;
        }
        catch
        {
            await Close(closing);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Close(_closing);
    }

    private static async Task AddSilo(
        WebApplicationBuilder builder, WarehouseSettings settings, SampleFiles files, MqttLinkOptions mqtt, string url, List<IAsyncDisposable> closing)
    {
        var hold = DataFolderHold.Take(settings.Data.Folder);
        hold.Say([url]);
        closing.Add(new Closing(hold));
        var store = new SqliteJournalStore(new SqliteJournalOptions { Path = Path.Combine(hold.Folder, "journal.db") });
        closing.Add(new Closing(store));
        var end = await JournalEnd.Find(store, new JournalCodec(NounTable.All.Names));
        var clock = new ScaledTimeProvider(TimeProvider.System, settings.Demo.Speed, FloorStart(settings, files, end));
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(files);
        builder.Services.AddWarehouseJournal(store, clock, "house");
        builder.AddWarehouseGrains(settings, Path.Combine(hold.Folder, "snapshots.db"));
        builder.Services.AddWarehouseBoard(settings.Demo.Speed, PageHosting.SampleNote);
        builder.Services.AddWarehouseSessions(
            [.. files.Floor], mqtt, "house", DeviceHosting.Adapters(settings.Devices),
            settings.Devices.Folder.Length > 0 ? Path.GetFullPath(settings.Devices.Folder) : Path.Combine(hold.Folder, "devices"));
        builder.Services.AddWarehouseIntake();
        builder.Services.AddWarehouseDemo();
    }

    /// <summary>A plant without the silo asks it for the time on the floor and for its vehicles' places, and waits until it answers.</summary>
    private static async Task AddPlant(WebApplicationBuilder builder, WarehouseSettings settings, SampleFiles files, MqttLinkOptions? mqtt)
    {
        FleetSeen? seen = null;
        if (!settings.Process.Runs("silo"))
        {
            Console.WriteLine($"plant: asking {settings.Api.Upstream} where the floor is");
            seen = await FleetSeen.Ask(settings.Api, TimeProvider.System);
            var clock = new ScaledTimeProvider(TimeProvider.System, settings.Demo.Speed, seen.Time.ToDateTimeOffset());
            builder.Services.AddKeyedSingleton<TimeProvider>(JournalHosting.WarehouseClock, clock);
        }

        builder.Services.AddWarehousePlant(files, mqtt, settings.Process, seen);
    }

    /// <summary>The floor's time goes on where the journal ended; a new floor opens with the sample's first order.</summary>
    private static DateTimeOffset FloorStart(WarehouseSettings settings, SampleFiles files, JournalEnd end)
    {
        var opening = settings.Demo.Orders ? files.Orders.Min(row => row.PlacedAt) : Moment.Of(DateTimeOffset.UtcNow);
        return (end.At > opening ? end.At : opening).ToDateTimeOffset();
    }

    private static string Listen(WebApplicationBuilder builder, ApiOptions api)
    {
        var address = api.Bind == "localhost" ? IPAddress.Loopback : IPAddress.Parse(api.Bind);
        var port = api.Port == 0 ? 0 : FreePort.From(api.Port, "page and API", address, api.PortsToTry);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, port);
            kestrel.Limits.MaxRequestBodySize = api.MaxOrderBytes;
            kestrel.AddServerHeader = false;
        });
        return $"http://{(api.IsLoopback ? "localhost" : api.Bind)}:{port}";
    }

    /// <summary>The console belongs to the floor: of the platform only what somebody should act on.</summary>
    private static void Quieten(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Orleans", LogLevel.Warning)
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
        .AddFilter("Polly", LogLevel.Warning)
        .AddSimpleConsole(console => console.SingleLine = true);

    private static async Task Close(List<IAsyncDisposable> parts)
    {
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            await parts[i].DisposeAsync();
        }

        parts.Clear();
    }

    private sealed class Closing(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
