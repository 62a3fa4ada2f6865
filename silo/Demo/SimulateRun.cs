using System.Text.Json;
using Warehouse.Silo.Settings;
using Warehouse.Simulation.Runs;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Demo;

/// <summary>What <c>--simulate</c> does: the whole sample on the deterministic scheduler, without network, disk or page.</summary>
internal static class SimulateRun
{
    /// <summary>Play it, print what it came to, and answer the exit code: 0 when nothing is wrong.</summary>
    public static async Task<int> Play(WarehouseSettings settings, TextWriter report)
    {
        var files = SampleFiles.Read(name => new StreamReader(Path.Combine(settings.Demo.Folder, name)));
        using var expected = settings.Process.Expected.Length == 0 ? null : JsonDocument.Parse(File.ReadAllBytes(settings.Process.Expected));
        var result = SampleDay.Play((ulong)settings.Process.Seed, files);
        await report.WriteAsync(SampleDay.Report(result, expected?.RootElement));
        return SampleDay.Wrong(result, expected?.RootElement).Any() ? 1 : 0;
    }
}
