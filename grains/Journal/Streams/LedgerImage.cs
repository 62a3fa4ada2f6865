using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>A ledger as a snapshot holds it, in a defined order so that equal ledgers are equal bytes.</summary>
/// <param name="Heard">The last effect of each source, by source.</param>
/// <param name="Open">The stream's own effects that are not settled, in order.</param>
/// <param name="Recent">Commands from outside, oldest first.</param>
internal sealed record LedgerImage(
    ImmutableArray<HeardEffect> Heard, ImmutableArray<OpenEffect> Open, ImmutableArray<OutsideCommand> Recent);

/// <summary>The last effect that came from a source, and what it was answered.</summary>
internal sealed record HeardEffect(StreamId From, long Version, int Index, Answer Answer, Moment At);

/// <summary>An effect of the stream's own that waits for its answer or its time.</summary>
internal readonly record struct OpenEffect(long Version, int Index) : IComparable<OpenEffect>
{
    public int CompareTo(OpenEffect other) =>
        Version.CompareTo(other.Version) is not 0 and var byVersion ? byVersion : Index.CompareTo(other.Index);
}

/// <summary>A command from outside, and what it was answered.</summary>
internal sealed record OutsideCommand(string Id, ulong Hash, Answer Answer, Moment At);
