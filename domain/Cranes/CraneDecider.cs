using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Cranes;

/// <summary>
/// An aisle and its crane: keeps the bins, puts jobs in sequence, and gives the machine two at a time, so that it need
/// not wait for us between them. A job keeps its id through every repeat.
/// </summary>
public static partial class CraneDecider
{
    /// <summary>How many jobs the machine has at a time: the one it does and the one after it.</summary>
    public const int GivenLimit = 2;

    /// <summary>How long the machine may take to have a job before it is asked again, in warehouse time.</summary>
    public const long JobDeadlineMilliseconds = 5 * 60_000;

    /// <summary>How often a machine may refuse a job before a person has to look.</summary>
    public const int RefusalLimit = 5;

    /// <summary>The noun.</summary>
    public static Decider<CraneState> Decider { get; } =
        new("crane", 1, CraneState.Initial, Decide, Evolve, React, Check);

    private static Decision Decide(CraneState crane, Command command, Moment at) => (command, crane) switch
    {
        (Answered, _) => Decision.Nothing,
        (CraneCommand.Open open, { Aisle: null }) =>
            Decision.Accept(new CraneEvent.Opened(open.Aisle, open.Device, open.Columns, open.Levels)),
        (_, { Aisle: null }) => Decision.Refuse(CraneRefusal.NotOpen, "the aisle is not in service"),
        (CraneCommand.Open open, _) => OpenAgain(crane, open),
        (CraneCommand.Fill fill, _) => Fill(crane, fill),
        (CraneCommand.Retrieve retrieve, _) => Retrieve(crane, retrieve, at),
        (CraneCommand.Store store, _) => Store(crane, store, at),
        (Signalled { Signal: DeviceSignal.CraneJobDone done }, _) =>
            crane.Given.Any(given => given.Job.Id == done.Job) || crane.Failed.Any(failed => failed.Job.Id == done.Job)
                ? WithNextJobs(crane, at, new CraneEvent.JobDone(done.Job))
                : Decision.Nothing,
        (Signalled { Signal: DeviceSignal.CraneJobFailed failed }, _) => Failed(crane, failed.Job, failed.Reason, at),
        (Signalled { Signal: DeviceSignal.LinkChanged link }, _) => link.Online == crane.Online
            ? Decision.Nothing
            : Decision.Accept(new CraneEvent.LinkChanged(link.Online)),
        (NotTaken { Command: MachineCommand.RunCraneJob run } refused, _) => NotTaken(crane, run.Job.Id, refused, at),
        (Signalled or Devices.NotTaken, _) => Decision.Nothing,
        _ => throw new UnreachableCommandException("crane", command),
    };

    private static Decision OpenAgain(CraneState crane, CraneCommand.Open open) =>
        (crane.Aisle, crane.Device, crane.Columns, crane.Levels) == (open.Aisle, open.Device, open.Columns, open.Levels)
            ? Decision.Nothing
            : Decision.Refuse(CraneRefusal.AnotherAisle, $"{crane.Aisle} is in service with other numbers");

    private static Decision Fill(CraneState crane, CraneCommand.Fill fill)
    {
        var fresh = fill.Bins.RemoveAll(one => crane.Owners.TryGetValue(one.Bin, out var owner) && owner == one.Lpn);
        var bins = new SortedSet<PlaceId>();
        var totes = new SortedSet<Lpn>();
        foreach (var one in fresh)
        {
            if (Rack.Find(crane.Aisle!.Value, crane.Columns, crane.Levels, one.Bin) is null)
            {
                return Decision.Refuse(CraneRefusal.NoSuchBin, $"{one.Bin} is no bin of {crane.Aisle}");
            }

            if (crane.Owners.ContainsKey(one.Bin) || crane.Bins.ContainsKey(one.Lpn) || !bins.Add(one.Bin) || !totes.Add(one.Lpn))
            {
                return Decision.Refuse(CraneRefusal.NoSuchBin, $"{one.Lpn} cannot stand in {one.Bin}: one of both is taken");
            }
        }

        return fresh.IsEmpty ? Decision.Nothing : Decision.Accept(new CraneEvent.Filled(fresh));
    }

