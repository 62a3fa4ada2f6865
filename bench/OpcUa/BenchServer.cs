using System.Globalization;
using System.Net;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Server;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.Bench.OpcUa;

/// <summary>Our server as a process of its own: 5,000 numbers that are the time of their change, every 100 ms. Whoever comes is trusted.</summary>
internal static class BenchServer
{
    public const int Items = 5_000;
    public const int ChangeMilliseconds = 100;

    public static async Task Run(int port, string folder)
    {
        const string uri = "urn:localhost:bench:server";
        var trust = new TrustList(Path.Combine(folder, "trust"), TimeProvider.System);
        var space = new AddressSpace(uri, TimeProvider.System);
        var ids = Enumerable.Range(0, Items).Select(item => space.AddVariable(
            Ids.ObjectsFolder, new NodeId(1, Name(item)), new(1, Name(item)), new NodeId(11), new(0.0), reference: Ids.Organizes).NodeId).ToArray();
        await using var server = new OpcUaServer(
            new ServerOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, port), ApplicationUri = uri, TrustList = trust, AllowAnonymous = true,
                Certificate = ApplicationCertificate.LoadOrCreate(folder, uri, "bench", TimeProvider.System),
                Endpoints = [(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt)],
            },
            space, TimeProvider.System);
        server.Start();
        Console.WriteLine($"READY {server.EndpointUrl}");
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(ChangeMilliseconds));
        while (await ticks.WaitForNextTickAsync())
        {
            foreach (var stranger in Directory.GetFiles(trust.Rejected))
            {
                File.Move(stranger, Path.Combine(trust.Trusted, Path.GetFileName(stranger)), overwrite: true);
            }

            var now = new Variant(Milliseconds());
            space.Write([.. ids.Select(id => (id, now))]);
        }
    }

    public static string Name(int item) => string.Create(CultureInfo.InvariantCulture, $"v{item}");

    /// <summary>Milliseconds since 1970, with fractions.</summary>
    public static double Milliseconds() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
}
