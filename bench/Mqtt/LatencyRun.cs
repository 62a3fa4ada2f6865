using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;

namespace Warehouse.Bench.Mqtt;

/// <summary>
/// From wire to commit and back to wire. A tag's press: published, through the broker, journaled (SQLite, synchronous
/// FULL), confirmed to the tag; and on to its next light. A vehicle's state: published, through the broker, read, shown.
/// </summary>
internal sealed class LatencyRun(Wires wires, string folder, TimeSpan time, TextWriter print)
{
    /// <summary>Each tag presses and each vehicle tells its state about once a second; a single one ten times.</summary>
    public async Task Measure(int devices)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{wires.Name}-{devices}.db"));
        await using var desk = new DeskHouse(path, lightsNext: true);
        var options = new MqttLinkOptions { ClientId = "machines", Port = wires.Port };
        var seen = new SeenStates(devices);
        var sessions = await MqttFloor.Sessions(
            [
                .. Enumerable.Range(0, devices).Select(tag => (MqttFloor.Tag(tag), DeviceKind.PickTag)),
                .. Enumerable.Range(0, devices).Select(vehicle => (MqttFloor.Vehicle(vehicle), DeviceKind.Vehicle)),
            ],
            options, desk, seen);
        await using var link = MqttFloor.Link(options);
        var fleet = new TagFleet(link, devices);
        var (confirmed, lit) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
        var pressed = new long[devices];
        fleet.WasConfirmed += (tag, _) => Note(confirmed, Volatile.Read(ref pressed[tag]));
        fleet.WasLit += (tag, _) => Note(lit, Interlocked.Exchange(ref pressed[tag], 0));
        await fleet.Listen();
        await MqttFloor.Up(link);
        await fleet.Hello();
        await Play(fleet, link, devices, pressed, seen, TimeSpan.FromSeconds(3));
        confirmed.Clear();
        lit.Clear();
        seen.Clear();

        var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var lag = await Play(fleet, link, devices, pressed, seen, time);
        var load = (Environment.CpuUsage.TotalTime - cpu) / watch.Elapsed;
        await print.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{wires.Name,-10} {devices,5}  {Figures(confirmed)}  {Figures(lit)}  {Figures(seen.Milliseconds)}  {load,5:P0} {Process.GetCurrentProcess().WorkingSet64 >> 20,5} MB  lag {lag.TotalMilliseconds:F0} ms, shed {sessions.MqttHealth.Shed}"));
        await sessions.Stop();
    }

    private static async Task<TimeSpan> Play(TagFleet fleet, MqttNetLink link, int devices, long[] pressed, SeenStates seen, TimeSpan time)
    {
        var beats = devices == 1 ? 10 : 20;
        using var beat = new PeriodicTimer(devices == 1 ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromMilliseconds(50));
        var (begun, lag, header) = (Stopwatch.GetTimestamp(), TimeSpan.Zero, 0u);
        for (var turn = 0; Stopwatch.GetElapsedTime(begun) < time && await beat.WaitForNextTickAsync(); turn++)
        {
            header++;
            for (var device = devices == 1 ? 0 : turn % beats; device < devices; device += devices == 1 ? 1 : beats)
            {
                // Who is not lit again yet is not pressed again.
                if (Volatile.Read(ref pressed[device]) == 0)
                {
                    var press = fleet.Press(device);
                    Volatile.Write(ref pressed[device], Stopwatch.GetTimestamp());
                    _ = fleet.Try(press);
                }

                var stamp = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
                _ = fleet.Try(new MqttMessage(MqttFloor.StateTopic(device), MqttFloor.State(device, header, stamp, seen.Sent(device))));
            }

            lag = link.Health.Lag > lag ? link.Health.Lag : lag;
        }

        return lag;
    }

    private static void Note(ConcurrentBag<double> figures, long since)
    {
        if (since != 0)
        {
            figures.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
    }

    private static string Figures(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0
            ? "     none      "
            : string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2],6:F1} {sorted[(int)(sorted.Length * 0.99)],7:F1}");
    }

    /// <summary>When each vehicle's newest state was sent, and how long it took to be seen; a marker in the pose says which.</summary>
    private sealed class SeenStates(int vehicles) : ITelemetrySink
    {
        private readonly (long Marker, long At)[] _sent = new (long, long)[vehicles];
        private long _markers;

        public ConcurrentBag<double> Milliseconds { get; } = [];

        public void Clear() => Milliseconds.Clear();

        public long Sent(int vehicle)
        {
            var marker = Interlocked.Increment(ref _markers) % 1_000_000;
            lock (_sent)
            {
                _sent[vehicle] = (marker, Stopwatch.GetTimestamp());
            }

            return marker;
        }

        public void Vehicle(VehicleSeen seen)
        {
            var vehicle = int.Parse(seen.Vehicle.Text.AsSpan(seen.Vehicle.Text.LastIndexOf('V') + 1), CultureInfo.InvariantCulture);
            lock (_sent)
            {
                if (seen.XMillimetres == _sent[vehicle].Marker * 1000L)
                {
                    Milliseconds.Add(Stopwatch.GetElapsedTime(_sent[vehicle].At).TotalMilliseconds);
                }
            }
        }

        public void Crane(CraneSeen seen)
        {
        }
    }
}
