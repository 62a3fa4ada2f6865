using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;
using static Warehouse.Domain.Tests.Orders.Sample;

namespace Warehouse.Domain.Tests.Orders;

public class OrderTests
{
    [Fact]
    public void One_reservation_is_asked_for_per_sku_with_the_units_of_all_its_lines() =>
        Assert.Equal(
            [
                Effect.Tell(StockState.StreamOf(Main, Bag), new StockCommand.Reserve(Attempt(1), Id, 2)),
                Effect.Tell(StockState.StreamOf(Main, Mug), new StockCommand.Reserve(Attempt(1), Id, 5)),
            ],
            At(OrderStage.Allocating).Effects);

    [Fact]
    public void What_was_held_is_given_back_when_the_warehouse_lacks_the_rest_and_the_next_is_asked()
    {
        var order = At(OrderStage.Allocating).Done(Reserved(1, Main, Bag, 2)).Done(Lacking(1, Main, Mug, 5));

        Assert.Equal("Lacked AllocationUndone AllocationStarted", order.Happened);
        Assert.Equal(
            ["stock:MAIN/BAG Release", "stock:NORTH/BAG Reserve", "stock:NORTH/MUG Reserve"], Told(order));
    }

    [Fact]
    public void When_no_warehouse_has_all_the_order_waits_ever_longer_and_says_what_lacks()
    {
        var order = At(OrderStage.AwaitingStock);
        Assert.Equal(
            "no warehouse has all of it: MAIN lacks MUG (5 asked for, 0 available); NORTH lacks MUG (5 asked for, 0 available), "
            + "BAG (2 asked for, 0 available); asked again at " + Noon.Plus(15 * 60_000),
            order.State.Reason);
        Assert.Equal(new OrderCommand.Retry(2), order.Effects[^1].Body);

        List<long> minutes = [];
        for (var attempt = 2; attempt < 14; attempt += 2)
        {
            order.Done(new OrderCommand.Retry(attempt), Noon);
            order.Done(Lacking(attempt + 1, Main, Mug, 5), Noon).Done(Lacking(attempt + 1, Main, Bag, 2), Noon);
            order.Done(Lacking(attempt + 2, North, Mug, 5), Noon).Done(Lacking(attempt + 2, North, Bag, 2), Noon);
            minutes.Add(order.State.RetryAt!.Value.Since(Noon) / 60_000);
        }

        Assert.Equal([30, 60, 120, 240, 240, 240], minutes);
    }

    [Fact]
    public void An_allocated_order_queues_with_all_its_picks()
    {
        var queue = Assert.IsType<WarehouseCommand.QueueOrder>(Assert.Single(At(OrderStage.Allocated).Effects).Body);

        Assert.Equal(["BAG x2 of T000002", "MUG x5 of T000001"], queue.Picks.Select(it => $"{it.Sku} x{it.From.Quantity} of {it.From.Lpn}"));
    }

    [Fact]
    public void A_warehouse_that_takes_no_orders_gives_everything_back_and_the_next_is_asked()
    {
        var order = At(OrderStage.Allocated);

        order.Done(From(Main.Stream, new WarehouseCommand.QueueOrder(Id, 0, Noon, []), Answer.No(WarehouseRefusal.NotOpen, "closed")), Noon);

        Assert.Equal(
            ["stock:MAIN/BAG Release", "stock:MAIN/MUG Release", "stock:NORTH/BAG Reserve", "stock:NORTH/MUG Reserve"], Told(order));
    }

    [Fact]
    public void Picks_that_are_heard_before_the_release_count_and_the_slot_is_closed_once_it_is_known()
    {
        var order = At(OrderStage.Allocated).Done(MugsPicked).Done(BagsPicked);
        Assert.Equal(["stock:MAIN/BAG Pick"], Told(order));

        order.Done(Released);

        Assert.Equal("PickingBegun PickingFinished", order.Happened);
        Assert.Equal(["station:MAIN/S1 CloseSlot"], Told(order));
    }

