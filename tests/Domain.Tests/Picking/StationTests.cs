using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Tests.Picking;

public sealed class StationTests
{
    private static readonly StationId Id = new("MAIN/S1");
    private static readonly OrderId One = new("uci/1");
    private static readonly OrderId Two = new("uci/2");
    private static readonly Lpn Source = new("T1");

    [Fact]
    public void All_that_is_wanted_of_a_tote_is_lit_at_once_and_the_next_tote_waits()
    {
        var station = Collecting().Done(Present(Source, Demand(One, 1, 3), Demand(Two, 2, 1)));

        Assert.Equal("ToteArrived Lit Lit", station.Happened);
        station.Done(Present(new("T2"), Demand(One, 1, 1)));
        Assert.Equal("ToteArrived", station.Happened);
        station.Done(Press(1)).Done(Press(2));
        Assert.Equal("Confirmed ToteDone Lit", station.Happened);
        station.AssertRestorable();
    }

    [Fact]
    public void A_press_counts_once()
    {
        var station = Collecting().Done(Present(Source, Demand(One, 1, 3)));
        station.Done(Press(1));
        Assert.Single(station.Effects, effect => effect.Body is OrderCommand.Picked { Quantity: 3 });
        Assert.Single(station.Effects, effect => effect.Body is ToteCommand.Take && effect.Target == Source.Stream);
        Assert.Single(station.Effects, effect => effect.Body is ToteCommand.Put && effect.Target == new Lpn("P1").Stream);
        Assert.Single(station.Effects, effect => effect.Body is WarehouseCommand.ToteDone);

        station.Done(Press(1));

        Assert.Equal("PressIgnored", station.Happened);
        Assert.Empty(station.Effects);
    }

    [Theory]
    [InlineData(0, "ShortPicked", 0, 3)]
    [InlineData(2, "ShortPicked", 2, 1)]
    [InlineData(3, "Confirmed", 3, 0)]
    [InlineData(-1, "ShortPicked", 0, 3)]
    public void A_short_press_says_how_many_were_there(int found, string happened, int taken, int missing)
    {
        var station = Collecting().Done(Present(Source, Demand(One, 1, 3)));

        station.Done(Press(1, PressKind.Short, found));

        Assert.StartsWith(happened, station.Happened, StringComparison.Ordinal);
        Assert.Equal(taken, station.Effects.Select(e => e.Body).OfType<OrderCommand.Picked>().Sum(one => one.Quantity));
        Assert.Equal(missing, station.Effects.Select(e => e.Body).OfType<OrderCommand.Short>().Sum(one => one.Missing));
    }

    [Fact]
    public void A_complete_slot_is_closed_by_a_press_and_then_too_late_to_withdraw()
    {
        var station = Collecting().Done(new StationCommand.CloseSlot(One));
        Assert.Equal("SlotCompleted Lit", station.Happened);

        station.Done(Press(1));

        Assert.Equal("SlotClosed", station.Happened);
        Assert.Contains(Effect.Tell(new("warehouse:MAIN"), new WarehouseCommand.SlotFreed(Id, 1, One)), station.Effects);
        Assert.True(station.Do(new StationCommand.Withdraw(One)).Is(StationRefusal.AlreadyClosed));
        Assert.True(station.Do(new StationCommand.Withdraw(new("uci/9"))).Is(StationRefusal.Unknown));
    }

    [Fact]
    public void A_withdrawn_order_answers_with_what_it_got_and_its_lights_go_out()
    {
        var station = Collecting().Done(Present(Source, Demand(One, 1, 3))).Done(Press(1))
            .Done(Present(new("T2"), Demand(One, 1, 1)));

        var answer = station.Do(new StationCommand.Withdraw(One));

        Assert.Equal([new ToteContent(new("85123A"), new("L1"), 3)], Assert.IsType<WithdrawnWith>(answer.Detail).Contents.ToArray());
        Assert.Equal("PutOut SlotWithdrawn ToteDone", station.Happened);
        Assert.Equal("PressIgnored", station.Done(Press(2)).Happened);
    }

    [Fact]
    public void Two_demands_for_one_slot_are_lit_one_after_the_other()
    {
        var station = Collecting().Done(Present(Source, Demand(One, 1, 3), Demand(One, 1, 1)));

        Assert.Equal("ToteArrived Lit", station.Happened);
        Assert.Equal("Confirmed Lit", station.Done(Press(1)).Happened);
        Assert.Equal("Confirmed ToteDone", station.Done(Press(2)).Happened);
    }

    [Fact]
    public void An_unanswered_light_is_shown_again_at_doubling_times_while_it_is_on()
    {
        var station = Collecting().Done(Present(Source, Demand(One, 1, 3)), new(1000));
        var look = station.Effects.Single(effect => effect.Body is StationCommand.LookAfter);
        Assert.Equal(new Moment(61_000), look.Due);

        station.Done(look.Body, new(61_000));
        Assert.Equal("Overdue", station.Happened);
        Assert.Contains(station.Effects, effect => effect.Body is DeviceCommand.Enqueue { Command: MachineCommand.ShowPick });
        Assert.Equal(new Moment(181_000), station.Effects.Single(effect => effect.Due is not null).Due);
        Assert.Empty(station.Done(look.Body, new(61_001)).Happened);
    }

    [Fact]
    public void A_light_that_did_not_reach_its_tag_in_time_is_shown_again_as_the_same_task()
    {
        var station = Collecting().Done(Present(Source, Demand(One, 1, 3)));
        var show = station.Effects.Select(e => e.Body).OfType<DeviceCommand.Enqueue>().Single().Command;

        station.Done(new NotTaken(new("MAIN/ptl-S1-01"), show, CommandOutcome.Expired, "late"), new(90_000));

        Assert.Equal(new DeviceCommand.Enqueue(show, new(150_000)), station.Effects.Single().Body);
    }

    private static Live<StationState> Collecting() => new Live<StationState>(StationDecider.Decider)
        .Done(new StationCommand.Open(Id, 3))
        .Done(new StationCommand.OpenSlot(1, One, new("P1")))
        .Done(new StationCommand.OpenSlot(2, Two, new("P2")));

    private static StationCommand.Present Present(Lpn lpn, params PickDemand[] demands) => new(lpn, [.. demands]);

    private static PickDemand Demand(OrderId order, int slot, int quantity) =>
        new(new(order + "/1"), order, slot, new("85123A"), new("L1"), quantity);

    private static Signalled Press(int task, PressKind kind = PressKind.Confirm, int quantity = 0) => new(
        new("MAIN/ptl-S1-01"), new DeviceSignal.ButtonPressed(new($"MAIN/S1/{task:000000}"), 1, task, kind, quantity));
}
