using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Simulation.Checking;

/// <summary>
/// Who has which tote, from what machines reported: a place holds one tote, a machine takes a tote only from where it
/// is, a vehicle has one mission. Machines' reports stand in the journal in the order of cause and effect, which the
/// totes' own streams, told by messages, do not.
/// </summary>
internal sealed class CustodyBook
{
    private readonly SortedDictionary<Lpn, PlaceId> where = [];
    private readonly SortedDictionary<PlaceId, Lpn> holds = [];
    private readonly SortedDictionary<CraneJobId, CraneJob> jobs = [];
    private readonly SortedDictionary<StreamId, Mission> missions = [];
    private readonly SortedSet<MissionId> begun = [];

    /// <summary>Where machines have set the tote down last; null when none ever moved it.</summary>
    public PlaceId? Place(Lpn lpn) => where.TryGetValue(lpn, out var place) ? place : null;

    public void See(in Seen seen, Findings findings)
    {
        switch (seen.Event)
        {
            case CraneEvent.Filled it:
                foreach (var bin in it.Bins)
                {
                    Put(seen, bin.Lpn, bin.Bin, findings);
                }

                break;
            case CraneEvent.JobQueued it:
                findings.Demand(jobs.TryAdd(it.Job.Id, it.Job), seen, $"job {it.Job.Id} was queued twice");
                break;
            case CraneEvent.JobDone it:
                if (jobs.Remove(it.Job, out var job))
                {
                    Carry(seen, job.Lpn, job.From, job.To, findings);
                }
                else
                {
                    findings.Add(seen, $"job {it.Job} was done twice, or never queued");
                }

                break;
            case WarehouseEvent.GoodsReceived it:
                Put(seen, it.Lpn, it.Place, findings);
                break;
            case AgvEvent.MissionBegun it:
                findings.Demand(begun.Add(it.Mission), seen, $"mission {it.Mission} was begun twice");
                findings.Demand(!missions.ContainsKey(seen.Stream), seen, $"mission {it.Mission} was begun while the vehicle has another");
                missions[seen.Stream] = new Mission(it, Done: 0);
                break;
            case AgvEvent.LegDone it:
                Leg(seen, it, findings);
                break;
            case AgvEvent.MissionDone:
                missions.Remove(seen.Stream);
                break;
        }
    }

    /// <summary>What must hold when nothing moves any more.</summary>
    public void Finish(Findings findings)
    {
        foreach (var (vehicle, mission) in missions)
        {
            findings.Demand(false, vehicle, $"mission {mission.Begun.Mission} never ends");
        }

        foreach (var job in jobs.Values)
        {
            findings.Demand(false, new StreamId("crane:" + job.Id), $"the crane's job for {job.Lpn} never ends");
        }
    }

    private void Leg(in Seen seen, AgvEvent.LegDone it, Findings findings)
    {
        if (!missions.TryGetValue(seen.Stream, out var mission) || mission.Begun.Mission != it.Mission || mission.Done != it.Leg)
        {
            findings.Add(seen, $"leg {it.Leg} of {it.Mission} was done twice, or out of turn");
            return;
        }

        missions[seen.Stream] = mission with { Done = it.Leg + 1 };
        var vehicle = PlaceId.Parse(seen.Stream.Key);
        if (mission.Begun.Lpn is { } lpn && it.Action != LegAction.Stand)
        {
            var (from, to) = it.Action == LegAction.Pick ? (it.Place, vehicle) : (vehicle, it.Place);
            Carry(seen, lpn, from, to, findings);
        }
    }

    private void Carry(in Seen seen, Lpn lpn, PlaceId from, PlaceId to, Findings findings)
    {
        if (where.TryGetValue(lpn, out var at))
        {
            findings.Demand(at == from, seen, $"{lpn} was taken from {from}, but it stands at {at}");
            holds.Remove(at);
        }

        Put(seen, lpn, to, findings);
    }

    private void Put(in Seen seen, Lpn lpn, PlaceId to, Findings findings)
    {
        findings.Demand(!holds.TryGetValue(to, out var there) || there == lpn, seen, $"{lpn} was set on {to}, where {there} stands");
        where[lpn] = to;
        holds[to] = lpn;
    }

    private sealed record Mission(AgvEvent.MissionBegun Begun, int Done);
}
