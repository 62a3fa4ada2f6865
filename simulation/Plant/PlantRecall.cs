using Warehouse.Domain.Cranes;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Journal;

namespace Warehouse.Simulation.Plant;

/// <summary>Where a vehicle was when the journal last heard of it: its stop, its load, and how much of which mission it had done.</summary>
public sealed record RecalledVehicle(PlaceId At, Lpn? Load, MissionId? Mission, int LegsDone, int NodesDone);

/// <summary>
/// What the journal last heard of the machines. Real machines outlive the controller; virtual ones die with the process
/// that plays them, so at the next start they wake up where the book has them: totes in their places, vehicles at the
/// last stop they reported, cranes with the jobs they had been given. What they had done and not told counts as undone.
/// </summary>
public sealed class PlantRecall
{
    private const int Page = 2_000;
    private readonly SortedDictionary<Lpn, PlaceId> places = [];
    private readonly SortedDictionary<VehicleId, RecalledVehicle> vehicles = [];
    private readonly SortedDictionary<VehicleId, AgvEvent.MissionBegun> missions = [];
    private readonly SortedDictionary<CraneJobId, CraneJob> queued = [];
    private readonly SortedDictionary<CraneJobId, CraneJob> given = [];

    /// <summary>Where totes stand that machines can reach.</summary>
    public IEnumerable<(Lpn Lpn, PlaceId Place)> Totes => places.Select(tote => (tote.Key, tote.Value));

    /// <summary>Vehicles that have been somewhere.</summary>
    public IReadOnlyDictionary<VehicleId, RecalledVehicle> Vehicles => vehicles;

    /// <summary>Jobs that cranes were given and have not ended, oldest first.</summary>
    public IEnumerable<CraneJob> CraneJobs => given.Values;

    /// <summary>Before anything moved: totes in the racks, vehicles at home.</summary>
    public PlantRecall(IEnumerable<(Lpn Lpn, PlaceId Place)> opening)
    {
        foreach (var (lpn, place) in opening)
        {
            places[lpn] = place;
        }
    }

    /// <summary>Follow a journal to its end; of the streams only vehicles' and cranes' matter.</summary>
    public async Task Follow(IJournalStore store, JournalCodec codec)
    {
        IReadOnlyList<JournalRow> rows;
        long after = 0;
        do
        {
            rows = await store.ReadFeed(after, Page);
            foreach (var row in rows)
            {
                Hear(row, codec);
                after = row.Position;
            }
        }
        while (rows.Count == Page);
    }

    private void Hear(JournalRow row, JournalCodec codec)
    {
        var noun = row.Stream.Noun;
        if (noun is not ("agv" or "crane"))
        {
            return;
        }

        foreach (var happened in codec.Decode(row.Body.Span).Events)
        {
            if (happened is AgvEvent driven)
            {
                Hear(VehicleId.Parse(row.Stream.Key), driven);
            }
            else if (happened is CraneEvent lifted)
            {
                Hear(lifted);
            }
        }
    }

    private void Hear(VehicleId vehicle, AgvEvent happened)
    {
        switch (happened)
        {
            case AgvEvent.Opened it:
                vehicles[vehicle] = new RecalledVehicle(it.Home, null, null, 0, 0);
                break;
            case AgvEvent.MissionBegun it:
                missions[vehicle] = it;
                vehicles[vehicle] = vehicles[vehicle] with { Mission = it.Mission, LegsDone = 0, NodesDone = 0 };
                break;
            case AgvEvent.LegDone it:
                Hear(vehicle, it, missions[vehicle]);
                break;
        }
    }

    private void Hear(VehicleId vehicle, AgvEvent.LegDone done, AgvEvent.MissionBegun mission)
    {
        var load = vehicles[vehicle].Load;
        if (done.Action == LegAction.Pick && mission.Lpn is { } taken)
        {
            places.Remove(taken);
            load = taken;
        }
        else if (done.Action == LegAction.Drop && load is { } dropped)
        {
            places[dropped] = done.Place;
            load = null;
        }

        var nodes = mission.Legs.Take(done.Leg + 1).Sum(leg => leg.Nodes.Length);
        vehicles[vehicle] = new RecalledVehicle(done.Place, load, mission.Mission, done.Leg + 1, nodes);
    }

    private void Hear(CraneEvent happened)
    {
        switch (happened)
        {
            case CraneEvent.Filled it:
                foreach (var bin in it.Bins)
                {
                    places[bin.Lpn] = bin.Bin;
                }

                break;
            case CraneEvent.JobQueued it:
                queued[it.Job.Id] = it.Job;
                break;
            case CraneEvent.JobStarted it when queued.Remove(it.Job, out var job):
                given[it.Job] = job;
                break;
            case CraneEvent.JobDone it when given.Remove(it.Job, out var job):
                places[job.Lpn] = job.To;
                break;
            case CraneEvent.JobFailed it:
                given.Remove(it.Job);
                break;
        }
    }
}
