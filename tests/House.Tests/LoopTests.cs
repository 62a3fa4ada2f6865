using System.Text.RegularExpressions;

namespace House.Tests;

/// <summary>Rules of the design that a compiler cannot see.</summary>
public sealed partial class LoopTests
{
    /// <summary>A broad catch stands only where a loop or a fan-out must go on; each is listed here with its reason.</summary>
    private static readonly string[] LoopSeams =
    [
        // A link or a desk that did not answer is asked again, whatever it threw; a failed handler leaves its message unacknowledged.
        "devices/Links/Memory/MemoryMqttLink.cs", "devices/Links/Mqtt/MqttNetLink.cs", "devices/Sessions/FactReporter.cs",
        "devices/Sessions/LeaseKeeper.cs", "devices/Sessions/OutboxSender.cs",
    ];

    [Fact]
    public void A_broad_catch_stands_only_at_a_listed_seam()
    {
        var guilty = House.Sources("domain", "grains", "devices", "simulation", "dashboard", "silo")
            .Where(f => BroadCatch().IsMatch(House.Read(f))).Except(LoopSeams);
        Assert.Empty(guilty);
    }

    [Fact]
    public void A_grain_awaits_nothing_but_its_stream()
    {
        var guilty = House.Sources("grains").Where(f => f.EndsWith("Grain.cs", StringComparison.Ordinal))
            .SelectMany(f => House.Read(f).Split('\n').Where(l => l.Contains("await ", StringComparison.Ordinal) && !AllowedAwait().IsMatch(l)).Select(l => $"{f}: {l.Trim()}"));
        Assert.Empty(guilty);
    }

    [Fact]
    public void The_domain_does_not_await_at_all() =>
        Assert.Empty(House.Sources("domain").Where(f => Regex.IsMatch(House.Read(f), @"\bawait\b|\basync\b")));

    [GeneratedRegex(@"catch\s*(\{|\(Exception\b(?!.*when\s*\(.*is ))")]
    private static partial Regex BroadCatch();

    [GeneratedRegex(@"await (base\.|EventStream\.Activate|_?stream[.?!])", RegexOptions.IgnoreCase)]
    private static partial Regex AllowedAwait();
}
