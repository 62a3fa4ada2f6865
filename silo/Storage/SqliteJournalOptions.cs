namespace Warehouse.Silo.Storage;

/// <summary>Where the journal's file is and how it is written.</summary>
public sealed record SqliteJournalOptions
{
    /// <summary>The file; made when it is not there.</summary>
    public required string Path { get; init; }

    /// <summary>How long a write waits for another process that is writing.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Pages (of 4 KiB) in the write-ahead log from which on it is copied into the file: the larger, the rarer the
    /// copying, the longer the recovery after a kill. 4,000 pages are 16 MB, read back in well under a second.
    /// </summary>
    public int CheckpointPages { get; init; } = 4000;
}
