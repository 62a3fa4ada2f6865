using System.Text.RegularExpressions;

namespace House.Tests;

/// <summary>What keeps a house pleasant to come back to: sizes, names, no leftovers, a root with nothing astray.</summary>
public sealed partial class OrderTests
{
    private const int LongestFile = 500;
    private const int LongestMethod = 70;

    private static readonly string[] Root =
    [
        ".ci", ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "Directory.Build.props",
        "Directory.Build.targets", "Directory.Packages.props", "Dockerfile", "LICENSE", "README.md", "WarehouseOrleans.sln", "bench",
        "dashboard", "devices", "opcua", "docker", "docker-compose.yml", "docs", "domain", "eng", "global.json", "grains", "samples", "silo",
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
    public void No_method_is_longer_than_a_screen()
    {
        var guilty = House.Sources().SelectMany(f => Bodies(House.Read(f)).Where(b => b.Lines > LongestMethod).Select(b => $"{f}: {b.Head} ({b.Lines} lines)"));
        Assert.Empty(guilty);
    }

    [Fact]
    public void A_method_begins_at_its_head_and_ends_where_its_brace_closes()
    {
        const string source = "class C\n{\n    int one;\n\n    void M(\n        int a)\n    {\n        if (a > 0)\n        {\n        }\n    }\n\n    class D\n    {\n        int P => 1;\n\n        void N()\n        {\n        }\n    }\n}\n";
        Assert.Equal([("void M(", 7), ("void N()", 3)], Bodies(source));
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

    /// <summary>
    /// Members with a body in braces, from the first line of their head. The house's layout tells them: a member's head
    /// and its closing brace stand at one indentation, and what is inside stands deeper. Types are looked into.
    /// </summary>
    private static List<(string Head, int Lines)> Bodies(string source)
    {
        var lines = source.Split('\n');
        var found = new List<(string, int)>();
        for (var at = 0; at < lines.Length; at++)
        {
            var indent = Indent(lines[at]);
            if (lines[at].AsSpan(indent) is not "{" || indent == 0)
            {
                continue;
            }

            var head = at - 1;
            while (head > 0 && Indent(lines[head]) > indent)
            {
                head--;
            }

            var end = Array.FindIndex(lines, at, line => Indent(line) == indent && line.AsSpan(indent).StartsWith("}"));
            if (!TypeHead().IsMatch(lines[head]) && end > at)
            {
                found.Add((lines[head].Trim(), end - head + 1));
                at = end;
            }
        }

        return found;
    }

    private static int Indent(string line) => line.Length - line.AsSpan().TrimStart(' ').Length;

    [GeneratedRegex(@"^ *(?:\[.*\] *)?(?:(?:public|internal|private|protected|static|sealed|abstract|partial|readonly|file|ref) +)*(?:class|record|struct|interface|enum|namespace)\b")]
    private static partial Regex TypeHead();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utilities)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex Leftover();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\((?!.*[Tt]ime)")]
    private static partial Regex Sleep();
}
