using System.Diagnostics;
using System.Reflection;

namespace House.Tests;

/// <summary>The checkout that these tests look at: its root, its rooms and the files that git knows.</summary>
internal static class House
{
    /// <summary>The rooms' projects: name, folder, and the projects that each may reference.</summary>
    public static readonly (string Name, string Path, string[] MayKnow)[] Rooms =
    [
        ("Warehouse.Domain", "domain/Warehouse.Domain.csproj", []),
        ("Warehouse.Contracts", "grains/Contracts/Warehouse.Contracts.csproj", ["Warehouse.Domain"]),
        ("Warehouse.Journal", "grains/Journal/Warehouse.Journal.csproj", ["Warehouse.Domain"]),
        ("Warehouse.Grains", "grains/Warehouse.Grains.csproj", ["Warehouse.Domain", "Warehouse.Contracts", "Warehouse.Journal"]),
        ("Warehouse.OpcUa", "opcua/Warehouse.OpcUa.csproj", []),
        ("Warehouse.Devices", "devices/Warehouse.Devices.csproj", ["Warehouse.Domain", "Warehouse.OpcUa"]),
        ("Warehouse.Dashboard", "dashboard/Warehouse.Dashboard.csproj", ["Warehouse.Domain", "Warehouse.Contracts", "Warehouse.Journal"]),
        ("Warehouse.Simulation", "simulation/Warehouse.Simulation.csproj", ["Warehouse.Domain", "Warehouse.Journal", "Warehouse.Devices"]),
        ("Warehouse.Silo", "silo/Warehouse.Silo.csproj", ["*"]),
        ("Warehouse.Bench", "bench/Warehouse.Bench.csproj", ["*"]),
    ];

    public static string Root { get; } = FindRoot();

    /// <summary>Files known to git or new and not ignored, as paths from the root.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Git("ls-files", "--cached", "--others", "--exclude-standard").Where(f => File.Exists(Path.Combine(Root, f))).Distinct().Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Sources(params string[] folders) =>
        Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && (folders.Length == 0 || folders.Any(d => f.StartsWith(d + "/", StringComparison.Ordinal))));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static Assembly Load(string name) => Assembly.Load(name);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "WarehouseOrleans.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no WarehouseOrleans.sln above the tests");
        }

        return folder;
    }

    private static string[] Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git does not start");
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)} ended with {git.ExitCode}");
    }
}
