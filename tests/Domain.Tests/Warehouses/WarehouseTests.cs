using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Gs1;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Tests.Layout;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Tests.Warehouses;

public sealed class WarehouseTests
{
    [Fact]
    public void A_queued_order_gets_a_slot_at_the_emptiest_station_and_its_tote_is_ordered_out()
    {
        var floor = Open();

        floor.Done(Queue("1", 0, "T1"));

        Assert.Equal("OrderQueued OrderReleased RetrievalOrdered", floor.Happened);
        var released = floor.Effects.Select(effect => effect.Body).OfType<OrderCommand.Released>().Single();
        Assert.Equal((new StationId("MAIN/S1"), 1, new Lpn("P-MAIN-000001")), (released.Station, released.Slot, released.Tote));
        Assert.True(SsccNumber.IsValid(released.Sscc.Text));
        Assert.Contains(
            Effect.Tell(new("crane:MAIN/A01"), new CraneCommand.Retrieve(new("T1"), new("MAIN/A01/out1"))), floor.Effects);
        floor.Done(Queue("2", 0, "T2"));
        Assert.Equal("MAIN/S2", floor.Effects.Select(effect => effect.Body).OfType<OrderCommand.Released>().Single().Station.Text);
    }

    [Fact]
    public void Higher_priority_goes_first_then_the_older_order()
    {
        var floor = Open();
        for (var number = 0; number < 6; number++)
        {
            floor.Done(Queue($"full-{number}", 9, $"T{number}"));
        }

        floor.Done(Queue("young", 1, "T7") with { PlacedAt = new(2) }).Done(Queue("old", 1, "T8") with { PlacedAt = new(1) })
            .Done(Queue("urgent", 2, "T9") with { PlacedAt = new(3) });

        Assert.Equal(["t/urgent", "t/old", "t/young"], floor.State.Queue.Select(ticket => ticket.Order.Text));
    }

    [Fact]
    public void A_tote_travels_out_to_the_dock_and_home_and_shows_all_that_is_wanted_of_it_at_the_station()
    {
        var floor = Open().Done(Queue("1", 0, "T1")).Done(Queue("2", 0, "T9")).Done(Queue("3", 0, "T1"));
        floor.Done(new WarehouseCommand.ToteOut(new("MAIN/A01"), new("T1"), new("MAIN/A01/out1")));
        var carry = floor.Effects.Select(effect => effect.Body).OfType<AgvCommand.Carry>().Single();
        var vehicle = new VehicleId(floor.Effects.Single(effect => effect.Body == carry).Target.Key);
        Assert.Equal([LegAction.Pick, LegAction.Stand], carry.Legs.Select(leg => leg.Action));

        floor.Done(new WarehouseCommand.LegDone(vehicle, carry.Mission, 0, carry.Legs[0].Place))
            .Done(new WarehouseCommand.LegDone(vehicle, carry.Mission, 1, carry.Legs[1].Place));
        var present = floor.Effects.Select(effect => effect.Body).OfType<StationCommand.Present>().Single();
        Assert.Equal(["t/1", "t/3"], present.Demands.Select(demand => demand.Order.Text));

        floor.Done(new WarehouseCommand.ToteDone(new("MAIN/S1"), new("T1")));
        Assert.Equal("ToteFinished MissionStarted", floor.Happened);
        var back = floor.Effects.Select(effect => effect.Body).OfType<AgvCommand.Carry>().Single();
        floor.Done(new WarehouseCommand.LegDone(vehicle, back.Mission, 0, back.Legs[0].Place));
        Assert.Equal("MissionEnded MissionStarted", floor.Happened);
        Assert.Contains(
            Effect.Tell(new("crane:MAIN/A01"), new CraneCommand.Store(new("T1"), back.Legs[0].Place)), floor.Effects);
        floor.Done(new WarehouseCommand.ToteStored(new("MAIN/A01"), new("T1"), back.Legs[0].Place, new("MAIN/A01/bin/L-001-01")));
        Assert.False(floor.State.Totes.ContainsKey(new("T1")));
    }

