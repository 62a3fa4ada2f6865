using System.Diagnostics;
using System.Globalization;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Domain.Devices;

namespace Warehouse.Bench.Mqtt;

/// <summary>
/// Many presses through the real broker while three in ten are doubled, all are shuffled, and the broker is killed again
/// and again: in the end the journal must hold each press once.
/// </summary>
internal sealed class PressRun(long presses, int restarts, TextWriter print)
{
    private const int Tags = 100;
    private const int Ahead = 8;
    private readonly Random _chance = new(7);

    /// <summary>True when the count equals the truth.</summary>
    public async Task<bool> Run()
    {
        var folder = Directory.CreateTempSubdirectory("warehouse-presses-").FullName;
        try
        {
            await using var broker = new MqttNetBroker(new MqttBrokerOptions { Port = Wires.FreePort(), RetainedFile = Path.Combine(folder, "retained.json") });
            await broker.Start();
            await using var desk = new DeskHouse(Path.Combine(folder, "journal.db"), lightsNext: false);
            var options = new MqttLinkOptions { ClientId = "tags", Port = broker.Port };
            var sessions = await MqttFloor.Sessions(Enumerable.Range(0, Tags).Select(tag => (MqttFloor.Tag(tag), DeviceKind.PickTag)), options, desk, new Nowhere());
            await using var link = MqttFloor.Link(options);
            var fleet = new TagFleet(link, Tags);
            await fleet.Listen();
            await MqttFloor.Up(link);
            await fleet.Hello();

            var watch = Stopwatch.StartNew();
            var (sent, published) = await Press(fleet, broker, sessions);
            var (counted, twice) = await desk.CountPresses();
            await sessions.Stop();
            await print.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"presses: {sent} pressed, {published} published with repeats, {restarts} broker restarts; the journal holds {counted}, {twice} of them twice; {watch.Elapsed.TotalSeconds:F0} s, {Environment.CpuUsage.UserTime.TotalSeconds:F0} s of processor time"));
            return counted == sent && twice == 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(long Sent, long Published)> Press(TagFleet fleet, MqttNetBroker broker, Devices.Sessions.SessionHost sessions)
    {
        long sent = 0, published = 0;
        var everyRestart = presses / (restarts + 1);
        var done = 0;
        while (fleet.Confirmed < presses)
        {
            var round = new List<MqttMessage>();
            for (var tag = 0; tag < Tags; tag++)
            {
                round.AddRange(fleet.Unconfirmed(tag));
                for (var ahead = fleet.Unconfirmed(tag).Length; ahead < Ahead && sent < presses; ahead++, sent++)
                {
                    round.Add(fleet.Press(tag));
                }
            }

            round.AddRange(round.Where(_ => _chance.Next(10) < 3).ToArray());
            var shuffled = round.ToArray();
            _chance.Shuffle(shuffled);
            var restarting = done < restarts && sent >= everyRestart * (done + 1) ? Restart(broker) : Task.CompletedTask;
            done += restarting == Task.CompletedTask ? 0 : 1;
            published += (await Task.WhenAll(shuffled.Select(fleet.Try))).Count(taken => taken);
            await restarting;
            if (sessions.MqttHealth.State != Devices.Links.LinkState.Up || published == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        return (sent, published);
    }

    private static async Task Restart(MqttNetBroker broker)
    {
        await broker.Stop();
        await broker.Start();
    }
}
