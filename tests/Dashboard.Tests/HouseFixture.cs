using Microsoft.Extensions.DependencyInjection;
using Warehouse.Dashboard.Board;
using Warehouse.Silo.Hosting;
using Warehouse.Silo.Settings;

namespace Warehouse.Dashboard.Tests;

/// <summary>A whole house on a folder of its own: real broker, virtual plant, HTTP on a free port, time running fast.</summary>
public sealed class HouseFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "house-" + Path.GetRandomFileName());
    private WarehouseHost? _house;

    public Uri Url { get; private set; } = new("http://localhost");

    public HttpClient Http { get; private set; } = new();

    public FloorBoard Board => _house!.App.Services.GetRequiredService<FloorBoard>();

    /// <summary>The samples of the repository, found from the tests' own folder upwards.</summary>
    public static string Samples
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "samples", "floor.json")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder.FullName, "samples");
        }
    }

    /// <summary>Where the virtual cranes are served.</summary>
    public string CranesUrl => _house!.App.Services.GetRequiredService<OpcUaWires>().CranesUrl!;

    public async Task InitializeAsync()
    {
        _house = await WarehouseHost.Build(new WarehouseSettings
        {
            Data = new DataOptions { Folder = _folder },
            Api = new ApiOptions { Port = 0 },
            Mqtt = new MqttOptions { Port = 21_883 },
            Cluster = new ClusterSettings { SiloPort = 21_111, GatewayPort = 31_000 },
            Demo = new DemoOptions { Samples = Samples, MaxInvoices = 8, Speed = 120, ProgressSeconds = 0, FurtherOrdersPerHour = 0 },
        });
        await _house.App.StartAsync();
        Url = new Uri(_house.App.Urls.First());
        Http = new HttpClient { BaseAddress = Url };
        await Until(board => board.Snapshot().Maps.Length == 2, "both floors are open");
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _house!.App.StopAsync();
        await _house.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Waits for the board to show something, woken by its changes.</summary>
    public async Task Until(Func<FloorBoard, bool> shows, string what)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (shows(Board))
            {
                seen.TrySetResult();
            }
        }

        Board.Changed += Look;
        Look();
        try
        {
            await seen.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"not seen: {what}; orders {Board.Snapshot().Orders}, journal at {Board.Position}");
        }
        finally
        {
            Board.Changed -= Look;
        }
    }
}

[CollectionDefinition(Name)]
public sealed class OneHouse : ICollectionFixture<HouseFixture>
{
    public const string Name = "one house";
}
