using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Warehouse.Devices.Tests.Conformance;

/// <summary>Does what docs/how-to/write-an-adapter.md says, as it stands there.</summary>
public sealed partial class HowToTests(ITestOutputHelper output)
{
    [Fact]
    public void Whoever_follows_the_page_has_an_adapter_with_an_A()
    {
        var root = Root();
        var page = File.ReadAllText(Path.Combine(root, "docs", "how-to", "write-an-adapter.md"));
        var work = Directory.CreateTempSubdirectory("adapter");
        try
        {
            var grades = 0;
            foreach (Match block in Block().Matches(page))
            {
                if (block.Groups["file"].Success)
                {
                    File.WriteAllText(Path.Combine(work.FullName, "Glow", block.Groups["file"].Value), block.Groups["text"].Value);
                }
                else
                {
                    var said = Run(root, work.FullName, block.Groups["text"].Value);
                    grades += Grade().Count(said);
                }
            }

            Assert.Equal(2, grades);
            Assert.Contains("GlowColours.Of", File.ReadAllText(Path.Combine(work.FullName, "Glow", "GlowMapping.cs")), StringComparison.Ordinal);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private string Run(string root, string work, string commands)
    {
        var start = new ProcessStartInfo("bash", ["-euc", commands]) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["WORK"] = work;
        // Templates are installed for this test only.
        start.Environment["DOTNET_CLI_HOME"] = work;
        start.Environment["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var bash = Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync();
        var said = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        output.WriteLine(said);
        Assert.True(bash.ExitCode == 0, $"{commands}\n{said}\n{errors.Result}");
        return said;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "WarehouseOrleans.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex(@"^```(?:sh|csharp file=(?<file>\w+\.cs))\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"glowLight: grade A, 14 of 14 checks")]
    private static partial Regex Grade();
}
