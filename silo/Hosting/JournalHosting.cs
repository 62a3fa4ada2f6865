using Warehouse.Domain.Deciding;
using Warehouse.Grains;
using Warehouse.Journal;
using Warehouse.Silo.Storage;

namespace Warehouse.Silo.Hosting;

/// <summary>The journal's parts: store, committer, snapshots, dispatcher, feed.</summary>
public static partial class JournalHosting
{
    /// <summary>The name of the floor's clock among the keyed services.</summary>
    public const string WarehouseClock = "warehouse";

    /// <summary>
    /// Adds the journal over a store; snapshots are added beside it. Effects are sent by grain calls. The host's name holds the dispatcher's leases: one
    /// per data folder, so that a restart goes on at once.
    /// </summary>
    public static IServiceCollection AddWarehouseJournal(
        this IServiceCollection services, IJournalStore store, TimeProvider warehouseClock, string host)
    {
        services.AddKeyedSingleton(WarehouseClock, warehouseClock);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(store);
        services.AddSingleton(NounTable.All);
        services.AddSingleton(new JournalCodec(NounTable.All.Names));
        services.AddSingleton(house => CommitterTo(house.GetRequiredService<IJournalStore>()));
        services.AddSingleton(Ports);
        services.AddSingleton<Journal.IRouter, GrainRouter>();
        services.AddSingleton(house => Feed(house));
        services.AddSingleton(house => Sender(house, host));
        services.AddSiloLife("committer", SiloLife.BeforeGrains, StartCommitter, house => house.GetRequiredService<Committer>().Stop());
        services.AddSiloLife("dispatcher", SiloLife.WithGrains, StartDispatcher, house => house.GetRequiredService<Dispatcher>().Stop());
        return services;
    }

    private static Committer CommitterTo(IJournalStore store) =>
        store is SqliteJournalStore
            ? new Committer(store, new CommitterOptions { StepBack = SqliteJournalStore.LetOthersRun })
            : new Committer(store);

    private static StreamPorts Ports(IServiceProvider house)
    {
        var log = Log(house);
        return new StreamPorts(
            house.GetRequiredService<NounTable>(), house.GetRequiredService<JournalCodec>(), house.GetRequiredService<IJournalStore>(),
            house.GetRequiredService<Committer>(), house.GetRequiredService<ISnapshots>(), house.GetRequiredKeyedService<TimeProvider>(WarehouseClock),
            new StreamOptions { SnapshotFailed = (stream, failure) => LogNoSnapshot(log, failure, stream) });
    }

    private static FeedReader Feed(IServiceProvider house)
    {
        var log = Log(house);
        return new FeedReader(
            house.GetRequiredService<IJournalStore>(), house.GetRequiredService<JournalCodec>(), TimeProvider.System,
            new FeedOptions { Failed = failure => LogFeedFailed(log, failure) });
    }

    private static Dispatcher Sender(IServiceProvider house, string host)
    {
        var log = Log(house);
        return new Dispatcher(
            house.GetRequiredService<IJournalStore>(), house.GetRequiredService<Journal.IRouter>(), house.GetRequiredService<JournalCodec>(),
            house.GetRequiredKeyedService<TimeProvider>(WarehouseClock), TimeProvider.System, new DispatcherOptions
            {
                Host = host,
                DeliveryFailed = (effect, failure) => LogNotDelivered(log, failure, effect),
                StoreFailed = failure => LogStoreFailed(log, failure),
            });
    }

    private static Task StartCommitter(IServiceProvider house)
    {
        var committer = house.GetRequiredService<Committer>();
        committer.Committed += house.GetRequiredService<FeedReader>().Hear;
        if (house.GetRequiredService<IJournalStore>() is SqliteJournalStore store)
        {
            store.BeginOnWriter(committer.Start);
        }
        else
        {
            committer.Start();
        }

        return Task.CompletedTask;
    }

    private static Task StartDispatcher(IServiceProvider house)
    {
        var dispatcher = house.GetRequiredService<Dispatcher>();
        house.GetRequiredService<Committer>().Committed += dispatcher.Hear;
        dispatcher.Start();
        return Task.CompletedTask;
    }

    private static ILogger Log(IServiceProvider house) => house.GetRequiredService<ILoggerFactory>().CreateLogger("Warehouse.Journal");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Stream}: no snapshot was written; the journal has it all")]
    private static partial void LogNoSnapshot(ILogger log, Exception failure, StreamId stream);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the feed's reader failed; the same rows are read again")]
    private static partial void LogFeedFailed(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Effect} was not delivered; it is tried again")]
    private static partial void LogNotDelivered(ILogger log, Exception failure, EffectId effect);

    [LoggerMessage(Level = LogLevel.Error, Message = "the journal's store failed the dispatcher; it is tried again")]
    private static partial void LogStoreFailed(ILogger log, Exception failure);
}
