using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.Bench.OpcUa;

/// <summary>
/// Our client as a process of its own. Says <c>BEGIN name</c> and <c>END name count seconds p50 p99</c> around each figure, as
/// the peer's does.
/// </summary>
internal static class BenchClient
{
    private const int Warmup = 200;

    public static async Task Run(string url, int seconds)
    {
        await using var client = await Connect(url);
        var thousand = Enumerable.Range(0, 1_000).Select(item => ReadValueId.ValueOf(new NodeId(1, BenchServer.Name(item)))).ToArray();
        await Repeat("read", seconds, () => client.Read(new NodeId(1, BenchServer.Name(0))));
        await Repeat("read1000", seconds, () => client.Read(thousand));
        await Subscribe(client, seconds);
    }

    private static async Task<OpcUaClient> Connect(string url)
    {
        const string uri = "urn:localhost:bench:client";
        var folder = Directory.CreateTempSubdirectory("bench-opcua-").FullName;
        var trust = new TrustList(folder, TimeProvider.System);
        trust.Trust(X509CertificateLoader.LoadCertificate((await Discovery.GetEndpoints(url, TimeProvider.System))[0].ServerCertificate!));
        var options = new ClientOptions(url)
        {
            Policy = SecurityPolicy.Basic256Sha256, ApplicationUri = uri, TrustList = trust,
            OwnCertificate = ApplicationCertificate.Create(uri, "bench", DateTimeOffset.UtcNow),
        };
        for (var left = 20; ; left--)
        {
            try
            {
                return await OpcUaClient.Connect(options, TimeProvider.System);
            }
            catch (OpcUaException refused) when (left > 0 && refused.StatusCode == StatusCodes.BadSecurityChecksFailed)
            {
                // Until the server has taken our certificate off its strangers.
                await Task.Delay(200);
            }
        }
    }

    private static async Task Repeat(string name, int seconds, Func<Task> what)
    {
        for (var i = 0; i < (name == "read" ? Warmup : Warmup / 10); i++)
        {
            await what();
        }

        Console.WriteLine($"BEGIN {name}");
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed.TotalSeconds < seconds; count++)
        {
            await what();
        }

        End(name, count, clock.Elapsed.TotalSeconds, 0, 0);
    }

    private static async Task Subscribe(OpcUaClient client, int seconds)
    {
        var subscription = await client.CreateSubscription(new SubscriptionOptions { PublishingIntervalMilliseconds = 100 });
        var lags = new List<double>();
        var counting = false;
        void Told(DataValue value)
        {
            if (counting)
            {
                lags.Add(BenchServer.Milliseconds() - (double)value.Value.Value!);
            }
        }

        await client.Monitor(subscription, [.. Enumerable.Range(0, BenchServer.Items)
            .Select(item => new MonitoredNode(ReadValueId.ValueOf(new NodeId(1, BenchServer.Name(item))), 100, 2) { ValueChanged = Told })]);
        await Task.Delay(2_000);
        Console.WriteLine("BEGIN subscription");
        var clock = Stopwatch.StartNew();
        counting = true;
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        counting = false;
        var elapsed = clock.Elapsed.TotalSeconds;
        await Task.Delay(300);
        lags.Sort();
        End("subscription", lags.Count, elapsed, lags.Count == 0 ? 0 : lags[lags.Count / 2], lags.Count == 0 ? 0 : lags[lags.Count * 99 / 100]);
    }

    private static void End(string name, int count, double seconds, double median, double worst) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"END {name} {count} {seconds:F3} {median:F1} {worst:F1}"));
}
