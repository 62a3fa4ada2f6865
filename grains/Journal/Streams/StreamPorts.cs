namespace Warehouse.Journal;

/// <summary>All that a stream needs of the outside.</summary>
/// <param name="Nouns">What the stream's noun is.</param>
/// <param name="Codec">How its rows are written.</param>
/// <param name="Store">Where its rows are read.</param>
/// <param name="Committer">Where its appends go.</param>
/// <param name="Snapshots">Where its snapshots are.</param>
/// <param name="Clock">The warehouse clock: the time at which commands are decided.</param>
/// <param name="Options">Its bounds.</param>
public sealed record StreamPorts(
    NounTable Nouns, JournalCodec Codec, IJournalStore Store, Committer Committer, ISnapshots Snapshots,
    TimeProvider Clock, StreamOptions Options);

/// <summary>A stream's bounds. Periods are of the warehouse clock.</summary>
public sealed record StreamOptions
{
    /// <summary>Appends between two snapshots; more when the snapshot is larger than they are.</summary>
    public int SnapshotEvery { get; init; } = 500;

    /// <summary>How long answers are remembered for repeats. Longer than any sender repeats.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many commands from outside are remembered at most; the oldest are forgotten first.</summary>
    public int MaxRemembered { get; init; } = 4096;

    /// <summary>How many commands may wait for commits at once; one more throws <see cref="StreamBusyException"/>.</summary>
    public int MaxWaiting { get; init; } = 16_384;

    /// <summary>Rows per read while a stream is brought up to date.</summary>
    public int ReadPage { get; init; } = 500;

    /// <summary>Commits in a row that may fail before the stream gives up and faults.</summary>
    public int MaxFailures { get; init; } = 3;

    /// <summary>Told when a snapshot could not be written; it is tried again after the next <see cref="SnapshotEvery"/>.</summary>
    public Action<Domain.Deciding.StreamId, Exception>? SnapshotFailed { get; init; }
}
