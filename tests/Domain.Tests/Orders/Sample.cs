using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Gs1;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Tests.Orders;

/// <summary>One order of 5 mugs and 2 bags, and the news that bring it to each stage.</summary>
internal static class Sample
{
    public static readonly OrderId Id = new("uci/536365");
    public static readonly WarehouseId Main = new("MAIN");
    public static readonly WarehouseId North = new("NORTH");
    public static readonly Sku Mug = new("MUG");
    public static readonly Sku Bag = new("BAG");
    public static readonly LotId Lot = new("L1");
    public static readonly Lpn MugTote = new("T000001");
    public static readonly Lpn BagTote = new("T000002");
    public static readonly Lpn Tote = new("P-MAIN-000001");
    public static readonly StationId Station = new("MAIN/S1");
    public static readonly Sscc Parcel = SsccNumber.Of(0, "0614141", 1);
    public static readonly AisleId Aisle = new("MAIN/A01");
    public static readonly Moment Noon = new(1_767_614_400_000);

    public static readonly OrderDraft Draft = new(
        Id, "536365", "17850", new ShipTo("Ada", "1 Mill Lane", "Makebeck", "AB1 2CI", "GB", 51_500_000, -120_000), "GBP",
        "SAMPLE-1", 0, Noon,
        [new OrderLine(1, Mug, 3, 255), new OrderLine(2, Bag, 2, 339), new OrderLine(3, Mug, 2, 255)],
        [new OrderCharge(4, "POST", "postage", 1800)], [Main, North],
        ImmutableSortedDictionary<Sku, int>.Empty.Add(Mug, 300).Add(Bag, 50));

    public static OrderCommand.Place Place { get; } = new(Draft);

    public static OrderCommand.Cancel Cancel { get; } = new("changed my mind", "ada");

    public static OrderCommand.Released Released { get; } = new(Station, 3, Tote, Parcel);

    public static OrderCommand.Picked MugsPicked { get; } = new(new("MAIN/S1/000001"), Attempt(1), Mug, Lot, MugTote, 5);

    public static OrderCommand.Picked BagsPicked { get; } = new(new("MAIN/S1/000002"), Attempt(1), Bag, Lot, BagTote, 2);

    public static OrderCommand.Short MugsShort { get; } = new(new("MAIN/S1/000001"), Attempt(1), Mug, Lot, MugTote, 5);

    public static OrderCommand.Short BagsShort { get; } = new(new("MAIN/S1/000002"), Attempt(1), Bag, Lot, BagTote, 2);

    public static OrderCommand.Collected Collected { get; } = new(Station, Tote);

    public static OrderCommand.ParcelShipped Shipped { get; } = new(Parcel, Noon.Plus(900_000));

    public static ReservationId Attempt(int number) => new($"{Id}/{number}");

    public static Answered Reserved(int attempt, WarehouseId warehouse, Sku sku, int quantity, Answer? no = null) => new(
        StockState.StreamOf(warehouse, sku), new StockCommand.Reserve(Attempt(attempt), Id, quantity),
        no ?? Answer.With(new ReservedFrom([new TotePick(sku == Mug ? MugTote : BagTote, Aisle, Lot, quantity)])));

    public static Answered Lacking(int attempt, WarehouseId warehouse, Sku sku, int quantity) =>
        Reserved(attempt, warehouse, sku, quantity, Answer.No(StockRefusal.NotEnough, $"{quantity} asked for, 0 available"));

    public static Answered From(StreamId who, Command sent, Answer? answer = null) => new(who, sent, answer ?? Answer.Yes);

    public static Answered Withdrawn(params ToteContent[] contents) =>
        From(Station.Stream, new StationCommand.Withdraw(Id), Answer.With(new WithdrawnWith(Tote, [.. contents])));

    public static Answered LeftQueue(Answer? answer = null) => From(Main.Stream, new WarehouseCommand.Withdraw(Id), answer);

    /// <summary>An order at a stage.</summary>
    public static Live<OrderState> At(OrderStage stage)
    {
        var order = new Live<OrderState>(OrderDecider.Decider);
        Command[] way = stage switch
        {
            OrderStage.None => [],
            OrderStage.Allocating => [Place],
            OrderStage.AwaitingStock =>
            [
                Place, Lacking(1, Main, Mug, 5), Reserved(1, Main, Bag, 2), Lacking(2, North, Mug, 5), Lacking(2, North, Bag, 2),
            ],
            OrderStage.Allocated => [Place, Reserved(1, Main, Mug, 5), Reserved(1, Main, Bag, 2)],
            OrderStage.Picking => [Place, Reserved(1, Main, Mug, 5), Reserved(1, Main, Bag, 2), Released],
            OrderStage.Packed =>
                [Place, Reserved(1, Main, Mug, 5), Reserved(1, Main, Bag, 2), Released, MugsPicked, BagsPicked, Collected],
            OrderStage.Shipped =>
            [
                Place, Reserved(1, Main, Mug, 5), Reserved(1, Main, Bag, 2), Released, MugsPicked, BagsPicked, Collected, Shipped,
            ],
            OrderStage.Cancelling => [Place, Reserved(1, Main, Mug, 5), Reserved(1, Main, Bag, 2), Released, MugsPicked, Cancel],
            OrderStage.Cancelled =>
                [Place, Lacking(1, Main, Mug, 5), Lacking(1, Main, Bag, 2), Lacking(2, North, Mug, 5), Lacking(2, North, Bag, 2), Cancel],
            OrderStage.Closed => [new OrderCommand.Place(Draft with { Lines = [] })],
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "no such stage"),
        };
        foreach (var command in way)
        {
            order.Done(command, Noon);
        }

        Assert.Equal(stage, order.State.Stage);
        order.AssertRestorable();
        return order;
    }
}
