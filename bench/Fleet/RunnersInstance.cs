using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Warehouse.Domain.Layout;

namespace Warehouse.Bench.Fleet;

/// <summary>An instance of the League of Robot Runners as its files have it.</summary>
/// <param name="Name">The instance file's name.</param>
/// <param name="Map">The floor.</param>
/// <param name="Agents">Cells in which vehicles begin, facing east.</param>
/// <param name="Tasks">Cells to be visited in order.</param>
/// <param name="RevealedPerAgent">How many tasks are known at a time, in hundredths of the number of vehicles.</param>
internal sealed record RunnersInstance(
    string Name, GridMap Map, ImmutableArray<int> Agents, ImmutableArray<ImmutableArray<int>> Tasks, int RevealedPerAgent)
{
    /// <summary>Whether the system picks who does which task (2024); else tasks are dealt out in turn (2023).</summary>
    public bool Picks => Tasks.Any(task => task.Length > 1);

    public static RunnersInstance Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var root = json.RootElement;
        var map = Sound(GridMap.Read(TextOf(folder, root.GetProperty("mapFile").GetString()!)), "map");
        var team = root.GetProperty("teamSize").GetInt32();
        var agents = Sound(RunnersFile.ReadAgents(TextOf(folder, root.GetProperty("agentFile").GetString()!), map), "agents");
        var tasks = Sound(RunnersFile.ReadTasks(TextOf(folder, root.GetProperty("taskFile").GetString()!), map), "tasks");
        var revealed = root.TryGetProperty("numTasksReveal", out var reveal) ? (int)(reveal.GetDouble() * 100) : 100;
        return new(Path.GetFileNameWithoutExtension(path), map, agents[..Math.Min(team, agents.Length)], tasks, revealed);
    }

    private static T Sound<T>((T? Value, LayoutFault? Fault) read, string what) =>
        read.Fault is { } fault ? throw new InvalidDataException($"{what}: {fault}") : read.Value!;

    private static string TextOf(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
        {
            return File.ReadAllText(path);
        }

        using var packed = new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        using var reader = new StreamReader(packed);
        return reader.ReadToEnd();
    }
}
