using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>
/// One append on its way: all events of one stream's decisions since its last append, in one row, so that they land
/// whole or not at all. Its effects are written, and the effects it settles deleted, in the same transaction.
/// </summary>
/// <param name="Stream">Whose.</param>
/// <param name="Version">Counts the stream's appends from 1; it lands only as the next after the stream's last.</param>
/// <param name="Body">The codec's UTF-8 JSON.</param>
/// <param name="Effects">What this append wants done.</param>
/// <param name="Settled">Effects of this stream that are answered (or deadlines that have come) herewith.</param>
public sealed record Append(
    StreamId Stream, long Version, ReadOnlyMemory<byte> Body, ImmutableArray<EffectRow> Effects, ImmutableArray<EffectId> Settled)
{
    /// <summary>What <see cref="Body"/> was just made of; null when it is not known. No store keeps it.</summary>
    public DecodedAppend? Content { get; init; }
}

/// <summary>An effect as it is stored until it is settled.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Partition">The dispatcher's partition: a stable hash of the stream.</param>
/// <param name="Target">Who shall get the command.</param>
/// <param name="Body">The command, by the codec.</param>
/// <param name="Due">Not before this time (warehouse clock); null is at once.</param>
public sealed record EffectRow(EffectId Id, int Partition, StreamId Target, ReadOnlyMemory<byte> Body, Moment? Due)
{
    /// <summary>The command that <see cref="Body"/> was just made of; null in a row that was read. No store keeps it.</summary>
    public Command? Command { get; init; }
}

/// <summary>An append as it stands in the journal.</summary>
/// <param name="Position">Its place in the whole journal: rising, in commit order.</param>
/// <param name="Stream">Whose.</param>
/// <param name="Version">Its number within the stream, from 1.</param>
/// <param name="Body">The codec's UTF-8 JSON.</param>
public sealed record JournalRow(long Position, StreamId Stream, long Version, ReadOnlyMemory<byte> Body);

/// <summary>What became of one append of a batch.</summary>
public enum AppendOutcome
{
    /// <summary>It is durable.</summary>
    Landed,
    /// <summary>It is not the stream's next: another has its number, or the one before it is missing.</summary>
    Conflict,
}

/// <summary>A dispatcher's hold on a partition. A higher epoch fences all lower ones.</summary>
public sealed record PartitionLease(int Partition, string Host, long Epoch, Moment Until);

/// <summary>A stream's state at a version, disposable: of another schema, damaged or ahead of the journal it counts as none.</summary>
/// <param name="Stream">Whose.</param>
/// <param name="Version">The append it includes last.</param>
/// <param name="Schema">The state's shape.</param>
/// <param name="Body">State and ledger by the codec.</param>
/// <param name="Checksum">CRC-32 (or better) of the body.</param>
public sealed record Snapshot(StreamId Stream, long Version, int Schema, ReadOnlyMemory<byte> Body, uint Checksum);