    [Fact]
    public void A_pick_counts_once()
    {
        var order = At(OrderStage.Picking).Done(MugsPicked).Done(MugsPicked);

        Assert.Equal(5, order.State.Skus[Mug].PickedUnits);
        Assert.True(order.Do(MugsPicked with { Task = new("MAIN/S1/000009") }).Is(OrderRefusal.OutOfPlace));
    }

    [Fact]
    public void Missing_units_are_written_off_and_asked_for_again_in_the_same_warehouse()
    {
        var order = At(OrderStage.Picking).Done(BagsShort);
        Assert.Equal(["stock:MAIN/BAG Short", "stock:MAIN/BAG Reserve"], Told(order));

        order.Done(Reserved(2, Main, Bag, 2));

        var more = Assert.IsType<WarehouseCommand.AddPicks>(Assert.Single(order.Effects).Body);
        Assert.Equal((Attempt(2), Bag, 2), (more.Picks[0].Reservation, more.Picks[0].Sku, more.Picks[0].From.Quantity));
    }

    [Fact]
    public void What_the_warehouse_has_no_more_is_given_up_and_the_rest_is_shipped()
    {
        var order = At(OrderStage.Picking).Done(MugsPicked).Done(BagsShort).Done(Lacking(2, Main, Bag, 2));
        Assert.Equal("Lacked UnitsGivenUp PickingFinished", order.Happened);
        Assert.Contains("given up, as the shelf was short of them: 2 of BAG", order.State.Reason, StringComparison.Ordinal);

        order.Done(Collected, Noon);

        Assert.Equal(new ToteContent(Mug, Lot, 5), Assert.Single(order.State.Parcel!.Contents));
    }

    [Fact]
    public void Totes_that_the_warehouse_does_not_bring_are_given_back_and_up()
    {
        var order = At(OrderStage.Picking).Done(MugsPicked).Done(BagsShort).Done(Reserved(2, Main, Bag, 2));
        var more = order.Effects[0].Body;

        order.Done(From(Main.Stream, more, Answer.No(WarehouseRefusal.Unknown, "no such order")));

        Assert.Equal("AllocationUndone UnitsGivenUp PickingFinished", order.Happened);
        Assert.Equal(["stock:MAIN/BAG Release", "station:MAIN/S1 CloseSlot"], Told(order));
    }

    [Fact]
    public void An_order_of_which_nothing_was_on_the_shelf_is_undone()
    {
        var order = At(OrderStage.Picking).Done(MugsShort).Done(BagsShort).Done(Lacking(2, Main, Mug, 5)).Done(Lacking(3, Main, Bag, 2));
        Assert.Equal(["station:MAIN/S1 Withdraw"], Told(order));

        order.Done(Withdrawn());
        Assert.Equal(["warehouse:MAIN DropOrder", "tote:P-MAIN-000001 TakeAway"], Told(order));
        Confirm(order);

        Assert.Equal("cancelled: the shelves of MAIN were short of everything ordered", order.State.Reason);
    }

    [Fact]
    public void A_collected_order_is_weighed_and_waits_for_the_next_carrier_at_least_two_minutes_away()
    {
        var order = At(OrderStage.Picking).Done(MugsPicked).Done(BagsPicked).Done(Collected, Noon.Plus(13 * 60_000));

        Assert.Equal(1600, order.State.Parcel!.MassGrams);
        Assert.Equal(Noon.Plus(15 * 60_000), order.State.Parcel.CollectAt);
        Assert.Equal([$"parcel:{Parcel} Pack", "tote:P-MAIN-000001 Pack"], Told(order));
        Assert.Equal(
            Noon.Plus(30 * 60_000),
            At(OrderStage.Picking).Done(MugsPicked).Done(BagsPicked).Done(Collected, Noon.Plus((13 * 60_000) + 1)).State.Parcel!.CollectAt);
    }

    [Fact]
    public void A_shipped_order_tells_each_stock_what_left() =>
        Assert.Equal(["stock:MAIN/BAG Ship", "stock:MAIN/MUG Ship"], Told(At(OrderStage.Shipped)));

    [Fact]
    public void Charges_alone_are_no_goods() =>
        Assert.Equal("no goods: nothing to ship", At(OrderStage.Closed).State.Reason);

