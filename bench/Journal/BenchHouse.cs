using System.Collections.Concurrent;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Journal;
using Warehouse.Silo.Storage;

namespace Warehouse.Bench.Journal;

/// <summary>
/// Production streams, committer, dispatcher and SQLite store in one process; only Orleans is left out. The router
/// calls streams directly; the warehouse, whose floor is not measured here, says yes to everything.
/// </summary>
internal sealed class BenchHouse : IRouter, IAsyncDisposable
{
    private readonly ConcurrentDictionary<StreamId, Lazy<Task<EventStream>>> streams = [];
    private readonly ConcurrentDictionary<StreamId, TaskCompletionSource<OrderStage>> settling = [];
    private readonly StreamPorts ports;
    private readonly Committer committer;
    private readonly Dispatcher dispatcher;

    public BenchHouse(string path)
    {
        Store = new SqliteJournalStore(new SqliteJournalOptions { Path = path });
        var codec = new JournalCodec(NounTable.All.Names);
        committer = new Committer(Store, new CommitterOptions { StepBack = SqliteJournalStore.LetOthersRun });
        dispatcher = new Dispatcher(
            Store, this, codec, TimeProvider.System, TimeProvider.System,
            new DispatcherOptions { Host = "bench", MaxInFlight = 2048 });
        committer.Committed += dispatcher.Hear;
        ports = new StreamPorts(
            NounTable.All, codec, Store, committer, new MemorySnapshots(), TimeProvider.System, new StreamOptions());
        Store.BeginOnWriter(committer.Start);
        dispatcher.Start();
    }

    public SqliteJournalStore Store { get; }

    public long Batches => committer.Batches;

    public async Task<Answer> Execute(StreamId stream, Envelope envelope) =>
        await (await Activated(stream)).Execute(envelope);

    /// <summary>Place an order and wait until it is durably allocated, or durably waits for stock.</summary>
    public async Task<OrderStage> PlaceAndSettle(OrderDraft draft)
    {
        var settled = new TaskCompletionSource<OrderStage>(TaskCreationOptions.RunContinuationsAsynchronously);
        settling[draft.Id.Stream] = settled;
        var answer = await Execute(draft.Id.Stream, Envelope.From("place", new OrderCommand.Place(draft)));
        return answer.Accepted ? await settled.Task : throw new InvalidOperationException(answer.Reason);
    }

    public async Task<Answer> Send(StreamId target, Envelope envelope)
    {
        if (target.Noun == "warehouse")
        {
            return Answer.Yes;
        }

        var stream = await Activated(target);
        var answer = await stream.Execute(envelope);
        if (envelope.Body is Answered && stream.Durable is OrderState { Stage: OrderStage.Allocated or OrderStage.AwaitingStock } order
            && settling.TryRemove(target, out var settled))
        {
            settled.SetResult(order.Stage);
        }

        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await dispatcher.Stop();
        await committer.Stop();
        Store.Dispose();
    }

    private Task<EventStream> Activated(StreamId stream) => streams.GetOrAdd(
        stream, id => new Lazy<Task<EventStream>>(() => EventStream.Activate(id, ports))).Value;
}
