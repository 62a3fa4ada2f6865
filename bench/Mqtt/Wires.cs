using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Bench.Mqtt;

/// <summary>A broker to measure on: ours in this process, or Mosquitto as a process of its own.</summary>
internal sealed class Wires : IAsyncDisposable
{
    private const string Mosquitto = "/usr/sbin/mosquitto";
    private readonly MqttNetBroker? _broker;
    private readonly Process? _process;

    private Wires(string name, int port, MqttNetBroker? broker, Process? process) => (Name, Port, _broker, _process) = (name, port, broker, process);

    public string Name { get; }

    public int Port { get; }

    public static bool HasMosquitto => File.Exists(Mosquitto);

    public static async Task<Wires> Embedded()
    {
        var broker = new MqttNetBroker(new MqttBrokerOptions { Port = 0, MaxConnections = 20_000 });
        await broker.Start();
        return new Wires("embedded", broker.Port, broker, null);
    }

    public static async Task<Wires> OfMosquitto(string folder)
    {
        var port = FreePort();
        var file = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(file, string.Create(
            CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 256\nmax_queued_messages 20000\nset_tcp_nodelay true\nlog_type none\n"));
        var process = Process.Start(new ProcessStartInfo(Mosquitto, ["-c", file]) { RedirectStandardError = true })!;
        return new Wires("mosquitto", port, null, process);
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _process?.Kill();
        _process?.Dispose();
    }
}
