using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Journal;
using Warehouse.Simulation.Plant;

namespace Simulation.Tests.Plant;

public sealed class PlantRecallTests
{
    private static readonly DeviceId Agv = new("MAIN/agv-V01");
    private static readonly DeviceId Crane = new("MAIN/crane-A01");
    private static readonly VehicleId Vehicle = new("MAIN/V01");
    private static readonly Lpn Tote = new("T1");
    private static readonly PlaceId Bin = new("MAIN/A01/bin/L-001-01");
    private static readonly PlaceId Out = new("MAIN/A01/out1");
    private static readonly PlaceId Dock = new("MAIN/S1/dock01");

    private readonly JournalCodec codec = new(NounTable.All.Names);
    private readonly MemoryJournalStore store = new(TimeProvider.System);
    private readonly SortedDictionary<string, long> versions = new(StringComparer.Ordinal);

    [Fact]
    public async Task A_tote_stands_where_the_opening_put_it_until_a_machine_reports()
    {
        var recall = await Recall();
        Assert.Equal([(Tote, Bin)], recall.Totes);
        Assert.Empty(recall.Vehicles);
    }

    [Fact]
    public async Task A_job_that_the_crane_took_and_did_not_end_is_still_its_job()
    {
        await Hear(Crane, new DeviceEvent.Registered(Crane, DeviceKind.Crane, new AisleId("MAIN/A01").Stream), Asked(1), Ended(1));
        var recall = await Recall();
        Assert.Equal([Job()], recall.CraneJobs);
        Assert.Equal([(Tote, Bin)], recall.Totes);
    }

    [Fact]
    public async Task A_job_in_the_outbox_is_left_to_be_sent_again()
    {
        await Hear(Crane, new DeviceEvent.Registered(Crane, DeviceKind.Crane, new AisleId("MAIN/A01").Stream), Asked(1));
        Assert.Empty((await Recall()).CraneJobs);
    }

    [Fact]
    public async Task An_ended_job_has_moved_its_tote()
    {
        await Hear(Crane, new DeviceEvent.Registered(Crane, DeviceKind.Crane, new AisleId("MAIN/A01").Stream), Asked(1), Ended(1), Said(new DeviceSignal.CraneJobDone(Job().Id)));
        var recall = await Recall();
        Assert.Empty(recall.CraneJobs);
        Assert.Equal([(Tote, Out)], recall.Totes);
    }

    [Fact]
    public async Task A_vehicle_stands_at_the_last_leg_it_reported_with_the_tote_it_took_there()
    {
        await Hear(Agv, new DeviceEvent.Registered(Agv, DeviceKind.Vehicle, Vehicle.Stream), Fetch(), Said(new DeviceSignal.LegsDone(Mission, 1)));
        var recall = await Recall();
        var vehicle = recall.Vehicles[Vehicle];
        Assert.Equal(new RecalledVehicle(Out, Tote, Mission, 1, 2, vehicle.Way), vehicle);
        Assert.Equal(["N1", "N2"], vehicle.Way.Select(point => point.Node.Text));
        Assert.Empty(recall.Totes);
    }

    [Fact]
    public async Task A_repeated_report_does_not_move_the_tote_twice()
    {
        await Hear(Agv, new DeviceEvent.Registered(Agv, DeviceKind.Vehicle, Vehicle.Stream), Fetch(), Said(new DeviceSignal.LegsDone(Mission, 1)), Said(new DeviceSignal.LegsDone(Mission, 2)));
        Assert.Equal(new RecalledVehicle(Dock, Tote, Mission, 2, 4, []), (await Recall()).Vehicles[Vehicle]);
    }

    [Fact]
    public async Task A_vehicle_that_was_sent_from_home_and_reported_nothing_is_on_its_way_from_there()
    {
        await Hear(Agv, new DeviceEvent.Registered(Agv, DeviceKind.Vehicle, Vehicle.Stream), Fetch());
        var vehicle = (await Recall()).Vehicles[Vehicle];
        Assert.Equal((new PlaceId("MAIN/home/V01"), 0), (vehicle.At, vehicle.LegsDone));
        Assert.Equal(["N2"], vehicle.Way.Select(point => point.Node.Text));
    }

    private static MissionId Mission => new("MAIN/M000001");

    private static CraneJob Job() => new(new("MAIN/A01/000001"), CraneJobKind.Retrieve, Tote, Bin, Out);

    private static DeviceEvent.Enqueued Asked(long sequence) => new(new OutboxEntry(sequence, new MachineCommand.RunCraneJob(Job()), default));

    private static DeviceEvent.Ended Ended(long sequence) => new(new OutboxOutcome(sequence, CommandOutcome.Accepted, ""));

    private static DeviceEvent.Said Said(DeviceSignal signal) => new(signal);

    private static DeviceEvent.Enqueued Fetch() => new(new OutboxEntry(1, new MachineCommand.Drive(Mission, Tote, [Leg(LegAction.Pick, Out), Leg(LegAction.Stand, Dock)]), default));

    private static Leg Leg(LegAction action, PlaceId place) => new([new(new NodeId("N1"), 0, 0), new(new NodeId("N2"), 0, 0)], action, place);

    private async Task<PlantRecall> Recall()
    {
        var recall = new PlantRecall([(Tote, Bin)]);
        await recall.Follow(store, codec);
        return recall;
    }

    private async Task Hear(DeviceId device, params ImmutableArray<Event> events)
    {
        foreach (var happened in events)
        {
            var version = versions[device.Text] = versions.GetValueOrDefault(device.Text) + 1;
            var (body, _) = codec.Encode(new DecodedAppend(default, [], [happened], 0), []);
            await store.Append([new Append(device.Stream, version, body, [], [])]);
        }
    }
}
