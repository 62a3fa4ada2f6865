using Warehouse.Devices.Sessions;
using Warehouse.Journal;
using Warehouse.Simulation.Plant;

namespace Warehouse.Simulation.House;

/// <summary>What a simulated house is built from. Tests that plant a mistake on purpose wrap a part of it here.</summary>
public sealed record HouseOptions
{
    /// <summary>What decides.</summary>
    public NounTable Nouns { get; init; } = NounTable.All;

    /// <summary>Between the house and its store.</summary>
    public Func<IJournalStore, IJournalStore> Journal { get; init; } = store => store;

    /// <summary>Between the dispatcher and the streams.</summary>
    public Func<IRouter, IRouter> Router { get; init; } = router => router;

    /// <summary>How fast the floor works. Poses are for people's eyes and left out.</summary>
    public PlantOptions Plant { get; init; } = new() { PoseEveryMilliseconds = 0 };

    /// <summary>How long a write takes until it is synced.</summary>
    public TimeSpan SyncTime { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The dispatcher's bounds; one host, so nobody else's commits have to be looked for often.</summary>
    public DispatcherOptions Dispatcher { get; init; } = new()
    {
        Host = "house", RenewEvery = TimeSpan.FromSeconds(60), Lease = TimeSpan.FromSeconds(180), LookEvery = TimeSpan.FromMinutes(10),
    };

    /// <summary>The streams' bounds.</summary>
    public StreamOptions Streams { get; init; } = new();

    /// <summary>How device sessions run.</summary>
    public SessionHostOptions Sessions { get; init; } = new() { Host = "house", Lease = TimeSpan.FromHours(1) };
}
