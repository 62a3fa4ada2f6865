using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Warehouse.Grains.Tests.Toy;
using Warehouse.Journal;
using Warehouse.Silo.Storage;

namespace Warehouse.Grains.Tests.Stores;

/// <summary>Orleans' own AdoNet storage, in a silo, on the tables that our migration makes.</summary>
public sealed class OrleansSnapshotsTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("snapshots-").FullName;
    private IHost? host;

    private ISnapshots Snapshots => host!.Services.GetRequiredService<ISnapshots>();

    public async Task InitializeAsync()
    {
        host = new HostBuilder().UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), FreePort())
            .AddSqliteSnapshots(Path.Combine(folder, "snapshots.db"))).Build();
        await host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await host!.StopAsync();
        host.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_snapshot_is_read_as_it_was_written_and_a_newer_one_stays()
    {
        Assert.Null(await Snapshots.Read(Jar.Stream()));
        await Snapshots.Write(Of(5, "five"));
        await Snapshots.Write(Of(9, "nine"));
        await Snapshots.Write(Of(7, "seven"));

        var read = await Snapshots.Read(Jar.Stream());

        Assert.Equal((Jar.Stream(), 9L, 3, uint.MaxValue), (read!.Stream, read.Version, read.Schema, read.Checksum));
        Assert.Equal("nine"u8.ToArray(), read.Body.ToArray());
        Assert.Null(await Snapshots.Read(Jar.Stream("cellar")));
    }

    [Fact]
    public async Task Many_writers_of_one_stream_leave_the_newest()
    {
        await Task.WhenAll(Enumerable.Range(1, 3).Select(version => Snapshots.Write(Of(version, $"{version}"))));

        Assert.Equal(3, (await Snapshots.Read(Jar.Stream()))!.Version);
    }

    private static Snapshot Of(long version, string body) =>
        new(Jar.Stream(), version, 3, System.Text.Encoding.UTF8.GetBytes(body), uint.MaxValue);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
