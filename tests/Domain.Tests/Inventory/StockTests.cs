using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Tests.Inventory;

public class StockTests
{
    private static readonly AisleId Aisle = new("MAIN/A01");
    private static readonly OrderId Order = new("uci/1");
    private static readonly ReservationId First = new("uci/1/1");

    [Fact]
    public void The_last_unit_is_promised_once()
    {
        var stock = With(("T1", "L1", 1)).Done(Reserve(First, 1));

        var refused = stock.Do(new StockCommand.Reserve(new ReservationId("uci/2/1"), new OrderId("uci/2"), 1));

        Assert.True(refused.Is(StockRefusal.NotEnough));
        Assert.Equal("1 asked for, 0 available", refused.Reason);
    }

    [Fact]
    public void A_reservation_repeated_is_the_same_and_with_other_units_another()
    {
        var stock = With(("T1", "L1", 5)).Done(Reserve(First, 2));

        Assert.Equal(Picks(("T1", "L1", 2)), Picked(stock.Do(Reserve(First, 2))));
        Assert.True(stock.Do(Reserve(First, 3)).Is(StockRefusal.AnotherReservation));
        Assert.Equal(3, stock.State.Available);
    }

    [Fact]
    public void A_reservation_released_before_it_comes_is_refused()
    {
        var stock = With(("T1", "L1", 5)).Done(new StockCommand.Release(First)).Done(new StockCommand.Release(First));

        Assert.True(stock.Do(Reserve(First, 1)).Is(StockRefusal.AlreadyReleased));
        Assert.Single(stock.Events.OfType<StockEvent.Released>());
    }

    [Fact]
    public void A_picked_reservation_does_not_come_to_life_again()
    {
        var stock = With(("T1", "L1", 5)).Done(Reserve(First, 2)).Done(Pick("T1", "L1", 2));

        Assert.True(stock.Do(Reserve(First, 2)).Is(StockRefusal.AlreadyReleased));
        Assert.True(stock.Do(Pick("T1", "L1", 1)).Is(StockRefusal.NotReserved));
    }

    [Fact]
    public void One_tote_that_has_all_is_chosen_and_of_several_the_one_with_the_oldest_lot() =>
        Assert.Equal(
            Picks(("T3", "L1", 4)),
            Picked(With(("T1", "L2", 9), ("T2", "L1", 3), ("T3", "L1", 4)).Do(Reserve(First, 4))));

    [Fact]
    public void Else_the_fullest_come_first_and_the_older_lot_among_equals() =>
        Assert.Equal(
            Picks(("T3", "L9", 5), ("T2", "L1", 3), ("T1", "L2", 1)),
            Picked(With(("T1", "L2", 3), ("T2", "L1", 3), ("T3", "L9", 5)).Do(Reserve(First, 9))));

    [Fact]
    public void A_short_pick_writes_the_missing_units_off()
    {
        var stock = With(("T1", "L1", 5)).Done(Reserve(First, 3)).Done(Pick("T1", "L1", 1)).Done(Short(2));

        Assert.Equal((2, 0), (stock.State.Totals.OnHand, stock.State.Totals.Reserved));
        Assert.Equal(-2, stock.State.Totals.Adjusted);
        Assert.Empty(stock.State.Reservations);
    }

    [Fact]
    public void Units_found_missing_for_a_reservation_that_is_over_are_written_off_where_they_are_free()
    {
        var stock = With(("T1", "L1", 5)).Done(Reserve(First, 3)).Done(new StockCommand.Release(First)).Done(Short(2));
        Assert.Equal(3, stock.State.Available);

        stock.Done(new StockCommand.Reserve(new ReservationId("uci/2/1"), new OrderId("uci/2"), 3));

        Assert.True(stock.Do(Short(1)).Is(StockRefusal.NotReserved));
    }

    [Fact]
    public void A_reservation_made_smaller_frees_its_last_totes_first()
    {
        var stock = With(("T1", "L1", 3), ("T2", "L1", 2)).Done(Reserve(First, 5)).Done(new StockCommand.Reduce(First, 3));

        Assert.Equal(Picks(("T1", "L1", 2)), Picked(stock.State.Reservations[First].Remaining));
        Assert.True(stock.Do(new StockCommand.Reduce(First, 3)).Is(StockRefusal.NotReserved));
    }

    [Fact]
    public void Units_that_went_out_come_back_into_quarantine_where_nobody_reserves_them()
    {
        var stock = With(("T1", "L1", 5)).Done(Reserve(First, 5)).Done(Pick("T1", "L1", 5))
            .Done(new StockCommand.Ship(Order, [new LotQuantity(new LotId("L1"), 5)]));
        var back = new StockCommand.Return("back", Order, new Lpn("RETURNS-MAIN"), new LotId("L1"), 4);

        stock.Done(back).Done(back);

        Assert.Equal((4, 0), (stock.State.Totals.OnHand, stock.State.Available));
        Assert.True(stock.Do(Reserve(new ReservationId("uci/1/2"), 1)).Is(StockRefusal.NotEnough));
        Assert.True(stock.Do(back with { Receipt = "more", Quantity = 2 }).Is(StockRefusal.NotThatMany));
    }