    private static Decision Retrieve(CraneState crane, CraneCommand.Retrieve retrieve, Moment at) =>
        !crane.Bins.TryGetValue(retrieve.Lpn, out var bin) || crane.Out.Contains(retrieve.Lpn)
            ? Decision.Refuse(CraneRefusal.NotHere, $"{retrieve.Lpn} is in no bin of {crane.Aisle}")
        : crane.HasJob(retrieve.Lpn)
            ? Decision.Refuse(CraneRefusal.HasAJob, $"{retrieve.Lpn} has a job already")
            : Queue(crane, CraneJobKind.Retrieve, retrieve.Lpn, bin, retrieve.Out, at);

    private static Decision Store(CraneState crane, CraneCommand.Store store, Moment at)
    {
        var own = crane.Bins.TryGetValue(store.Lpn, out var bin);
        if (own && !crane.Out.Contains(store.Lpn))
        {
            return Decision.Refuse(CraneRefusal.NotHere, $"{store.Lpn} is in {bin}, not on {store.In}");
        }

        return crane.HasJob(store.Lpn)
            ? Decision.Refuse(CraneRefusal.HasAJob, $"{store.Lpn} has a job already")
            : (own ? bin : NearestFreeBin(crane)) is { } to
                ? Queue(crane, CraneJobKind.Store, store.Lpn, store.In, to, at)
                : Decision.Refuse(CraneRefusal.RackFull, $"no bin of {crane.Aisle} is free for {store.Lpn}");
    }

    private static PlaceId? NearestFreeBin(CraneState crane) =>
        Rack.Bins(crane.Aisle!.Value, crane.Columns, crane.Levels)
            .FirstOrDefault(bin => !crane.Owners.ContainsKey(bin.Place))?.Place;

    private static Decision Queue(
        CraneState crane, CraneJobKind kind, Lpn lpn, PlaceId from, PlaceId to, Moment at)
    {
        var id = new CraneJobId(FormattableString.Invariant($"{crane.Aisle}/{crane.LastJob + 1:000000}"));
        return WithNextJobs(crane, at, new CraneEvent.JobQueued(new(id, kind, lpn, from, to)));
    }

    private static Decision Failed(CraneState crane, CraneJobId job, string reason, Moment at) =>
        crane.Given.Any(given => given.Job.Id == job)
            ? WithNextJobs(crane, at, new CraneEvent.JobFailed(job, reason))
            : Decision.Nothing;

    private static Decision NotTaken(CraneState crane, CraneJobId job, NotTaken refused, Moment at) =>
        crane.Given.FirstOrDefault(given => given.Job.Id == job) is not { } given ? Decision.Nothing
        : refused.Outcome == CommandOutcome.Refused && given.Repeats >= RefusalLimit
            ? Failed(crane, job, refused.Reason, at)
            : Decision.Accept(new CraneEvent.JobRepeated(job, given.Repeats + 1, at));

    /// <summary>The event, and the jobs that the machine can have because of it.</summary>
    private static Decision WithNextJobs(CraneState crane, Moment at, CraneEvent first)
    {
        var events = ImmutableArray.Create<Event>(first);
        crane = Evolve(crane, first);
        while (crane.Given.Length < GivenLimit && CraneSequence.Next(crane.Waiting, crane.LastGiven) is { } next)
        {
            var started = new CraneEvent.JobStarted(next.Id, at);
            events = events.Add(started);
            crane = Evolve(crane, started);
        }

        return Decision.Accept(events);
    }

    private static IEnumerable<Effect> React(CraneState crane, Event happened) => happened switch
    {
        CraneEvent.JobStarted it => [Order(crane, it.Job, it.At)],
        CraneEvent.JobRepeated it => [Order(crane, it.Job, it.At)],
        CraneEvent.JobDone => Done(crane.Aisle!.Value, crane.LastDone!),
        _ => [],
    };

    private static Effect Order(CraneState crane, CraneJobId job, Moment at) => Effect.Tell(
        crane.Device!.Value.Stream,
        new DeviceCommand.Enqueue(
            new MachineCommand.RunCraneJob(crane.Given.Single(given => given.Job.Id == job).Job),
            at.Plus(JobDeadlineMilliseconds)));

    private static IEnumerable<Effect> Done(AisleId aisle, CraneJob job) =>
    [
        Effect.Tell(job.Lpn.Stream, new ToteCommand.Move(job.From, job.To)),
        Effect.Tell(FloorPlan.WarehouseOf(aisle.Text).Stream, job.Kind == CraneJobKind.Retrieve
            ? new WarehouseCommand.ToteOut(aisle, job.Lpn, job.To)
            : new WarehouseCommand.ToteStored(aisle, job.Lpn, job.From, job.To)),
    ];
}
