using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Warehouse.Devices.Conformance;

/// <summary>What became of a check.</summary>
/// <param name="Level">Its weight.</param>
/// <param name="Name">What is true when it passes.</param>
/// <param name="Wrong">What is wrong; null when it passed.</param>
/// <param name="Applies">False when the device takes no commands and the check is about them.</param>
public sealed record CheckResult(CheckLevel Level, string Name, string? Wrong, bool Applies);

/// <summary>A graded adapter.</summary>
/// <param name="Kind">The adapter's kind.</param>
/// <param name="Seed">The seed of everything that was drawn; the same gives the same report.</param>
/// <param name="Results">The checks, in order.</param>
public sealed record ConformanceReport(string Kind, int Seed, ImmutableArray<CheckResult> Results)
{
    /// <summary>A: everything passed; B: bronze and silver; C: bronze; D: not even that.</summary>
    public char Grade => Fails(CheckLevel.Bronze) ? 'D' : Fails(CheckLevel.Silver) ? 'C' : Fails(CheckLevel.Gold) ? 'B' : 'A';

    /// <summary>Grades an adapter.</summary>
    public static ConformanceReport Of(IConformanceSubject subject, int seed = 1)
    {
        var commands = subject.Command(1) is not null;
        return new ConformanceReport(
            subject.Adapter.Kind.Text, seed,
            [
                .. Checks.All.Select((check, index) => check.Commands && !commands
                    ? new CheckResult(check.Level, check.Name, null, Applies: false)
                    : new CheckResult(check.Level, check.Name, Wrong(check, subject, seed + (index * 100)), Applies: true)),
            ]);
    }

    /// <summary>The report for people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var result in Results)
        {
            var verdict = !result.Applies ? "n/a " : result.Wrong is null ? "pass" : "FAIL";
            text.Append(CultureInfo.InvariantCulture, $"{verdict}  {result.Level.ToString().ToLowerInvariant(),-6}  {result.Name}\n");
            if (result.Wrong is { } wrong)
            {
                text.Append(CultureInfo.InvariantCulture, $"                {wrong}\n");
            }
        }

        var passed = Results.Count(result => result.Applies && result.Wrong is null);
        return text.Append(CultureInfo.InvariantCulture, $"{Kind}: grade {Grade}, {passed} of {Results.Count(result => result.Applies)} checks, seed {Seed}\n").ToString();
    }

    private bool Fails(CheckLevel level) => Results.Any(result => result.Level == level && result.Wrong is not null);

    private static string? Wrong(Check check, IConformanceSubject subject, int seed)
    {
        try
        {
            return check.Run(subject, seed);
        }
#pragma warning disable CA1031 // Whatever an adapter under test throws is its grade, and the other checks go on.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return $"{thrown.GetType().Name}: {thrown.Message}";
        }
    }
}
