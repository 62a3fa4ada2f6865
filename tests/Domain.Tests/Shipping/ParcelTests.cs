using Warehouse.Domain.Deciding;
using Warehouse.Domain.Gs1;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Tests.Shipping;

public class ParcelTests
{
    private static readonly Sscc Number = SsccNumber.Of(0, "0614141", 7);

    private static readonly ParcelCommand.Pack Packing = new(
        Number, new OrderId("uci/1"), new WarehouseId("MAIN"), [new ToteContent(new Sku("A"), new LotId("L1"), 2)], 500, "POST",
        new Moment(900_000));

    [Fact]
    public void A_packed_parcel_wakes_itself_when_the_carrier_comes_and_tells_its_order()
    {
        var parcel = Packed();
        Assert.Equal([Effect.Wake(Number.Stream, new ParcelCommand.HandOver(), new Moment(900_000))], parcel.Effects);

        parcel.Done(new ParcelCommand.HandOver(), new Moment(900_001));

        Assert.Equal(
            [Effect.Tell(new OrderId("uci/1").Stream, new OrderCommand.ParcelShipped(Number, new Moment(900_001)))],
            parcel.Effects);
        parcel.AssertRestorable();
    }

    [Fact]
    public void Packing_the_same_again_is_the_same_parcel_and_other_contents_are_another()
    {
        var parcel = Packed();

        Assert.True(parcel.Do(Packing with { Contents = [.. Packing.Contents] }).Accepted);
        Assert.Single(parcel.Events);
        Assert.True(parcel.Do(Packing with { MassGrams = 501 }).Is(ParcelRefusal.AnotherParcel));
    }

    [Fact]
    public void A_voided_parcel_does_not_leave_and_a_shipped_one_is_not_voided()
    {
        var voided = Packed().Done(new ParcelCommand.Void("cancelled")).Done(new ParcelCommand.HandOver());
        Assert.Equal(ParcelStage.Voided, voided.State.Stage);
        Assert.Empty(voided.Effects);
        Assert.True(voided.Do(new ParcelCommand.Void("again")).Is(ParcelRefusal.AlreadyVoided));

        var shipped = Packed().Done(new ParcelCommand.HandOver()).Done(new ParcelCommand.HandOver());
        Assert.True(shipped.Do(new ParcelCommand.Void("late")).Is(ParcelRefusal.AlreadyShipped));
        Assert.Equal(2, shipped.Events.Count);
    }

    [Fact]
    public void Nothing_is_handed_over_or_voided_that_was_not_packed()
    {
        var parcel = new Live<ParcelState>(ParcelDecider.Decider);

        Assert.True(parcel.Do(new ParcelCommand.HandOver()).Is(ParcelRefusal.Unknown));
        Assert.True(parcel.Do(new ParcelCommand.Void("x")).Is(ParcelRefusal.Unknown));
    }

    [Theory]
    [InlineData("sscc")]
    [InlineData("contents")]
    [InlineData("massGrams")]
    [InlineData("carrier")]
    public void What_is_no_parcel_is_refused_by_the_name_of_the_field(string field)
    {
        var wrong = field switch
        {
            "sscc" => Packing with { Sscc = new Sscc("006141410000000071") },
            "contents" => Packing with { Contents = [] },
            "massGrams" => Packing with { MassGrams = ParcelDecider.MaxMassGrams + 1 },
            _ => Packing with { Carrier = "" },
        };

        var answer = new Live<ParcelState>(ParcelDecider.Decider).Do(wrong);

        Assert.True(answer.Is(ParcelRefusal.NotAParcel));
        Assert.StartsWith(field, answer.Reason, StringComparison.Ordinal);
    }

    private static Live<ParcelState> Packed() => new Live<ParcelState>(ParcelDecider.Decider).Done(Packing);
}
