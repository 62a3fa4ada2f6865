using System.Text.RegularExpressions;

namespace House.Tests;

/// <summary>Documents say what is true: links lead somewhere, and CI runs the commands that the README shows.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_link_between_documents_leads_to_a_file()
    {
        var broken = House.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(f => Link().Matches(House.Read(f)).Select(m => (From: f, To: m.Groups[1].Value)))
            .Where(l => !l.To.Contains("://", StringComparison.Ordinal) && !l.To.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(l => !Exists(l.From, l.To.Split('#')[0]));
        Assert.Empty(broken);
    }

    [Fact]
    public void CI_runs_every_command_of_the_README()
    {
        var commands = Block().Matches(House.Read("README.md")).SelectMany(m => m.Groups[1].Value.Split('\n'))
            .Select(l => l.Split('#')[0].Trim()).Where(l => l.StartsWith("dotnet ", StringComparison.Ordinal)).ToArray();
        var run = House.Read(".ci/run");
        var ci = run + string.Concat(Script().Matches(run).Select(m => m.Value).Where(House.Files.Contains).Select(House.Read));
        Assert.Equal(2, commands.Length);
        Assert.Empty(commands.Where(c => !ci.Contains(c, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_changelog_opens_with_what_is_coming()
    {
        var headings = House.Read("CHANGELOG.md").Split('\n').Where(l => l.StartsWith("## ", StringComparison.Ordinal)).ToArray();
        Assert.StartsWith("## Unreleased", headings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_has_status_context_decision_and_consequences()
    {
        var decisions = House.Files.Where(f => f.StartsWith("docs/decisions/", StringComparison.Ordinal) && f.EndsWith(".md", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(decisions);
        string[] parts = ["Status", "## Context", "## Decision", "## Consequences"];
        Assert.Empty(decisions.Where(d => !parts.All(p => House.Read(d).Contains(p, StringComparison.Ordinal))));
    }

    private static bool Exists(string from, string to)
    {
        var path = Path.Combine(House.Root, Path.GetDirectoryName(from) ?? "", to);
        return to.Length == 0 || File.Exists(path) || Directory.Exists(path);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\beng/ci/\w+\.sh\b")]
    private static partial Regex Script();

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
