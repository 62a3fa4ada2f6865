using Warehouse.Devices.Manifests;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.Tests.Staging;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Tests.Sessions;

public sealed class ChangingDevicesTests
{
    private static readonly DeviceId Second = new("MAIN/ptl-S1-04");
    private readonly Floor _floor = new();

    [Fact]
    public void A_device_that_is_added_while_the_host_runs_is_commanded_like_the_others()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag);
        _floor.Desk.Register(Second, DeviceKind.PickTag);
        _floor.Stage.Finish(() => _floor.Host.Put(DeviceManifest.Of(Second, DeviceKind.PickTag)));
        _floor.Desk.Enqueue(Second, Floor.Show(1));
        _floor.Pass(5);

        Assert.Contains(_floor.Wire, message => message.Topic == "ptl/v1/MAIN/S1-04/cmd");
        Assert.Equal([Floor.Tag, Second], _floor.Host.Manifests.Select(manifest => manifest.Id));
    }

    [Fact]
    public void A_device_that_is_added_later_still_gets_what_its_machine_retained()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag);
        _floor.Publish("ptl/v1/MAIN/S1-04/state", """{"lit":"MAIN/S1/000001","boot":1,"seq":0}"""u8.ToArray(), retain: true);
        _floor.Desk.Register(Second, DeviceKind.PickTag);
        _floor.Stage.Finish(() => _floor.Host.Put(DeviceManifest.Of(Second, DeviceKind.PickTag)));
        _floor.Desk.Enqueue(Second, Floor.Show(1));
        _floor.Pass(5);

        Assert.DoesNotContain(_floor.Wire, message => message.Topic == "ptl/v1/MAIN/S1-04/cmd");
        Assert.Equal(CommandOutcome.Accepted, Assert.Single(_floor.Desk.Outcomes).Outcome);
    }

    [Fact]
    public void A_changed_manifest_speaks_to_the_new_topics_and_no_longer_to_the_old()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        var moved = DeviceManifest.Of(Floor.Tag, DeviceKind.PickTag).With(PickTagAdapter.Tag, "left");
        _floor.Stage.Finish(() => _floor.Host.Put(moved));
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(1));
        _floor.Pass(5);
        _floor.TagEvent("MAIN/S1/000001", seq: 1);

        Assert.Contains(_floor.Wire, message => message.Topic == "ptl/v1/MAIN/left/cmd");
        Assert.Empty(_floor.TagCommands);
        Assert.Empty(_floor.Desk.Said.OfType<DeviceSignal.ButtonPressed>());
    }

    [Fact]
    public void The_same_manifest_again_does_not_disturb_the_session()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag);
        var looks = _floor.Desk.Heard.Count;
        _floor.Stage.Finish(() => _floor.Host.Put(DeviceManifest.Of(Floor.Tag, DeviceKind.PickTag)));

        Assert.Equal(looks, _floor.Desk.Heard.Count);
    }

    [Fact]
    public void A_removed_device_is_neither_heard_nor_commanded()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).TagState(null);
        _floor.Stage.Finish(() => _floor.Host.Remove(Floor.Tag));
        _floor.Desk.Enqueue(Floor.Tag, Floor.Show(1));
        _floor.TagEvent("MAIN/S1/000001", seq: 1);
        _floor.Pass(30);

        Assert.Empty(_floor.TagCommands);
        Assert.Empty(_floor.Desk.Said.OfType<DeviceSignal.ButtonPressed>());
        Assert.Empty(_floor.Host.Health);
    }

    [Fact]
    public void Health_says_who_is_held_and_what_was_not_understood()
    {
        _floor.With(Floor.Tag, DeviceKind.PickTag).Publish(Floor.TagTopics.State, "no json"u8.ToArray());

        var health = Assert.Single(_floor.Host.Health);
        Assert.Equal((true, DeviceMode.Automatic, 1L), (health.Held, health.Mode, health.NotUnderstood));
        Assert.Contains(Floor.TagTopics.State, health.LastFault, StringComparison.Ordinal);
    }
}
