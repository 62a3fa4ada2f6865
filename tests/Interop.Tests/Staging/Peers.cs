namespace Interop.Tests.Staging;

/// <summary>
/// Software of others that these tests speak with: programs of Debian packages, named as they are called
/// (<c>mosquitto</c>), and packages of npm (<c>npm:mqtt</c>), which lie where <c>npm ci</c> puts them under peers/.
/// </summary>
internal static class Peers
{
    private const string NpmPrefix = "npm:";

    private static readonly string[] ProgramFolders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/usr/local/sbin"];

    /// <summary>The folder of scripts and node_modules in the checkout.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>True where nothing may be skipped: CI sets WAREHOUSE_PEERS=required, and what is missing fails by its command.</summary>
    public static bool AreRequired { get; } = Environment.GetEnvironmentVariable("WAREHOUSE_PEERS") == "required";

    /// <summary>What to type when a peer is not there; null when it is.</summary>
    public static string? Missing(string peer)
    {
        if (!peer.StartsWith(NpmPrefix, StringComparison.Ordinal))
        {
            return Find(peer) is null ? $"{peer} is not installed: apt-get install {Package(peer)}" : null;
        }

        if (Find("node") is null)
        {
            return "node is not installed: apt-get install nodejs npm";
        }

        var package = peer[NpmPrefix.Length..];
        return File.Exists(Path.Combine(Folder, "node_modules", package, "package.json"))
            ? null
            : $"{package} is not installed: npm ci --prefix tests/Interop.Tests/peers";
    }

    /// <summary>The path of a program, or a failure that says how to install it.</summary>
    public static string Program(string name) => Find(name) ?? throw new FileNotFoundException(Missing(name));

    /// <summary>The path of a script under peers/.</summary>
    public static string Script(string name) => Path.Combine(Folder, name);

    private static string? Find(string program) => ProgramFolders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Package(string program) => program switch
    {
        "mosquitto_pub" or "mosquitto_sub" => "mosquitto-clients",
        "node" => "nodejs npm",
        _ => program,
    };

    private static string FindFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "WarehouseOrleans.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no WarehouseOrleans.sln above the tests");
        }

        return Path.Combine(folder, "tests", "Interop.Tests", "peers");
    }
}
