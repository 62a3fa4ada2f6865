using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Tests.Totes;

public class ToteTests
{
    private static readonly WarehouseId Main = new("MAIN");
    private static readonly OrderId Order = new("uci/1");
    private static readonly Sscc Parcel = new("006141410000000074");
    private static readonly PlaceId Bin = new("MAIN/A01/bin/L-001-01");
    private static readonly PlaceId Out = new("MAIN/A01/out1");
    private static readonly PlaceId Vehicle = new("MAIN/V01");
    private static readonly PlaceId In = new("MAIN/A01/in1");
    private static readonly PlaceId Slot = new("MAIN/S1/slot/01");
    private static readonly Sku Mug = new("85123A");
    private static readonly LotId Lot = new("L1");

    private static readonly ToteCommand.Receive Receipt = new("r1", new Lpn("T1"), Main, Bin, Mug, Lot, 10);
    private static readonly ToteCommand.Begin Begin = new(new Lpn("P1"), Main, Slot, Order);

    [Fact]
    public void Units_go_in_and_out_and_never_below_none()
    {
        var tote = Stored().Done(new ToteCommand.Take(Units(4))).Done(new ToteCommand.Short(Mug, Lot, 1, "short pick"));

        Assert.Equal(5, tote.State.UnitsOf(Mug, Lot));
        Assert.True(tote.Do(new ToteCommand.Take(Units(6))).Is(ToteRefusal.NotInside));
        Assert.True(tote.Do(new ToteCommand.Short(Mug, Lot, 6, "x")).Is(ToteRefusal.NotInside));
        Assert.True(tote.Do(new ToteCommand.Take(Units(0))).Is(ToteRefusal.NotAQuantity));
        tote.AssertRestorable();
    }

    [Fact]
    public void A_receipt_counts_once()
    {
        var tote = Stored().Done(Receipt);

        Assert.Equal(10, tote.State.UnitsOf(Mug, Lot));
        Assert.True(tote.Do(Receipt with { Receipt = "r2", Place = Out }).Is(ToteRefusal.InUse));
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    public void Moves_of_several_machines_end_at_the_same_place_in_any_order(params int[] order)
    {
        ToteCommand.Move[] moves = [new(Bin, Out), new(Out, Vehicle), new(Vehicle, In)];

        var tote = Stored();
        foreach (var i in order)
        {
            tote.Done(moves[i]);
        }

        Assert.Equal(In, tote.State.Place);
        Assert.Empty(tote.State.Foreseen);
        Assert.Equal(["Out", "V01", "In"], tote.Events.OfType<ToteEvent.Moved>().Select(Name));
        tote.AssertRestorable();

        static string Name(ToteEvent.Moved moved) => moved.To == Out ? "Out" : moved.To == Vehicle ? "V01" : "In";
    }

    [Fact]
    public void Moves_that_nothing_leads_up_to_do_not_pile_up()
    {
        var tote = Stored();
        for (var i = 0; i < ToteState.MaxForeseen; i++)
        {
            tote.Done(new ToteCommand.Move(Vehicle, In));
        }

        Assert.True(tote.Do(new ToteCommand.Move(Vehicle, In)).Is(ToteRefusal.NotThere));
        Assert.Equal(Bin, tote.State.Place);
    }

    [Fact]
    public void Puts_may_come_before_the_tote_is_known_to_be_begun()
    {
        var tote = Unseen().Done(new ToteCommand.Put(Units(2))).Done(Begin).Done(Begin);

        Assert.Equal(Slot, tote.State.Place);
        Assert.Equal(2, tote.State.UnitsOf(Mug, Lot));
        Assert.True(tote.Do(Begin with { Order = new OrderId("uci/2") }).Is(ToteRefusal.InUse));
        Assert.True(tote.Do(new ToteCommand.Put(Units(1) with { Order = new OrderId("uci/2") })).Is(ToteRefusal.InUse));
    }

    [Fact]
    public void A_put_that_comes_after_packing_is_in_the_parcel_already()
    {
        var tote = Unseen().Done(Begin).Done(new ToteCommand.Pack(Parcel)).Done(new ToteCommand.Put(Units(2)));
        Assert.Equal((ToteStage.Packed, 0), (tote.State.Stage, tote.State.UnitsOf(Mug, Lot)));

        var pack = new PlaceId("MAIN/S1/pack");
        tote.Done(new ToteCommand.Unpack(Parcel, pack, [new ToteContent(Mug, Lot, 3)])).Done(new ToteCommand.Put(Units(1)));

        Assert.Equal((ToteStage.OnFloor, 3), (tote.State.Stage, tote.State.UnitsOf(Mug, Lot)));
        Assert.Equal(pack, tote.State.Place);
        tote.AssertRestorable();
    }

    [Fact]
    public void A_tote_is_packed_into_one_parcel_and_unpacked_from_that()
    {
        var tote = Unseen().Done(Begin).Done(new ToteCommand.Pack(Parcel)).Done(new ToteCommand.Pack(Parcel));

        Assert.True(tote.Do(new ToteCommand.Pack(new Sscc("1"))).Is(ToteRefusal.InUse));
        Assert.True(tote.Do(new ToteCommand.Unpack(new Sscc("1"), Slot, [new ToteContent(Mug, Lot, 1)])).Is(ToteRefusal.InUse));
        Assert.True(tote.Do(new ToteCommand.Take(Units(1))).Is(ToteRefusal.Unknown));
        Assert.Null(tote.State.Place);
    }

    [Fact]
    public void Only_an_empty_tote_of_the_order_is_taken_away_and_then_it_is_gone()
    {
        Assert.True(Stored().Do(new ToteCommand.TakeAway(Order)).Is(ToteRefusal.InUse));
        Assert.True(Unseen().Done(Begin).Do(new ToteCommand.TakeAway(new OrderId("uci/2"))).Is(ToteRefusal.InUse));

        var tote = Unseen().Done(new ToteCommand.TakeAway(Order)).Done(Begin).Done(new ToteCommand.TakeAway(Order));

        Assert.Equal(ToteStage.TakenAway, tote.State.Stage);
        Assert.True(tote.Do(new ToteCommand.Put(Units(1))).Is(ToteRefusal.Unknown));
        Assert.True(tote.Do(new ToteCommand.Move(Slot, Vehicle)).Is(ToteRefusal.Unknown));
        tote.AssertRestorable();
    }

    [Fact]
    public void An_unseen_tote_gives_nothing()
    {
        Assert.True(Unseen().Do(new ToteCommand.Take(Units(1))).Is(ToteRefusal.Unknown));
        Assert.True(Unseen().Do(new ToteCommand.Short(Mug, Lot, 1, "x")).Is(ToteRefusal.Unknown));
        Assert.True(Unseen().Do(new ToteCommand.Unpack(Parcel, Slot, [new ToteContent(Mug, Lot, 1)])).Is(ToteRefusal.Unknown));
    }

    private static PickedUnits Units(int quantity) => new("MAIN/S1/000001", Order, Mug, Lot, quantity);

    private static Live<ToteState> Unseen() => new(ToteDecider.Decider);

    private static Live<ToteState> Stored() => Unseen().Done(Receipt);
}
