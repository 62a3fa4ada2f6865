using System.Text.RegularExpressions;

namespace House.Tests;

/// <summary>Rules of the design that a compiler cannot see.</summary>
public sealed partial class LoopTests
{
    /// <summary>A broad catch stands only where a loop or a fan-out must go on; each is listed here with its reason.</summary>
    private static readonly string[] LoopSeams =
    [
        // A link or a desk that did not answer is asked again, whatever it threw; a failed handler leaves its message unacknowledged.
        "devices/Links/Memory/MemoryMqttLink.cs", "devices/Links/Mqtt/MqttNetLink.cs", "devices/Links/OpcUa/Stack/OpcUaLink.cs", "devices/Sessions/FactReporter.cs",
        "devices/Sessions/LeaseKeeper.cs", "devices/Sessions/OutboxSender.cs",
        // An adapter under test may throw anything: that is its grade, and the other checks go on.
        "devices/Conformance/ConformanceReport.cs",

        // One batch serves many streams: each waiting append gets the outcome or the failure of its own row.
        "grains/Journal/Committing/Committer.cs",
        // One loop serves many streams' effects: what failed to arrive is kept and sent again, the others go on.
        "grains/Journal/Dispatching/Dispatcher.cs",
        // A reader that threw, or a store that did not answer, is given the same page again.
        "grains/Journal/Feeding/FeedReader.cs",
        // One stream serves many callers: each gets its own failure, or the stream is stopped and all of them get it.
        "grains/Journal/Streams/EventStream.cs",
        // Snapshots only save time: whatever is wrong with one, its stream goes on from the journal.
        "grains/Journal/Streams/StreamSnapshots.cs",

        // The scheduler's turns go on: a failure belongs to whoever awaits the task, if anybody still does.
        "simulation/Scheduling/Lane.cs", "simulation/House/SimulatedRouter.cs",

        // One thread does everybody's jobs: a job's failure goes to the one who asked for it.
        "silo/Storage/SqliteWorker.cs",
        // The sample's orders flow in until they are told: a call that failed is made again under its id.
        "silo/Demo/SampleFeed.cs",
    ];

    [Fact]
    public void A_broad_catch_stands_at_the_listed_seams_and_nowhere_else()
    {
        var broad = House.Sources("domain", "grains", "devices", "simulation", "dashboard", "silo").Where(f => BroadCatch().IsMatch(House.Read(f))).ToArray();
        Assert.Empty(broad.Except(LoopSeams));
        Assert.Empty(LoopSeams.Except(broad));
    }

    [Theory]
    [InlineData("catch\n{\n    count++;\n}\n", true)]
    [InlineData("catch { }\n", true)]
    [InlineData("catch (Exception)\n{\n}\n", true)]
    [InlineData("    catch (System.Exception failure)\n    {\n        throw new IOException();\n    }\n", true)]
    [InlineData("catch (Exception failure) when (failure is not OperationCanceledException)\n{\n}\n", true)]
    [InlineData("catch (Exception)\n{\n    if (odd)\n    {\n        throw;\n    }\n}\n", true)]
    [InlineData("catch (Exception failure) when (failure is IOException)\n{\n}\n", false)]
    [InlineData("catch (FormatException)\n{\n}\n", false)]
    [InlineData("catch\n{\n    await Close();\n    throw;\n}\n", false)]
    public void A_catch_is_broad_unless_it_names_what_it_takes_or_throws_it_on(string source, bool broad) =>
        Assert.Equal(broad, BroadCatch().IsMatch(source));

    [Fact]
    public void A_grain_awaits_nothing_but_its_stream()
    {
        var guilty = House.Sources("grains").Where(f => f.EndsWith("Grain.cs", StringComparison.Ordinal))
            .SelectMany(f => House.Read(f).Split('\n').Where(AwaitsAnother).Select(l => $"{f}: {l.Trim()}"));
        Assert.Empty(guilty);
    }

    [Fact]
    public void The_domain_does_not_await_at_all() =>
        Assert.Empty(House.Sources("domain").Where(f => Regex.IsMatch(House.Read(f), @"\bawait\b|\basync\b")));

    private static bool AwaitsAnother(string line) =>
        !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Await().IsMatch(line) && !AllowedAwait().IsMatch(line);

    /// <summary>An untyped catch or one of any exception, unless a filter names types or its last statement throws it on.</summary>
    [GeneratedRegex(
        @"^( *)(?:\} *)?catch *(?:\{.*|\((?:System\.)?Exception\b(?!.*\bwhen \(.*\bis (?!not\b)).*)?$(?!\n(?:#pragma.*\n)?\1\{\n(?:(?!\1\}).*\n)*\1    throw;\n\1\})",
        RegexOptions.Multiline)]
    private static partial Regex BroadCatch();

    [GeneratedRegex(@"\bawait\b")]
    private static partial Regex Await();

    [GeneratedRegex(@"await (base\.|EventStream\.Activate|_?stream[.?!])", RegexOptions.IgnoreCase)]
    private static partial Regex AllowedAwait();
}
