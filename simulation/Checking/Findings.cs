using System.Globalization;
using System.Runtime.CompilerServices;
using Warehouse.Domain.Deciding;

namespace Warehouse.Simulation.Checking;

/// <summary>Something in the journal that must not be.</summary>
/// <param name="Position">The row that showed it; 0 when only the whole journal shows it.</param>
/// <param name="Stream">Whose.</param>
/// <param name="What">The broken rule, with the figures.</param>
public sealed record Finding(long Position, StreamId Stream, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"#{Position} {Stream}: {What}";
}

/// <summary>An event where it stands in the journal.</summary>
public readonly record struct Seen(long Position, StreamId Stream, Moment At, Event Event);

/// <summary>Collects what the checks find; the first ones matter most, so only a bounded number is kept.</summary>
public sealed class Findings
{
    private const int Kept = 100;
    private readonly List<Finding> all = [];

    /// <summary>The kept findings, in order.</summary>
    public IReadOnlyList<Finding> All => all;

    /// <summary>How many there were in all.</summary>
    public long Count { get; private set; }

    /// <summary>Note one.</summary>
    public void Add(Finding finding)
    {
        Count++;
        if (all.Count < Kept)
        {
            all.Add(finding);
        }
    }

    /// <summary>Note one at an event.</summary>
    public void Add(in Seen seen, string what) => Add(new Finding(seen.Position, seen.Stream, what));

    /// <summary>Note one unless the rule holds.</summary>
    public void Demand(bool holds, in Seen seen, [InterpolatedStringHandlerArgument(nameof(holds))] ref RuleText what)
    {
        if (!holds)
        {
            Add(seen, what.ToStringAndClear());
        }
    }

    /// <summary>Note one unless the rule holds.</summary>
    public void Demand(bool holds, in Seen seen, string what)
    {
        if (!holds)
        {
            Add(seen, what);
        }
    }

    /// <summary>Note one about the journal as a whole unless the rule holds.</summary>
    public void Demand(bool holds, StreamId stream, [InterpolatedStringHandlerArgument(nameof(holds))] ref RuleText what)
    {
        if (!holds)
        {
            Add(new Finding(0, stream, what.ToStringAndClear()));
        }
    }
}

/// <summary>The text of a finding, composed only when the rule is broken: millions of events hold.</summary>
[InterpolatedStringHandler]
public ref struct RuleText
{
    private DefaultInterpolatedStringHandler text;

    /// <summary>Called by the compiler.</summary>
    public RuleText(int literalLength, int formattedCount, bool holds, out bool wanted)
    {
        wanted = !holds;
        text = wanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => text.AppendLiteral(value);

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    /// <summary>The whole.</summary>
    public string ToStringAndClear() => text.ToStringAndClear();
}

/// <summary>Counts by key, for books; a key that is not there counts 0.</summary>
internal static class Counts
{
    public static long Of<TKey>(this SortedDictionary<TKey, long> counts, TKey key) where TKey : notnull => counts.GetValueOrDefault(key);

    public static long Raise<TKey>(this SortedDictionary<TKey, long> counts, TKey key, long by) where TKey : notnull =>
        counts[key] = counts.GetValueOrDefault(key) + by;
}
