using System.Globalization;

namespace Warehouse.Bench.Mqtt;

/// <summary>The wire, measured: <c>bench -- mqtt [seconds]</c>, <c>mqtt presses N RESTARTS</c>, <c>mqtt silent N</c>.</summary>
internal static class MqttBench
{
    private static readonly int[] Devices = [1, 100, 1_000];

    /// <summary>0 when it went as it must.</summary>
    public static async Task<int> Run(string[] words, TextWriter print)
    {
        switch (words)
        {
            case ["presses", var presses, var restarts]:
                return await new PressRun(Number(presses), Number(restarts), print).Run() ? 0 : 1;
            case ["silent", var clients]:
                return await new SilentRun(Number(clients), print).Run() ? 0 : 1;
            default:
                await Latencies(TimeSpan.FromSeconds(words is [var seconds] ? Number(seconds) : 20), print);
                return 0;
        }
    }

    private static async Task Latencies(TimeSpan time, TextWriter print)
    {
        var folder = Directory.CreateTempSubdirectory("warehouse-mqtt-").FullName;
        try
        {
            await print.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
                mqtt: {Environment.ProcessorCount} cores, {time.TotalSeconds:F0} s each; milliseconds, p50 and p99; so many tags and as many vehicles, each once a second (one alone: ten times)
                broker     devices  press to confirmed  press to next light  state to seen  processor, memory
                """));
            foreach (var devices in Devices)
            {
                await using (var embedded = await Wires.Embedded())
                {
                    await new LatencyRun(embedded, folder, time, print).Measure(devices);
                }

                if (Wires.HasMosquitto)
                {
                    await using var mosquitto = await Wires.OfMosquitto(folder);
                    await new LatencyRun(mosquitto, folder, time, print).Measure(devices);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Number(string word) => int.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture);
}
