using Warehouse.Domain.Areas;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Gs1;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Rfid;
using Warehouse.Domain.Sensing;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Tests.Areas;

public sealed class AreaTests
{
    private static readonly AreaId Id = new("MAIN/cold-1");
    private static readonly DeviceId Reader = new("MAIN/rfid-gate");
    private static readonly DeviceId Sensor = new("MAIN/sensor-cold");
    private static readonly AreaPlan Plan = new(new("MAIN/A01/out1"), "T", 6, [new("FISH"), new("PEAS")], HoldRelease.Person);
    private static readonly StreamId ToteStream = new Lpn("T000400").Stream;
    private static readonly TagWitness Witness = new(Reader, "urn:epc:tag:grai-96:0.0614141.12345.400", new(2));

    [Fact]
    public void A_totes_tag_asks_the_tote_and_a_parcels_tag_the_parcel()
    {
        var area = Made();

        area.Done(Seen(EpcEncoder.Grai96(0, "0614141", "12345", 400)));
        Assert.Equal([Effect.Tell(ToteStream, new ToteCommand.Seen(Plan.Place, Witness))], area.Effects);
        area.Done(Seen(EpcEncoder.Sscc96(0, "0614141", "1234567890"), TagPassage.Left, TagDirection.Out));
        Assert.Equal(
            [Effect.Tell(new Sscc("106141412345678908").Stream, new ParcelCommand.Seen(true, Witness with { Epc = "urn:epc:tag:sscc-96:0.0614141.1234567890" }))],
            area.Effects);
        area.Done(Seen([0xE2, 0x80, 0x11]));
        Assert.Empty(area.Effects);
        area.AssertRestorable();
    }

    [Fact]
    public void What_the_book_has_otherwise_is_one_case_until_it_is_seen_where_it_belongs()
    {
        var area = Made();
        area.Done(Heard(Answer.No(ToteRefusal.NotThere, "it stands at MAIN/S1/dock")));
        area.Done(Heard(Answer.No(ToteRefusal.NotThere, "it stands at MAIN/S1/dock")));

        Assert.Equal(
            new AreaCase(ToteStream, Witness.Epc, Reader, "it stands at MAIN/S1/dock", Witness.SeenAt), Assert.Single(area.State.Cases).Value);
        Assert.Equal("", area.Happened);
        area.Done(Heard(Answer.Yes));
        Assert.Empty(area.State.Cases);
        area.AssertRestorable();
    }

    [Fact]
    public void A_person_settles_a_case_with_name_and_reason()
    {
        var area = Made().Done(Heard(Answer.No(ToteRefusal.Unknown, "no such tote")));

        Assert.True(area.Do(new AreaCommand.SettleCase(ToteStream, "", "x")).Is(AreaRefusal.NotAPlan));
        Assert.True(area.Do(new AreaCommand.SettleCase(new("tote:other"), "Ann", "looked")).Is(AreaRefusal.NoSuchCase));
        area.Done(new AreaCommand.SettleCase(ToteStream, "Ann", "a test tag"));
        Assert.Empty(area.State.Cases);
    }

    [Fact]
    public void A_cold_store_that_warms_up_holds_its_goods_until_a_person_releases_them()
    {
        var area = Made();
        area.Done(Measured(LimitLevel.High, -14_000));

        Assert.Equal(["stock:MAIN/FISH", "stock:MAIN/PEAS"], area.Effects.Select(effect => effect.Target.Text));
        Assert.All(area.Effects, effect => Assert.Contains("sensor-cold temperature is above its limit at -14000 m°C", Assert.IsType<StockCommand.Hold>(effect.Body).Reason, StringComparison.Ordinal));
        Assert.True(area.Do(new AreaCommand.ReleaseHold("Ann", "looked")).Is(AreaRefusal.AlarmStands));
        area.Done(Measured(LimitLevel.Within, -18_000));
        Assert.NotNull(area.State.Hold);
        area.Done(new AreaCommand.ReleaseHold("Ann", "checked every carton"));
        Assert.Equal([new StockCommand.Unhold("MAIN/cold-1/hold-1"), new StockCommand.Unhold("MAIN/cold-1/hold-1")], area.Effects.Select(effect => effect.Body));
        Assert.True(area.Do(new AreaCommand.ReleaseHold("Ann", "again")).Is(AreaRefusal.NotHeld));
        area.AssertRestorable();
    }

    [Fact]
    public void By_policy_the_last_alarm_that_clears_frees_the_goods()
    {
        var area = Made(Plan with { Release = HoldRelease.Clearing });
        area.Done(Measured(LimitLevel.High, -14_000)).Done(Measured(LimitLevel.Low, 10, "humidity")).Done(Measured(LimitLevel.Within, -18_000));

        Assert.NotNull(area.State.Hold);
        area.Done(Measured(LimitLevel.Within, 40, "humidity"));
        Assert.Null(area.State.Hold);
        Assert.Equal(2, area.Effects.Count);
    }

