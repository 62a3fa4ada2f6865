using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Bench.Mqtt;

/// <summary>Clients that connect and say nothing, beside one that works: before, while they come, and with all of them there.</summary>
internal sealed class SilentRun(int clients, TextWriter print)
{
    /// <summary>True when the working one went on and a new one could come in.</summary>
    public async Task<bool> Run()
    {
        await using var broker = new MqttNetBroker(new MqttBrokerOptions { Port = 0 });
        await broker.Start();
        await using var working = MqttFloor.Link(new MqttLinkOptions { ClientId = "working", Port = broker.Port });
        await MqttFloor.Up(working);
        var before = await RoundTrips(working);
        var silent = new List<Socket>();
        var coming = Come(broker.Port, silent);
        var meanwhile = await RoundTrips(working);
        await coming;
        var after = await RoundTrips(working);
        await using var late = MqttFloor.Link(new MqttLinkOptions { ClientId = "late", Port = broker.Port });
        await MqttFloor.Up(late);
        await print.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"silent: {clients} clients came and said nothing; 500 acknowledged messages took {before.TotalMilliseconds:F0} ms before, {meanwhile.TotalMilliseconds:F0} ms while they came, {after.TotalMilliseconds:F0} ms after; {broker.Health.SilentShed} shed, a new client came in"));
        silent.ForEach(socket => socket.Dispose());
        return working.Health.Connects == 1 && broker.Health.Silent <= 256;
    }

    private async Task Come(int port, List<Socket> silent)
    {
        for (var client = 0; client < clients; client++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            silent.Add(socket);
            if (silent.Count > 5_000)
            {
                // One machine has so many ports for itself; those were shed long ago.
                silent[0].Dispose();
                silent.RemoveAt(0);
            }
        }
    }

    private static async Task<TimeSpan> RoundTrips(MqttNetLink link)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < 500; i++)
        {
            await link.Publish(new MqttMessage("a", new byte[64], MqttQos.AtLeastOnce));
        }

        return Stopwatch.GetElapsedTime(begun);
    }
}
