using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>A dispatcher's bounds. Periods are of the real clock where nothing else is said.</summary>
public sealed record DispatcherOptions
{
    /// <summary>
    /// Who holds the leases: one name per data folder where a second process cannot run (a restart then goes on at
    /// once), one per process in a cluster.
    /// </summary>
    public required string Host { get; init; }

    /// <summary>Effects under way at once, over all partitions.</summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>How long a call may take before it counts as failed.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait after the first failed delivery; doubled up to <see cref="MaxBackOff"/>.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait between two tries.</summary>
    public TimeSpan MaxBackOff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For how long (warehouse clock) an effect is tried. Not longer than targets remember answers
    /// (<see cref="StreamOptions.Retention"/>): later a repeat could be decided twice.
    /// </summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a partition's lease holds without renewal.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Between two renewals, and two tries to get what another host holds.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks at the store for what other silos have committed.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Effects per read.</summary>
    public int ReadPage { get; init; } = 500;

    /// <summary>Streams per partition whose last version is kept in mind; beyond it they are looked up again.</summary>
    public int MaxStreamsInMind { get; init; } = 16_384;

    /// <summary>Told of every delivery that failed and will be tried again.</summary>
    public Action<EffectId, Exception>? DeliveryFailed { get; init; }

    /// <summary>Told when the store could not be read or a lease not be renewed; it is tried again.</summary>
    public Action<Exception>? StoreFailed { get; init; }
}