    [Fact]
    public void The_same_order_again_may_bring_other_lookups_but_not_other_lines()
    {
        var order = At(OrderStage.Allocating);

        order.Done(new OrderCommand.Place(Draft with { PlacedAt = Noon.Plus(1), Candidates = [North], Lines = [.. Draft.Lines] }));

        Assert.Single(order.Events.OfType<OrderEvent.Placed>());
        var other = order.Do(new OrderCommand.Place(Draft with { Lines = Draft.Lines.RemoveAt(0) }));
        Assert.True(other.Is(OrderRefusal.AnotherOrder));
        Assert.EndsWith("lines differ", other.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_taken_back_while_nothing_is_held_make_the_line_smaller_until_nothing_is_left()
    {
        var order = At(OrderStage.AwaitingStock).Done(new OrderCommand.Reverse("C1", 1, 3, "ada")).Done(new OrderCommand.Reverse("C1", 1, 3, "ada"));
        Assert.Equal(2, order.State.Skus[Mug].Needed);
        Assert.True(order.Do(new OrderCommand.Reverse("C1", 1, 2, "ada")).Is(OrderRefusal.NoSuchUnits));
        Assert.True(order.Do(new OrderCommand.Reverse("C2", 1, 1, "ada")).Is(OrderRefusal.NoSuchUnits));
        Assert.True(order.Do(new OrderCommand.Reverse("C2", 4, 1, "ada")).Is(OrderRefusal.NoSuchUnits));

        order.Done(new OrderCommand.Reverse("C3", 3, 2, "ada")).Done(new OrderCommand.Reverse("C4", 2, 2, "ada"));

        Assert.Equal("Reduced Closed", order.Happened);
        order.AssertRestorable();
    }

    [Fact]
    public void An_order_taken_back_whole_before_a_station_has_it_is_cancelled()
    {
        var order = At(OrderStage.Allocated);
        order.Done(new OrderCommand.Reverse("C1", 1, 3, "ada")).Done(new OrderCommand.Reverse("C2", 2, 2, "ada"));

        order.Done(new OrderCommand.Reverse("C3", 3, 2, "ada"));

        Assert.Equal(["warehouse:MAIN Withdraw"], Told(order));
    }

    [Fact]
    public void Units_taken_back_later_come_back_four_hours_after_they_left()
    {
        var order = At(OrderStage.Packed).Done(new OrderCommand.Reverse("C1", 3, 2, "ada")).Done(Shipped);
        var wake = Assert.Single(order.Effects, effect => effect.Due is not null);
        Assert.Equal((new OrderCommand.ReturnArrived("C1"), Shipped.At.Plus(4 * 3_600_000)), (wake.Body, wake.Due!.Value));

        order.Done(wake.Body);

        Assert.Equal(
            new StockCommand.Return("uci/536365/C1/L1", Id, new Lpn("RETURNS-MAIN"), Lot, 2), Assert.Single(order.Effects).Body);
        Assert.EndsWith("2 units came back", order.State.Reason, StringComparison.Ordinal);
        order.Done(wake.Body);
        Assert.Empty(order.Effects);
        order.AssertRestorable();
    }

    [Fact]
    public void Units_that_were_given_up_are_not_taken_back()
    {
        var order = At(OrderStage.Picking).Done(MugsPicked).Done(BagsShort).Done(Lacking(2, Main, Bag, 2));

        Assert.True(order.Do(new OrderCommand.Reverse("C1", 2, 1, "ada")).Is(OrderRefusal.NoSuchUnits));
    }

    internal static string[] Told(Live<OrderState> order) =>
        [.. order.Effects.Where(effect => effect.Due is null).Select(effect => $"{effect.Target} {effect.Body.GetType().Name}")];

    /// <summary>Everything that the order has just asked for is answered with yes.</summary>
    internal static void Confirm(Live<OrderState> order)
    {
        foreach (var effect in order.Effects.Where(effect => effect.Due is null).ToArray())
        {
            order.Done(From(effect.Target, effect.Body));
        }
    }
}
