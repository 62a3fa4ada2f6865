using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;
using static Warehouse.Domain.Tests.Orders.OrderTests;
using static Warehouse.Domain.Tests.Orders.Sample;

namespace Warehouse.Domain.Tests.Orders;

public class OrderCancelTests
{
    private static readonly Command PutAwayAsk = new WarehouseCommand.PutAway(Tote, FloorPlan.Slot(Station, 3));
    private static readonly Answer Full = Answer.No(WarehouseRefusal.RackFull, "no bin is free");

    [Fact]
    public void During_allocation_every_reservation_is_released_and_late_answers_change_nothing()
    {
        var order = At(OrderStage.Allocating).Done(Reserved(1, Main, Bag, 2)).Done(Cancel);
        Assert.Equal(["stock:MAIN/BAG Release", "stock:MAIN/MUG Release"], Told(order));
        var asked = order.Effects.ToArray();

        order.Done(Reserved(1, Main, Mug, 5));
        Assert.Empty(order.Effects);
        order.Done(From(asked[0].Target, asked[0].Body)).Done(From(asked[0].Target, asked[0].Body));
        Assert.Contains("release uci/536365/1 by stock:MAIN/MUG", order.State.Reason, StringComparison.Ordinal);
        order.Done(From(asked[1].Target, asked[1].Body));

        Assert.Equal("cancelled: changed my mind", order.State.Reason);
        order.AssertRestorable();
    }

