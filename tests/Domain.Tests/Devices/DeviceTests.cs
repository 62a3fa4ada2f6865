using System.Text.Json;
using CsCheck;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Tests.Running;

namespace Warehouse.Domain.Tests.Devices;

public sealed class DeviceTests
{
    private static readonly DeviceId Id = new("MAIN/ptl-S1-03");
    private static readonly StreamId Owner = new("station:MAIN/S1");

    [Fact]
    public void One_host_holds_the_lease_and_each_change_of_host_is_a_new_epoch()
    {
        var device = Registered();

        Assert.Equal(1, Take(device, "a", 0, 10).Epoch);
        Assert.True(device.Do(new DeviceCommand.TakeLease("b", new(9), new(19))).Is(DeviceRefusal.Leased));
        Assert.Equal(1, Take(device, "a", 9, 19).Epoch);
        Assert.Equal(2, Take(device, "b", 19, 29).Epoch);
        Assert.Equal(3, Take(device, "b", 29, 39).Epoch);
    }

    [Fact]
    public void An_older_epoch_is_heard_no_more()
    {
        var device = Registered();
        Take(device, "a", 0, 10);
        Take(device, "b", 10, 20);

        Assert.True(device.Do(Report(1, Press(1))).Is(DeviceRefusal.OldEpoch));
        Assert.True(device.Do(new DeviceCommand.FoundDifference(1, new("d", "dark", ["yes"]))).Is(DeviceRefusal.OldEpoch));
        Assert.True(device.Do(Report(2, Press(1))).Accepted);
    }

    [Fact]
    public void Repeats_and_reorder_of_signals_tell_the_owner_each_fact_once() =>
        Gen.Int[1, 20].Array[1, 60].Sample(sequences =>
        {
            var device = Registered();
            Take(device, "a", 0, 10);
            var told = new List<Command>();
            foreach (var sequence in sequences)
            {
                device.Done(Report(1, Press(sequence)));
                told.AddRange(device.Effects.Select(effect => effect.Body));
            }

            Assert.Equal(sequences.Distinct().Select(one => new Signalled(Id, Press(one))), told);
            device.AssertRestorable();
        }, iter: 200);

    [Fact]
    public void After_a_reboot_the_same_sequence_is_another_press()
    {
        var device = Registered();
        Take(device, "a", 0, 10);

        device.Done(Report(1, Press(1), Press(1) with { Boot = 2 }));

        Assert.Equal("Said Said", device.Happened);
    }

    [Fact]
    public void A_command_waits_once_and_goes_back_to_its_owner_when_the_machine_did_not_take_it()
    {
        var device = Registered();
        var off = new MachineCommand.LightOff(new("MAIN/S1/000001"));
        device.Done(Light(1)).Done(Light(1)).Done(new DeviceCommand.Enqueue(off, new(60)));
        var lease = Take(device, "a", 0, 10);

        Assert.Equal([1, 2], lease.Outbox.Select(entry => entry.Sequence));
        device.Done(new DeviceCommand.Report(
            1, [new(1, CommandOutcome.Accepted, ""), new(2, CommandOutcome.Expired, "late"), new(9, CommandOutcome.Expired, "never was")], []));
        Assert.Equal([Effect.Tell(Owner, new NotTaken(Id, off, CommandOutcome.Expired, "late"))], device.Effects);
        Assert.Empty(device.State.Outbox);
        device.Done(Light(1));
        Assert.Equal(3, device.State.Outbox[0].Sequence);
    }

    [Fact]
    public void The_outbox_is_bounded()
    {
        var device = Registered();
        for (var number = 1; number <= DeviceDecider.OutboxLimit; number++)
        {
            device.Done(Light(number));
        }

        Assert.True(device.Do(Light(1000)).Is(DeviceRefusal.OutboxFull));
    }

    [Fact]
    public void A_difference_takes_the_device_out_of_automatic_mode_until_a_person_has_answered()
    {
        var device = Registered();
        Take(device, "a", 0, 10);
        device.Done(new DeviceCommand.FoundDifference(1, new("d", "another light is on", ["keep", "put out"])));

        Assert.Equal(DeviceMode.Observe, device.State.Mode);
        Assert.True(device.Do(new DeviceCommand.SetMode(DeviceMode.Automatic, "Ann", "go")).Is(DeviceRefusal.DifferenceOpen));
        Assert.True(device.Do(new DeviceCommand.Settle("d", "burn", "Ann")).Is(DeviceRefusal.NoSuchDifference));
        device.Done(new DeviceCommand.Settle("d", "keep", "Ann"));
        Assert.Equal(DeviceMode.Automatic, device.State.Mode);
        device.AssertRestorable();
    }

    [Fact]
    public void What_is_not_registered_is_unknown_and_registering_otherwise_is_refused()
    {
        Assert.True(new Live<DeviceState>(DeviceDecider.Decider).Do(Light(1)).Is(DeviceRefusal.Unknown));
        Assert.Empty(Registered().Done(new DeviceCommand.Register(Id, DeviceKind.PickTag, Owner)).Happened);
        Assert.True(Registered().Do(new DeviceCommand.Register(Id, DeviceKind.PickTag, new("station:MAIN/S2"))).Is(DeviceRefusal.AnotherDevice));
    }

    [Fact]
    public void A_machine_of_another_kind_takes_the_place_of_a_device_of_the_same_owner()
    {
        var device = Registered().Done(new DeviceCommand.Register(Id, DeviceKind.Parse("acmeLight"), Owner));

        Assert.Equal("acmeLight", device.State.Kind.Text);
        device.AssertRestorable();
    }

    [Fact]
    public void A_kind_stands_in_journals_as_it_did_when_it_was_an_enum()
    {
        Assert.Equal("\"PickTag\"", JsonSerializer.Serialize(DeviceKind.PickTag));
        Assert.Equal(DeviceKind.Crane, JsonSerializer.Deserialize<DeviceKind>("\"Crane\""));
        Assert.Throws<FormatException>(() => JsonSerializer.Deserialize<DeviceKind>("\"a/b\""));
    }

    private static Live<DeviceState> Registered() =>
        new Live<DeviceState>(DeviceDecider.Decider).Done(new DeviceCommand.Register(Id, DeviceKind.PickTag, Owner));

    private static Lease Take(Live<DeviceState> device, string host, long now, long until) =>
        Assert.IsType<Lease>(device.Do(new DeviceCommand.TakeLease(host, new(now), new(until))).Detail);

    private static DeviceCommand.Enqueue Light(int task) =>
        new(new MachineCommand.ShowPick(new($"MAIN/S1/{task:000000}"), "green", 2, "85123A"), new(60));

    private static DeviceCommand.Report Report(long epoch, params DeviceSignal[] signals) => new(epoch, [], [.. signals]);

    private static DeviceSignal.ButtonPressed Press(long sequence) =>
        new(new("MAIN/S1/000001"), 1, sequence, PressKind.Confirm, 2);
}
