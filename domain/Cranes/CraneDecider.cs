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
        new("crane", 2, CraneState.Initial, Decide, Evolve, React, Check);

    private static Decision Decide(CraneState crane, Command command, Moment at) => (command, crane) switch
    {
        (Answered, _) => Decision.Nothing,
        (CraneCommand.Open { Depth: not (1 or 2) }, _) => Decision.Invalid(CraneRefusal.NoSuchBin, "a lane is one or two bins deep"),
        (CraneCommand.Open open, { Aisle: null }) =>
            Decision.Accept(new CraneEvent.Opened(open.Aisle, open.Device, open.Columns, open.Levels, open.Depth)),
        (_, { Aisle: null }) => Decision.Refuse(CraneRefusal.NotOpen, "the aisle is not in service"),
        (CraneCommand.Open open, _) => OpenAgain(crane, open),
        (CraneCommand.Fill fill, _) => Fill(crane, fill),
        (CraneCommand.Retrieve retrieve, _) => Retrieve(crane, retrieve, at),
        (CraneCommand.Store store, _) => Store(crane, store, at),
        (Signalled { Signal: DeviceSignal.CraneJobDone done }, _) =>
            crane.Given.Any(given => given.Job.Id == done.Job) || crane.Failed.Any(failed => failed.Job.Id == done.Job)
                ? WithNextJobs(crane, at, new CraneEvent.JobDone(done.Job))
                : Decision.Nothing,
        (Signalled { Signal: DeviceSignal.CraneJobFailed failed }, _) => Failed(
            crane, failed.Job, failed.Reason, failed.Fault, failed.OnForks, at),
        (CraneCommand.Recover recover, _) => Recover(crane, recover, at),
        (CraneCommand.SetService set, _) => SetService(crane, set, at),
        (CraneCommand.ReopenBin reopen, _) => ReopenBin(crane, reopen, at),
        (Signalled { Signal: DeviceSignal.LinkChanged link }, _) => link.Online == crane.Online
            ? Decision.Nothing
            : Decision.Accept(new CraneEvent.LinkChanged(link.Online)),
        (NotTaken { Command: MachineCommand.RunCraneJob run } refused, _) => NotTaken(crane, run.Job.Id, refused, at),
        (Signalled or Devices.NotTaken, _) => Decision.Nothing,
        _ => throw new UnreachableCommandException("crane", command),
    };

    private static Decision OpenAgain(CraneState crane, CraneCommand.Open open) =>
        (crane.Aisle, crane.Device, crane.Columns, crane.Levels, crane.Depth)
            == (open.Aisle, open.Device, open.Columns, open.Levels, open.Depth)
            ? Decision.Nothing
            : Decision.Refuse(CraneRefusal.AnotherAisle, $"{crane.Aisle} is in service with other numbers");

    private static Decision Fill(CraneState crane, CraneCommand.Fill fill)
    {
        var fresh = fill.Bins.RemoveAll(one => crane.Owners.TryGetValue(one.Bin, out var owner) && owner == one.Lpn);
        var bins = new SortedSet<PlaceId>();
        var totes = new SortedSet<Lpn>();
        foreach (var one in fresh)
        {
            if (Rack.Find(crane.Aisle!.Value, crane.Columns, crane.Levels, one.Bin, crane.Depth) is null)
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
            : CraneBins.For(crane, store.Lpn) is { } to
                ? Queue(crane, CraneJobKind.Store, store.Lpn, store.In, to, at)
                : Decision.Refuse(CraneRefusal.RackFull, $"no bin of {crane.Aisle} is free for {store.Lpn}");
    }

    private static Decision Queue(
        CraneState crane, CraneJobKind kind, Lpn lpn, PlaceId from, PlaceId to, Moment at)
    {
        return WithNextJobs(crane, at, new CraneEvent.JobQueued(new(NextId(crane), kind, lpn, from, to)));
    }

    private static Decision WithNextJobs(CraneState crane, Moment at, CraneEvent first) =>
        WithNextJobs(crane, at, ImmutableArray.Create<Event>(first));

    /// <summary>The events, and the jobs that the machine can have because of them.</summary>
    private static Decision WithNextJobs(CraneState crane, Moment at, ImmutableArray<Event> events)
    {
        crane = events.Aggregate(crane, Evolve);
        while (WaysToMake(crane) is { } relocate)
        {
            var queued = new CraneEvent.JobQueued(relocate);
            events = events.Add(queued);
            crane = Evolve(crane, queued);
        }

        while (crane.MayMove && crane.Given.Length < GivenLimit && CraneSequence.Next(crane) is { } next)
        {
            var started = new CraneEvent.JobStarted(next.Id, at);
            events = events.Add(started);
            crane = Evolve(crane, started);
        }

        return Decision.Accept(events);
    }

    /// <summary>The first tote that stands in front of a wanted one, and a bin for it elsewhere.</summary>
    private static CraneJob? WaysToMake(CraneState crane)
    {
        foreach (var job in crane.Depth > 1 ? crane.Waiting : [])
        {
            if (CraneAccess.Blocker(crane, job) is { } lpn && CraneBins.NearestFree(crane, notInLaneOf: crane.Bins[lpn]) is { } bin)
            {
                return new CraneJob(NextId(crane), CraneJobKind.Relocate, lpn, crane.Bins[lpn], bin);
            }
        }

        return null;
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

    private static IEnumerable<Effect> Done(AisleId aisle, CraneJob job)
    {
        yield return Effect.Tell(job.Lpn.Stream, new ToteCommand.Move(job.Origin, job.To));
        switch (job.Kind)
        {
            case CraneJobKind.Retrieve:
                yield return Effect.Tell(FloorPlan.WarehouseOf(aisle.Text).Stream, new WarehouseCommand.ToteOut(aisle, job.Lpn, job.To));
                break;
            case CraneJobKind.Store:
                yield return Effect.Tell(
                    FloorPlan.WarehouseOf(aisle.Text).Stream, new WarehouseCommand.ToteStored(aisle, job.Lpn, job.Origin, job.To));
                break;
            case CraneJobKind.Relocate:
                break;
        }
    }
}