    [Fact]
    public void Only_what_an_order_picked_is_put_back_or_shipped()
    {
        var stock = With(("T1", "L1", 5)).Done(Reserve(First, 2)).Done(Pick("T1", "L1", 2));
        var back = new StockCommand.PutBack(Order, new Lpn("P1"), Aisle, new LotId("L1"), 1);

        stock.Done(back).Done(back);

        Assert.True(stock.Do(back).Is(StockRefusal.NotThatMany));
        Assert.True(stock.Do(new StockCommand.Ship(Order, [new LotQuantity(new LotId("L1"), 1)])).Is(StockRefusal.NotThatMany));
        Assert.Equal(5, stock.State.Available);
        Assert.Empty(stock.State.Picked);
    }

    [Fact]
    public void A_correction_takes_free_units_only_and_counts_once()
    {
        var stock = With(("T1", "L1", 5)).Done(Reserve(First, 3));
        var lost = new StockCommand.Adjust("count-1", new Lpn("T1"), new LotId("L1"), -2, "counted", "ada");

        stock.Done(lost).Done(lost);

        Assert.Equal(3, stock.State.Totals.OnHand);
        Assert.True(stock.Do(lost with { Id = "count-2", Delta = -1 }).Is(StockRefusal.NotEnough));
        Assert.True(stock.Do(lost with { Id = "count-3", Who = "" }).Is(StockRefusal.NotAQuantity));
    }

    [Fact]
    public void The_alarm_comes_once_when_few_are_left_and_goes_when_there_are_more()
    {
        var stock = With(("T1", "L1", 5)).Done(new StockCommand.SetSafetyStock(2)).Done(Reserve(First, 3));
        Assert.Equal("Reserved RanLow", stock.Happened);

        Assert.Equal("Reserved", stock.Done(Reserve(new ReservationId("uci/1/2"), 1)).Happened);
        Assert.Equal("Released Recovered", stock.Done(new StockCommand.Release(First)).Happened);
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        var stock = With(("T1", "L1", 5));
        for (var i = 0; i < StockState.MaxSettled + 10; i++)
        {
            stock.Done(new StockCommand.Release(new ReservationId($"uci/9/{i}")));
        }

        for (var i = 0; i < StockState.MaxReceipts + 10; i++)
        {
            stock.Done(Receive($"r{i}", "T1", "L1", 1));
        }

        Assert.Equal(StockState.MaxSettled, stock.State.Settled.Length);
        Assert.Equal(StockState.MaxReceipts, stock.State.Receipts.Length);
        Assert.True(stock.Do(Reserve(new ReservationId($"uci/9/{StockState.MaxSettled + 9}"), 1)).Is(StockRefusal.AlreadyReleased));
        stock.AssertRestorable();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public void Nothing_is_done_by_quantities_that_are_none(int quantity)
    {
        var stock = With(("T1", "L1", 5)).Done(Reserve(First, 2));

        Assert.True(stock.Do(Receive("r9", "T1", "L1", quantity)).Is(StockRefusal.NotAQuantity));
        Assert.True(stock.Do(Reserve(new ReservationId("uci/1/9"), quantity)).Is(StockRefusal.NotAQuantity));
        Assert.True(stock.Do(Pick("T1", "L1", quantity)).Is(StockRefusal.NotAQuantity));
        Assert.True(stock.Do(Short(quantity)).Is(StockRefusal.NotAQuantity));
        Assert.True(stock.Do(new StockCommand.Reduce(First, quantity)).Is(StockRefusal.NotAQuantity));
    }

    private static Live<StockState> With(params (string Lpn, string Lot, int Quantity)[] totes)
    {
        var stock = new Live<StockState>(StockDecider.Decider);
        foreach (var (lpn, lot, quantity) in totes)
        {
            stock.Done(Receive($"opening-{lpn}", lpn, lot, quantity));
        }

        return stock;
    }

    private static StockCommand.Receive Receive(string receipt, string lpn, string lot, int quantity) =>
        new(receipt, new WarehouseId("MAIN"), new Sku("85123A"), new LotId(lot), new Lpn(lpn), Aisle, quantity);

    private static StockCommand.Reserve Reserve(ReservationId reservation, int quantity) => new(reservation, Order, quantity);

    private static StockCommand.Pick Pick(string lpn, string lot, int quantity) =>
        new(First, new Lpn(lpn), new LotId(lot), quantity);

    private static StockCommand.Short Short(int missing) => new(First, new Lpn("T1"), new LotId("L1"), missing);

    private static string Picks(params (string Lpn, string Lot, int Quantity)[] picks) =>
        string.Join(" ", picks.Select(pick => $"{pick.Lpn}/{pick.Lot}x{pick.Quantity}"));

    private static string Picked(Answer answer) => Picked(Assert.IsType<ReservedFrom>(answer.Detail).Picks);

    private static string Picked(ImmutableArray<TotePick> picks) =>
        string.Join(" ", picks.Select(pick => $"{pick.Lpn}/{pick.Lot}x{pick.Quantity}"));
}