    [Fact]
    public void In_the_queue_the_warehouse_lets_go_first()
    {
        var order = At(OrderStage.Allocated).Done(Cancel);
        Assert.Equal(["warehouse:MAIN Withdraw"], Told(order));

        order.Done(LeftQueue());
        Assert.Equal(["stock:MAIN/BAG Release", "stock:MAIN/MUG Release"], Told(order));
        Confirm(order);

        Assert.Equal(OrderStage.Cancelled, order.State.Stage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_a_station_has_it_already_that_one_is_asked_as_soon_as_it_is_known(bool answerFirst)
    {
        var late = LeftQueue(Answer.No(WarehouseRefusal.AlreadyReleased, "a station has it"));
        var order = At(OrderStage.Allocated).Done(Cancel);

        order.Done(answerFirst ? late : Released);
        Assert.Equal(answerFirst ? [] : ["station:MAIN/S1 Withdraw"], Told(order));
        order.Done(answerFirst ? Released : late);
        Assert.Equal(answerFirst ? ["station:MAIN/S1 Withdraw"] : [], Told(order));
    }

    [Fact]
    public void A_station_that_does_not_know_the_order_yet_is_asked_again()
    {
        var order = At(OrderStage.Picking).Done(Cancel);

        order.Done(From(Station.Stream, new StationCommand.Withdraw(Id), Answer.No(StationRefusal.Unknown, "no such order")), Noon);
        Assert.Equal(
            Effect.Wake(Id.Stream, new OrderCommand.AskAgain(OrderAsk.WithdrawFromStation), Noon.Plus(60_000)), Assert.Single(order.Effects));
        order.Done(new OrderCommand.AskAgain(OrderAsk.WithdrawFromStation));

        Assert.Equal(["station:MAIN/S1 Withdraw"], Told(order));
        order.Done(new OrderCommand.AskAgain(OrderAsk.WithdrawFromStation));
        Assert.Empty(order.Effects);
    }

    [Fact]
    public void Nothing_is_given_back_before_every_pick_that_the_station_counted_is_heard_of()
    {
        var order = At(OrderStage.Picking).Done(MugsPicked).Done(Cancel);

        order.Done(Withdrawn(new ToteContent(Mug, Lot, 5), new ToteContent(Bag, Lot, 2)));
        Assert.Empty(order.Effects);
        Assert.Contains("last picks are not all heard of", order.State.Reason, StringComparison.Ordinal);

        order.Done(BagsPicked);
        Assert.Equal(["stock:MAIN/BAG Pick", "warehouse:MAIN PutAway"], Told(order));
        order.AssertRestorable();
    }

    [Fact]
    public void Picked_goods_are_stock_again_in_the_tote_that_goes_into_the_rack()
    {
        var order = At(OrderStage.Picking).Done(MugsPicked).Done(Cancel).Done(Withdrawn(new ToteContent(Mug, Lot, 5)));
        Assert.Equal(["stock:MAIN/BAG Release", "warehouse:MAIN PutAway"], Told(order));
        Assert.Equal(PutAwayAsk, order.Effects[1].Body);
        var release = order.Effects[0];

        order.Done(From(Main.Stream, PutAwayAsk, Answer.With(new PutAwayTo(new AisleId("MAIN/A02")))));
        Assert.Equal(["stock:MAIN/MUG PutBack", "warehouse:MAIN DropOrder"], Told(order));
        Assert.Equal(new StockCommand.PutBack(Id, Tote, new AisleId("MAIN/A02"), Lot, 5), order.Effects[0].Body);
        Confirm(order);
        Assert.Equal(OrderStage.Cancelling, order.State.Stage);
        order.Done(From(release.Target, release.Body));

        Assert.Equal(OrderStage.Cancelled, order.State.Stage);
        order.AssertRestorable();
    }

    [Fact]
    public void A_full_rack_is_asked_again_and_the_reason_says_so()
    {
        var order = At(OrderStage.Picking).Done(MugsPicked).Done(Cancel).Done(Withdrawn(new ToteContent(Mug, Lot, 5)));

        order.Done(From(Main.Stream, PutAwayAsk, Full), Noon);
        Assert.Contains("a bin for the goods was put off (no bin is free)", order.State.Reason, StringComparison.Ordinal);
        order.Done(new OrderCommand.AskAgain(OrderAsk.PutAway));

        Assert.Equal(PutAwayAsk, Assert.Single(order.Effects).Body);
    }

    [Fact]
    public void Units_missed_during_a_cancellation_are_written_off_and_not_asked_for_again()
    {
        var order = At(OrderStage.Picking).Done(Cancel).Done(BagsShort);

        Assert.Equal(["stock:MAIN/BAG Short"], Told(order));
        Assert.Equal(["stock:MAIN/MUG Release", "warehouse:MAIN DropOrder", "tote:P-MAIN-000001 TakeAway"], Told(order.Done(Withdrawn())));
    }

    [Fact]
    public void A_slot_that_was_closed_first_goes_into_its_parcel_which_is_stopped()
    {
        var order = At(OrderStage.Picking).Done(MugsPicked).Done(BagsPicked).Done(Cancel);

        order.Done(From(Station.Stream, new StationCommand.Withdraw(Id), Answer.No(StationRefusal.AlreadyClosed, "closed")));
        order.Done(Collected, Noon);

        Assert.Equal([$"parcel:{Parcel} Pack", "tote:P-MAIN-000001 Pack", $"parcel:{Parcel} Void"], Told(order));
    }

    [Fact]
    public void A_packed_order_is_unpacked_and_put_away()
    {
        var order = At(OrderStage.Packed).Done(Cancel);
        Assert.Equal([$"parcel:{Parcel} Void"], Told(order));

        order.Done(From(Parcel.Stream, order.Effects[0].Body));
        Assert.Equal(["tote:P-MAIN-000001 Unpack", "warehouse:MAIN PutAway"], Told(order));
        var (unpack, put) = (order.Effects[0], order.Effects[1]);
        Assert.Equal(new WarehouseCommand.PutAway(Tote, FloorPlan.Pack(Station)), put.Body);
        order.Done(From(put.Target, put.Body, Answer.With(new PutAwayTo(Aisle))));
        Assert.Equal(["stock:MAIN/BAG PutBack", "stock:MAIN/MUG PutBack"], Told(order));
        Confirm(order);
        order.Done(From(unpack.Target, unpack.Body));

        Assert.Equal(OrderStage.Cancelled, order.State.Stage);
        order.AssertRestorable();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_carrier_was_faster_the_order_is_shipped_and_says_that_the_cancellation_came_too_late(bool answerFirst)
    {
        var order = At(OrderStage.Packed).Done(Cancel);
        Command refused = From(Parcel.Stream, order.Effects[0].Body, Answer.No(ParcelRefusal.AlreadyShipped, "gone"));

        order.Done(answerFirst ? refused : Shipped).Done(answerFirst ? Shipped : refused);

        Assert.Equal(OrderStage.Shipped, order.State.Stage);
        Assert.EndsWith("a cancellation came too late", order.State.Reason, StringComparison.Ordinal);
        Assert.Equal(2, order.Events.OfType<OrderEvent.Shipped>().Count() + order.Events.OfType<OrderEvent.Packed>().Count());
        order.AssertRestorable();
    }

    [Fact]
    public void A_stock_that_refuses_to_take_back_leaves_the_step_open_for_a_person_to_see()
    {
        var order = At(OrderStage.Allocating).Done(Cancel);

        order.Done(From(StockState.StreamOf(Main, Mug), new StockCommand.Release(Attempt(1)), Answer.No(StockRefusal.NotThatMany, "?")));

        Assert.Equal(2, order.State.Cancel!.Open.Length);
    }

    [Fact]
    public void A_cancellation_says_why_and_who() =>
        Assert.True(At(OrderStage.Allocating).Do(new OrderCommand.Cancel("", "ada")).Is(OrderRefusal.NotAnOrder));
}