    [Fact]
    public void Every_way_to_say_no_has_its_cause()
    {
        var closed = new Live<WarehouseState>(WarehouseDecider.Decider);
        Assert.True(closed.Do(Queue("1", 0, "T1")).Is(WarehouseRefusal.NotOpen));
        Assert.True(closed.Do(Opening(FloorPlans.Small with { Aisles = 0 })).Is(WarehouseRefusal.NotAPlan));
        var floor = Open();
        Assert.True(floor.Do(Opening(FloorPlans.Small with { Stations = 1 })).Is(WarehouseRefusal.AnotherPlan));
        Assert.Empty(floor.Done(Opening(FloorPlans.Small)).Happened);
        Assert.True(floor.Do(Receive(0)).Is(WarehouseRefusal.NotAQuantity));
        floor.Done(Queue("1", 0, "T1"));
        Assert.True(floor.Do(new WarehouseCommand.Withdraw(new("t/1"))).Is(WarehouseRefusal.AlreadyReleased));
        Assert.True(floor.Do(new WarehouseCommand.Withdraw(new("t/9"))).Is(WarehouseRefusal.Unknown));
        Assert.True(floor.Do(new WarehouseCommand.ToteDone(new("MAIN/S1"), new("T1"))).Is(WarehouseRefusal.Unknown));
        Assert.True(floor.Do(new WarehouseCommand.LegDone(new("MAIN/V01"), new("MAIN/M000009"), 0, default)).Is(WarehouseRefusal.Unknown));
    }

    [Fact]
    public void New_goods_leave_the_reserve_of_bins_free_and_a_put_back_may_use_it()
    {
        var bins = 2 * FloorPlans.Small.Columns * FloorPlans.Small.Levels;
        var floor = Open(bins - WarehouseDecider.BinReserve);
        Assert.True(floor.Do(Receive(5)).Is(WarehouseRefusal.RackFull));
        for (var tote = 0; tote < 2 * WarehouseDecider.BinReserve; tote++)
        {
            floor.Done(new WarehouseCommand.PutAway(new($"P{tote}"), FloorPlan.Pack(new("MAIN/S1"))));
        }

        Assert.True(floor.Do(new WarehouseCommand.PutAway(new("P9"), FloorPlan.Pack(new("MAIN/S1")))).Is(WarehouseRefusal.RackFull));
        Assert.Equal(
            new PutAwayTo(floor.State.Totes[new("P0")].Aisle),
            floor.Do(new WarehouseCommand.PutAway(new("P0"), FloorPlan.Pack(new("MAIN/S1")))).Detail);
    }

    [Fact]
    public void Receiving_takes_as_many_totes_as_it_has_places()
    {
        var floor = Open();
        var stopped = floor.State.Vehicles.Count;
        for (var tote = 0; tote < FloorPlan.ReceivingPlaces; tote++)
        {
            Assert.IsType<GoodsIn>(floor.Do(Receive(5)).Detail);
        }

        Assert.Equal(3, stopped);
        Assert.True(floor.Do(Receive(5)).Is(WarehouseRefusal.ReceivingFull));
    }

    [Fact]
    public void A_vehicle_that_cannot_go_on_is_stopped_with_its_reason_until_it_reports_again()
    {
        var floor = Open().Done(Receive(5));
        var carry = floor.Effects.Select(effect => effect.Body).OfType<AgvCommand.Carry>().Single();
        var vehicle = new VehicleId(floor.Effects.Single(effect => effect.Body == carry).Target.Key);

        floor.Done(new WarehouseCommand.VehicleFailed(vehicle, carry.Mission, "blocked"));
        Assert.Equal("blocked", floor.State.Vehicles[vehicle].Stopped);
        floor.Done(new WarehouseCommand.LegDone(vehicle, carry.Mission, 0, carry.Legs[0].Place));
        Assert.Null(floor.State.Vehicles[vehicle].Stopped);
    }

    private static Live<WarehouseState> Open(int totes = 10) =>
        new Live<WarehouseState>(WarehouseDecider.Decider).Done(Opening(FloorPlans.Small, totes));

    private static WarehouseCommand.Open Opening(WarehousePlan plan, int totes = 10) => new(
        plan, FloorPlan.Of(FloorPlans.Small).Aisles.ToImmutableSortedDictionary(aisle => aisle, _ => totes));

    private static WarehouseCommand.ReceiveGoods Receive(int quantity) => new("R", new("85123A"), new("L1"), quantity);

    private static WarehouseCommand.QueueOrder Queue(string name, int priority, string tote) => new(
        new("t/" + name), priority, default,
        [new(new($"t/{name}/1"), new("85123A"), new(new(tote), new("MAIN/A01"), new("L1"), 1))]);
}
