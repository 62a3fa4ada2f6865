using Warehouse.Devices.Tests.Staging;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Tests.Vda5050;

/// <summary>
/// Missions over a wire that loses, repeats and delays, with a vehicle that is switched off, a host that dies, and
/// cancels, at steps drawn from a seed. Whatever happens, the tote is picked once and set down once.
/// </summary>
public sealed class TroubledVehicleTests
{
    private const int Length = 9;

    public static TheoryData<string, int> Runs()
    {
        var runs = new TheoryData<string, int>();
        foreach (var seed in Enumerable.Range(1, 24))
        {
            runs.Add("2.1.0", seed);
            runs.Add("3.0.0", seed);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_tote_is_picked_once_and_set_down_once_whatever_the_wire_and_the_vehicle_do(string version, int seed)
    {
        var chance = new Random(seed);
        var floor = new Floor();
        var vehicle = new PlayVehicle(floor, VdaTopics.OfVirtual(new("MAIN/V07"), version), chance, "N0") { Trouble = chance.Next(40) };
        var way = Way(released: 1 + chance.Next(4));
        floor.With(Floor.Vehicle, DeviceKind.Vehicle, settings: [("version", version), ("resendSeconds", "2"), ("rejectionStates", "3")]);
        floor.Desk.Enqueue(Floor.Vehicle, way, TimeSpan.FromHours(2));
        var reboots = chance.Next(3);
        var crashes = chance.Next(2);
        for (var step = 0; step < 400 && floor.Desk.State(Floor.Vehicle).Outbox.Length > 0; step++)
        {
            vehicle.Trouble = step < 250 ? vehicle.Trouble : 0;
            vehicle.Step();
            floor.Pass(0.3);
            way = ReleaseMore(floor, way, chance);
            if (reboots > 0 && chance.Next(12) == 0)
            {
                reboots--;
                vehicle.Reboot();
            }
            else if (crashes > 0 && chance.Next(15) == 0)
            {
                crashes--;
                floor.Stage.Finish(floor.Host.Stop);
                floor.With(Floor.Vehicle, DeviceKind.Vehicle, register: false, settings: [("version", version), ("resendSeconds", "2"), ("rejectionStates", "3")]);
            }
        }

        Assert.Empty(vehicle.Breaches);
        Assert.Equal(["pick MAIN/A01/out1", "drop MAIN/S1/dock01"], vehicle.Done);
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(floor.Desk.Outcomes).Outcome);
        var passed = floor.Desk.Said.OfType<DeviceSignal.WayPassed>().ToList();
        Assert.Equal((Length, 2), (passed[^1].Nodes, passed[^1].Acts));
        Assert.Equal(passed.OrderBy(one => (one.Nodes, one.Acts)), passed);
        Assert.Empty(floor.Host.WireFaults.Seen);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_cancel_at_any_step_ends_with_the_mission_done_or_the_vehicle_free(string version, int seed)
    {
        var chance = new Random(1000 + seed);
        var floor = new Floor();
        var vehicle = new PlayVehicle(floor, VdaTopics.OfVirtual(new("MAIN/V07"), version), chance, "N0") { Trouble = chance.Next(40) };
        var way = Way(released: Length);
        floor.With(Floor.Vehicle, DeviceKind.Vehicle, settings: [("version", version), ("resendSeconds", "2"), ("rejectionStates", "3")]);
        floor.Desk.Enqueue(Floor.Vehicle, way, TimeSpan.FromHours(2));
        var at = chance.Next(14);
        for (var step = 0; step < 200 && floor.Desk.State(Floor.Vehicle).Outbox.Length > 0; step++)
        {
            vehicle.Trouble = step < 100 ? vehicle.Trouble : 0;
            if (step == at)
            {
                floor.Desk.Tell(Floor.Vehicle, new DeviceCommand.Cancel(way.Mission.Text, "why"));
            }

            vehicle.Step();
            floor.Pass(0.3);
        }

        Assert.Empty(vehicle.Breaches);
        Assert.True(vehicle.Idle);
        Assert.Empty(floor.Desk.State(Floor.Vehicle).Outbox);
        Assert.Equal(vehicle.Done, new[] { "pick MAIN/A01/out1", "drop MAIN/S1/dock01" }.Take(vehicle.Done.Count));
        var cancelled = floor.Desk.Said.OfType<DeviceSignal.DriveCancelled>().SingleOrDefault();
        Assert.Equal(vehicle.Done.Count, cancelled?.Acts ?? 2);
    }

    /// <summary>Pick at the third node, drop at the last but one.</summary>
    private static MachineCommand.Follow Way(int released) => new(
        new("MAIN/M000042"), new("T000123"), 0, 0,
        [
            .. Enumerable.Range(0, Length).Select(node => node switch
            {
                2 => new WayPoint(Drives.Point($"N{node}", node * 1000), LegAction.Pick, new("MAIN/A01/out1")),
                Length - 2 => new WayPoint(Drives.Point($"N{node}", node * 1000), LegAction.Drop, new("MAIN/S1/dock01")),
                _ => new WayPoint(Drives.Point($"N{node}", node * 1000)),
            }),
        ], released, Ends: true);

    /// <summary>The traffic releases a node or two now and then, when the vehicle comes near the end of its base.</summary>
    private static MachineCommand.Follow ReleaseMore(Floor floor, MachineCommand.Follow way, Random chance)
    {
        if (way.Released == Length || chance.Next(3) > 0)
        {
            return way;
        }

        var next = way.Next(way.Way[way.Released..], Math.Min(Length, way.Released + 1 + chance.Next(3)), ends: true);
        floor.Desk.Enqueue(Floor.Vehicle, next, TimeSpan.FromHours(2));
        return way.Join(next);
    }
}