    [Fact]
    public void Goods_that_come_to_a_held_area_are_held_and_those_that_leave_it_are_free()
    {
        var area = Made().Done(Measured(LimitLevel.High, -14_000));
        area.Done(new AreaCommand.SetUp(Id, Plan with { Skus = [new("ICE"), new("PEAS")] }));

        Assert.Equal(["stock:MAIN/ICE Hold", "stock:MAIN/FISH Unhold"], area.Effects.Select(effect => $"{effect.Target} {effect.Body.GetType().Name}"));
    }

    [Fact]
    public void A_plan_that_is_none_is_refused_and_an_area_that_is_not_set_up_hears_nothing()
    {
        Assert.True(new Live<AreaState>(AreaDecider.Decider).Do(Measured(LimitLevel.High, 1)).Is(AreaRefusal.Unknown));
        Assert.True(Made().Do(new AreaCommand.SetUp(Id, Plan with { Skus = [new("B"), new("A")] })).Is(AreaRefusal.NotAPlan));
        Assert.True(Made().Do(new AreaCommand.SetUp(Id, Plan with { TotePrefix = "a/b" })).Is(AreaRefusal.NotAPlan));
        Assert.Empty(Made().Done(new AreaCommand.SetUp(Id, Plan)).Happened);
    }

    [Fact]
    public void Held_stock_is_given_to_no_order_until_every_hold_is_over()
    {
        var stock = new Live<StockState>(StockDecider.Decider)
            .Done(new StockCommand.Receive("r1", new("MAIN"), new("FISH"), new("L1"), new("T000001"), new("MAIN/A01"), 10))
            .Done(new StockCommand.Hold("MAIN/cold-1/hold-1", "too warm")).Done(new StockCommand.Hold("MAIN/cold-1/hold-1", "too warm"))
            .Done(new StockCommand.Hold("recall", "recalled"));
        var reserve = new StockCommand.Reserve(new("r/1"), new OrderId("shop/1"), 3);

        Assert.True(stock.Do(reserve).Is(StockRefusal.OnHold));
        stock.Done(new StockCommand.Unhold("MAIN/cold-1/hold-1"));
        Assert.Contains("recalled", stock.Do(reserve).Reason, StringComparison.Ordinal);
        stock.Done(new StockCommand.Unhold("recall")).Done(new StockCommand.Unhold("recall")).Done(reserve);
        stock.AssertRestorable();
    }

    [Fact]
    public void A_tote_and_a_parcel_say_whether_a_sighting_fits_their_books()
    {
        var tote = new Live<ToteState>(ToteDecider.Decider);
        Assert.True(tote.Do(new ToteCommand.Seen(null)).Is(ToteRefusal.Unknown));
        tote.Done(new ToteCommand.Receive("r1", new("T000400"), new("MAIN"), new("MAIN/A01/out1"), new("FISH"), new("L1"), 1));
        Assert.True(tote.Do(new ToteCommand.Seen(new("MAIN/S1/dock"))).Is(ToteRefusal.NotThere));
        tote.Done(new ToteCommand.Seen(new("MAIN/A01/out1"))).Done(new ToteCommand.Seen(null));

        var parcel = new Live<ParcelState>(ParcelDecider.Decider);
        Assert.True(parcel.Do(new ParcelCommand.Seen(false)).Is(ParcelRefusal.Unknown));
        parcel.Done(new ParcelCommand.Pack(new("106141412345678908"), new("shop/1"), new("MAIN"), [new(new("FISH"), new("L1"), 1)], 500, "POST", new Moment(9)));
        Assert.True(parcel.Do(new ParcelCommand.Seen(true)).Is(ParcelRefusal.StillHere));
        parcel.Done(new ParcelCommand.Seen(false)).Done(new ParcelCommand.HandOver(), new Moment(9)).Done(new ParcelCommand.Seen(true));
        Assert.True(parcel.Do(new ParcelCommand.Seen(false)).Is(ParcelRefusal.AlreadyShipped));
    }

    private static Live<AreaState> Made(AreaPlan? plan = null) =>
        new Live<AreaState>(AreaDecider.Decider).Done(new AreaCommand.SetUp(Id, plan ?? Plan));

    private static Signalled Seen(byte[] epc, TagPassage passage = TagPassage.Arrived, TagDirection direction = TagDirection.None) => new(
        Reader, new DeviceSignal.TagsRead(new TagSighting(EpcDecoder.Decode(epc).Uri, Convert.ToHexString(epc), null, passage, direction, 5, -4_000, new(1), new(2))));

    private static Answered Heard(Answer answer) => new(ToteStream, new ToteCommand.Seen(Plan.Place, Witness), answer);

    private static Signalled Measured(LimitLevel level, long value, string measure = "temperature") =>
        new(Sensor, new DeviceSignal.Measured(measure, value, "m°C", level, value));
}
