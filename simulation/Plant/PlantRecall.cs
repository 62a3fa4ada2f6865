using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Journal;

namespace Warehouse.Simulation.Plant;

/// <summary>
/// Where a vehicle was when the journal last heard of it: its stop, its load, and how much of which mission it had done.
/// Way is the leg that it was on, after that stop; empty when it stayed there.
/// </summary>
public sealed record RecalledVehicle(
    PlaceId At, Lpn? Load, MissionId? Mission, int LegsDone, int NodesDone, ImmutableArray<RoutePoint> Way);

/// <summary>
/// What the journal last heard of the machines. Real machines outlive the controller; virtual ones die with the process
/// that plays them, so at the next start they wake up where the book has them: totes in their places, vehicles at the
/// last stop they reported (or on their way from it, where another one has stopped since), cranes with the jobs they had taken. What they had done and not told counts as undone. Only
/// the devices' own streams are read: they hear first, and what follows from it may still be on its way.
/// </summary>
public sealed class PlantRecall
{
    private const int Page = 2_000;
    private readonly SortedDictionary<Lpn, PlaceId> places = [];
    private readonly SortedDictionary<VehicleId, RecalledVehicle> vehicles = [];
    private readonly SortedDictionary<MissionId, (VehicleId Vehicle, MachineCommand.Drive Drive)> missions = [];
    private readonly SortedDictionary<DeviceId, StreamId> owners = [];
    private readonly SortedDictionary<(string Device, long Sequence), CraneJob> asked = [];
    private readonly SortedDictionary<CraneJobId, CraneJob> taken = [];

    /// <summary>Before anything moved: totes in the racks, vehicles at home.</summary>
    public PlantRecall(IEnumerable<(Lpn Lpn, PlaceId Place)> opening)
    {
        foreach (var (lpn, place) in opening)
        {
            places[lpn] = place;
        }
    }

    /// <summary>Vehicles only, as another process told of them: all that a plant without cranes has to know.</summary>
    public PlantRecall(IReadOnlyDictionary<VehicleId, RecalledVehicle> seen) => vehicles = new(seen.ToDictionary());

    /// <summary>Where totes stand that machines can reach.</summary>
    public IEnumerable<(Lpn Lpn, PlaceId Place)> Totes => places.Select(tote => (tote.Key, tote.Value));

    /// <summary>Vehicles that were ever told to drive.</summary>
    public IReadOnlyDictionary<VehicleId, RecalledVehicle> Vehicles => vehicles;

    /// <summary>Jobs that cranes have taken and not ended, oldest first.</summary>
    public IEnumerable<CraneJob> CraneJobs => taken.Values;

    /// <summary>Follow a journal to its end.</summary>
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
        if (row.Stream.Noun != "device")
        {
            return;
        }

        foreach (var happened in codec.Decode(row.Body.Span).Events.OfType<DeviceEvent>())
        {
            Hear(DeviceId.Parse(row.Stream.Key), happened);
        }
    }

    private void Hear(DeviceId device, DeviceEvent happened)
    {
        switch (happened)
        {
            case DeviceEvent.Registered it:
                owners[device] = it.Owner;
                break;
            case DeviceEvent.Enqueued { Entry.Command: MachineCommand.Drive drive }:
                Ordered(VehicleId.Parse(owners[device].Key), drive);
                break;
            case DeviceEvent.Enqueued { Entry: { Command: MachineCommand.RunCraneJob run } entry }:
                asked[(device.Text, entry.Sequence)] = run.Job;
                break;
            case DeviceEvent.Ended it:
                if (asked.Remove((device.Text, it.Outcome.Sequence), out var job) && it.Outcome.Outcome == CommandOutcome.Accepted)
                {
                    taken.TryAdd(job.Id, job);
                }

                break;
            case DeviceEvent.Said { Signal: DeviceSignal.LegsDone legs }:
                Drove(legs);
                break;
            case DeviceEvent.Said { Signal: DeviceSignal.CraneJobDone done }:
                Lifted(done.Job);
                break;
            case DeviceEvent.Said { Signal: DeviceSignal.CraneJobFailed failed }:
                taken.Remove(failed.Job);
                break;
        }
    }

    private void Ordered(VehicleId vehicle, MachineCommand.Drive drive)
    {
        if (missions.TryAdd(drive.Mission, (vehicle, drive)))
        {
            var before = vehicles.GetValueOrDefault(vehicle);
            vehicles[vehicle] = new RecalledVehicle(
                before?.At ?? FloorPlan.Home(vehicle), before?.Load, drive.Mission, 0, 0, drive.Legs[0].Nodes[1..]);
        }
    }

    private void Drove(DeviceSignal.LegsDone news)
    {
        if (!missions.TryGetValue(news.Mission, out var mission))
        {
            return;
        }

        var (vehicle, drive) = mission;
        var before = vehicles.GetValueOrDefault(vehicle);
        var load = before?.Load;
        foreach (var leg in drive.Legs.Take(news.Count).Skip(before?.Mission == news.Mission ? before.LegsDone : 0))
        {
            load = Acted(leg, drive.Lpn, load);
        }

        var nodes = drive.Legs.Take(news.Count).Sum(leg => leg.Nodes.Length);
        vehicles[vehicle] = new RecalledVehicle(drive.Legs[news.Count - 1].Place, load, news.Mission, news.Count, nodes, WayOf(drive, news.Count));
    }

    /// <summary>A mission's later legs do not name the node again at which the one before ended.</summary>
    private static ImmutableArray<RoutePoint> WayOf(MachineCommand.Drive drive, int leg) =>
        leg < drive.Legs.Length ? drive.Legs[leg].Nodes : [];

    private Lpn? Acted(Leg leg, Lpn? wanted, Lpn? load)
    {
        if (leg.Action == LegAction.Pick && wanted is { } picked)
        {
            places.Remove(picked);
            return picked;
        }

        if (leg.Action == LegAction.Drop && load is { } dropped)
        {
            places[dropped] = leg.Place;
            return null;
        }

        return load;
    }

    private void Lifted(CraneJobId id)
    {
        // A short job may end before its own acceptance was heard.
        if (taken.Remove(id, out var job) || (job = asked.Values.FirstOrDefault(one => one.Id == id)) is not null)
        {
            places[job.Lpn] = job.To;
        }
    }
}
