using System.Text.RegularExpressions;

namespace House.Tests;

/// <summary>What keeps a house pleasant to come back to: sizes, names, no leftovers, a root with nothing astray.</summary>
public sealed partial class OrderTests
{
    private const int LongestFile = 500;

    private static readonly string[] Root =
    [
        ".ci", ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "Directory.Build.props",
        "Directory.Build.targets", "Directory.Packages.props", "Dockerfile", "LICENSE", "README.md", "WarehouseOrleans.sln", "bench",
        "dashboard", "devices", "docker", "docker-compose.yml", "docs", "domain", "eng", "global.json", "grains", "samples", "silo",
        "simulation", "tests",
    ];

    private static readonly string[] RequiredInRoot =
        ["silo", "devices", "dashboard", "grains", "tests", "docker-compose.yml", "WarehouseOrleans.sln", "README.md"];

    [Fact]
    public void The_root_holds_what_belongs_there_and_nothing_astray()
    {
        var top = House.Files.Select(f => f.Split('/')[0]).Distinct().ToArray();
        Assert.Empty(top.Except(Root));
        Assert.Empty(RequiredInRoot.Except(top));
    }

    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold()
    {
        var files = House.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".js", StringComparison.Ordinal) || f.EndsWith(".py", StringComparison.Ordinal));
        Assert.Empty(files.Select(f => (File: f, Lines: House.Read(f).AsSpan().Count('\n'))).Where(f => f.Lines > LongestFile));
    }

    [Fact]
    public void Nothing_is_named_manager_helper_or_util()
    {
        var guilty = House.Rooms.SelectMany(r => House.Load(r.Name).GetTypes())
            .Where(t => t.Namespace?.StartsWith("Warehouse", StringComparison.Ordinal) == true && VagueName().IsMatch(t.Name))
            .Select(t => t.FullName);
        Assert.Empty(guilty);
    }

    [Fact]
    public void Nothing_is_left_for_later_in_the_sources()
    {
        var guilty = House.Sources().Where(f => !f.StartsWith("tests/House.Tests/", StringComparison.Ordinal))
            .Where(f => Leftover().IsMatch(House.Read(f)));
        Assert.Empty(guilty);
    }

    [Fact]
    public void No_test_sleeps()
    {
        var guilty = House.Sources("tests").Where(f => !f.StartsWith("tests/House.Tests/", StringComparison.Ordinal))
            .Where(f => Sleep().IsMatch(House.Read(f)));
        Assert.Empty(guilty);
    }

    [Fact]
    public void No_blob_is_larger_than_three_megabytes()
    {
        Assert.Empty(House.Files.Where(f => new FileInfo(Path.Combine(House.Root, f)).Length > 3 * 1024 * 1024));
    }

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utilities)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex Leftover();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\((?!.*[Tt]ime)")]
    private static partial Regex Sleep();
}
