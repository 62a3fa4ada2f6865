using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Warehouse.Bench.OpcUa;

/// <summary>
/// Our server and node-opcua's, each with our client and with node-opcua's, over Basic256Sha256, signed and encrypted: one
/// read after another, reads of 1,000 nodes, and a subscription of 5,000 items that change every 100 ms. Each side is a
/// process of its own, so the processor time of both is known. node-opcua comes from the interop tests' peers.
/// </summary>
internal static class OpcUaBench
{
    private static readonly string[] s_stacks = ["ours", "node"];

    public static async Task<int> Run(string[] args, TextWriter to)
    {
        switch (args)
        {
            case ["serve", var port, var folder]:
                await BenchServer.Run(int.Parse(port, CultureInfo.InvariantCulture), folder);
                return 0;
            case ["client", var url, var span]:
                await BenchClient.Run(url, int.Parse(span, CultureInfo.InvariantCulture));
                return 0;
        }

        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var peers = Path.GetFullPath(Path.Combine("tests", "Interop.Tests", "peers"));
        var hasPeer = Directory.Exists(Path.Combine(peers, "node_modules", "node-opcua"));
        if (!hasPeer)
        {
            await to.WriteLineAsync("node-opcua is not installed (npm ci --prefix tests/Interop.Tests/peers): ours alone");
        }

        await to.WriteLineAsync("server client figure       count      a second   server us each   client us each   lag ms p50/p99");
        foreach (var server in s_stacks.Where(stack => hasPeer || stack == "ours"))
        {
            foreach (var client in s_stacks.Where(stack => hasPeer || stack == "ours"))
            {
                await Measure(server, client, seconds, peers, to);
            }
        }

        return 0;
    }

    private static async Task Measure(string server, string client, int seconds, string peers, TextWriter to)
    {
        var folder = Directory.CreateTempSubdirectory("bench-opcua-").FullName;
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        using var serving = server == "ours"
            ? Start("dotnet", Environment.GetCommandLineArgs()[0], "opcua", "serve", port, folder)
            : Start("node", Path.Combine(peers, "opcua-bench-server.mjs"), port, folder);
        try
        {
            var url = (await Says(serving, "READY "))["READY ".Length..].Trim();
            url = $"opc.tcp://127.0.0.1:{new Uri(url).Port}";
            var span = seconds.ToString(CultureInfo.InvariantCulture);
            using var asking = client == "ours"
                ? Start("dotnet", Environment.GetCommandLineArgs()[0], "opcua", "client", url, span)
                : Start("node", Path.Combine(peers, "opcua-bench-client.mjs"), url, span, Path.Combine(folder, "client"));
            foreach (var figure in new[] { "read", "read1000", "subscription" })
            {
                await Says(asking, $"BEGIN {figure}");
                var (serverBegan, clientBegan) = (Cpu(serving), Cpu(asking));
                var end = (await Says(asking, $"END {figure}")).Split(' ');
                var count = Math.Max(1, int.Parse(end[2], CultureInfo.InvariantCulture));
                var elapsed = double.Parse(end[3], CultureInfo.InvariantCulture);
                await to.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{server,-6} {client,-6} {figure,-12} {count,9} {count / elapsed,13:N0} {(Cpu(serving) - serverBegan).TotalMicroseconds / count,16:N1} {(Cpu(asking) - clientBegan).TotalMicroseconds / count,16:N1}   {end[4]}/{end[5]}"));
            }
        }
        finally
        {
            serving.Kill(entireProcessTree: true);
            await serving.WaitForExitAsync();
        }
    }

    private static TimeSpan Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
        ?? throw new InvalidOperationException($"{program} does not start");

    private static async Task<string> Says(Process process, string words)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(words, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"{process.StartInfo.FileName} ended before it said {words}");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
