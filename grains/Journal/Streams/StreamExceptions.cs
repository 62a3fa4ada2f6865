using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>The stream stopped because going on would spread damage; activate it again to go on from the journal.</summary>
public sealed class StreamFaultedException(StreamId stream, Exception cause)
    : InvalidOperationException($"{stream} stopped: {cause?.Message}", cause);

/// <summary>The stream was deactivated; send the command to its next activation.</summary>
public sealed class StreamClosedException(StreamId stream) : InvalidOperationException($"{stream} is deactivated");

/// <summary>Too many commands wait already; nothing happened, send it again later.</summary>
public sealed class StreamBusyException(StreamId stream, int waiting)
    : InvalidOperationException($"{stream} has {waiting} commands waiting");

/// <summary>The journal holds a gap: rows are missing between two versions.</summary>
public sealed class JournalGapException(StreamId stream, long expected, long found)
    : InvalidOperationException($"{stream} has version {found} where {expected} should be");
