using Warehouse.Devices.Sensors.Sparkplug;

namespace Warehouse.Devices.Tests.Sensors;

public sealed class SparkplugNodeTests
{
    private readonly SparkplugNode _node = new();

    [Fact]
    public void Data_counts_after_the_birth_by_name_or_alias_and_with_the_births_type()
    {
        Assert.True(Birth(7).Online);
        Hear("DBIRTH", "Cold01", 1, Double("Temperature", -18.25) with { Alias = 5 });
        var reading = Assert.Single(Hear("DDATA", "Cold01", 2, Double(null, -17.5) with { Alias = 5, Datatype = 0 }).Readings);

        Assert.Equal(("Cold01/Temperature", -17_500L), (reading.From, SparkplugValue.Of(reading.Metric, reading.Datatype, 1_000)));
    }

    [Fact]
    public void Data_before_the_birth_asks_for_it() =>
        Assert.True(Hear("DDATA", "Cold01", 3, Double("Temperature", 1)).AskRebirth);

    [Fact]
    public void What_comes_before_its_turn_waits_for_what_is_missing_and_counts_in_order()
    {
        Birth(1);
        Assert.Equal((false, 0), Counted(Hear("DDATA", "Cold01", 3, Double("Temperature", 3))));
        Assert.Equal((false, 0), Counted(Hear("DDATA", "Cold01", 2, Double("Temperature", 2))));
        Assert.True(_node.Waits);
        var news = Hear("DBIRTH", "Cold01", 1, Double("Temperature", 1));

        Assert.Equal([1_000L, 2_000L, 3_000L], news.Readings.Select(reading => SparkplugValue.Of(reading.Metric, reading.Datatype, 1_000)));
        Assert.False(_node.Waits);
        Assert.Equal((false, 0), Counted(Hear("DDATA", "Cold01", 3, Double("Temperature", 3))));
        Assert.False(_node.Waits);
    }

    [Fact]
    public void A_birth_that_a_later_one_of_its_session_overtook_does_not_count()
    {
        _node.Hear("NBIRTH", "", new SparkplugPayload(20, 0, [Whole("bdSeq", 1), Double("Temperature", 2)]));

        Assert.Equal((false, 0), Counted(_node.Hear("NBIRTH", "", new SparkplugPayload(10, 0, [Whole("bdSeq", 1), Double("Temperature", 1)]))));
        Assert.Equal((false, 2), Counted(_node.Hear("NBIRTH", "", new SparkplugPayload(10, 0, [Whole("bdSeq", 2), Double("Temperature", 1)]))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(256UL)]
    [InlineData(ulong.MaxValue)]
    public void A_message_without_a_number_from_0_to_255_asks_for_a_rebirth(ulong? seq)
    {
        Birth(1);
        Assert.True(_node.Hear("NDATA", "", new SparkplugPayload(1, seq, [])).AskRebirth);
    }

    [Fact]
    public void No_more_waits_than_is_bounded()
    {
        Birth(1);
        for (var seq = 2; seq < 2 + SparkplugNode.MaxHeld; seq++)
        {
            Assert.False(Hear("NDATA", "", (ulong)seq).AskRebirth);
        }

        Assert.True(Hear("NDATA", "", 200).AskRebirth);
        Assert.False(_node.Waits);
    }

    [Fact]
    public void When_what_is_missing_does_not_come_nothing_counts_before_a_rebirth()
    {
        Birth(1);
        Hear("DBIRTH", "Cold01", 1, Double("Temperature", 1));

        Assert.Equal((false, 0), Counted(Hear("DDATA", "Cold01", 3, Double("Temperature", 2))));
        Assert.Equal((true, 0), Counted(_node.GiveUp()));
        Assert.Equal((true, 0), Counted(Hear("DDATA", "Cold01", 4, Double("Temperature", 3))));
        Birth(1);
        Hear("DBIRTH", "Cold01", 1, Double("Temperature", 1));
        Assert.Equal((false, 1), Counted(Hear("DDATA", "Cold01", 2, Double("Temperature", 4))));
    }

    [Fact]
    public void The_sequence_goes_from_255_to_0()
    {
        Birth(1);
        for (var seq = 1; seq <= 600; seq++)
        {
            Assert.False(Hear("NDATA", "", (ulong)(seq % 256)).AskRebirth);
        }
    }

    [Fact]
    public void A_death_counts_only_with_the_present_births_number()
    {
        Birth(7);

        Assert.Null(_node.Hear("NDEATH", "", new SparkplugPayload(1, null, [Whole("bdSeq", 6)])).Online);
        Assert.True(_node.IsBorn);
        Assert.False(_node.Hear("NDEATH", "", new SparkplugPayload(1, null, [Whole("bdSeq", 7)])).Online);
        Assert.False(_node.IsBorn);
    }

    [Fact]
    public void A_device_that_died_or_a_metric_that_no_birth_had_asks_for_a_rebirth()
    {
        Birth(1);
        Hear("DBIRTH", "Cold01", 1, Double("Temperature", 1));
        Hear("DDEATH", "Cold01", 2);
        Assert.True(Hear("DDATA", "Cold01", 3, Double("Temperature", 1)).AskRebirth);
        Birth(1);
        Assert.True(Hear("NDATA", "", 1, Double("Pressure", 1)).AskRebirth);
    }

    [Fact]
    public void A_value_of_the_past_is_not_the_present_one()
    {
        Birth(1, Double("Temperature", 1));
        Assert.Equal((false, 0), Counted(Hear("NDATA", "", 1, Double("Temperature", 9) with { IsHistorical = true })));
    }

    [Theory]
    [InlineData(1, 10, 0xFFUL, -1_000L)]
    [InlineData(2, 10, 0xFFFEUL, -2_000L)]
    [InlineData(3, 10, 0xFFFFFFFDUL, -3_000L)]
    [InlineData(4, 11, 0xFFFFFFFFFFFFFFFCUL, -4_000L)]
    [InlineData(7, 10, 0xFFFFFFFFUL, 4_294_967_295_000L)]
    [InlineData(9, 12, 0xC1920000UL, -18_250L)]
    [InlineData(11, 14, 1UL, 1_000L)]
    [InlineData(10, 13, 0x7FF8000000000000UL, null)]
    [InlineData(10, 13, 0x7FEFFFFFFFFFFFFFUL, null)]
    [InlineData(8, 11, 0xFFFFFFFFFFFFFFFFUL, null)]
    [InlineData(12, 0, 0UL, null)]
    public void Every_kind_of_number_becomes_a_whole_one_or_none(uint type, int field, ulong bits, long? value) =>
        Assert.Equal(value, SparkplugValue.Of(new SparkplugMetric("m", null, null, type, false, false, bits, field), type, 1_000));

    [Fact]
    public void What_is_written_is_read_back()
    {
        var payload = new SparkplugPayload(12, 255, [Double("Temperature", -18.25) with { Alias = 300, Timestamp = 9 }, Whole("bdSeq", 7) with { IsNull = true }]);
        var back = SparkplugPayload.Read(payload.ToBytes());

        Assert.Equal((payload.Timestamp, payload.Seq), (back.Timestamp, back.Seq));
        Assert.Equal(payload.Metrics.AsEnumerable(), back.Metrics);
    }

    private static (bool, int) Counted(SparkplugNews news) => (news.AskRebirth, news.Readings.Length);

    private SparkplugNews Birth(ulong bdSeq, params SparkplugMetric[] metrics) =>
        _node.Hear("NBIRTH", "", new SparkplugPayload(1, 0, [Whole("bdSeq", bdSeq), .. metrics]));

    private SparkplugNews Hear(string type, string device, ulong seq, params SparkplugMetric[] metrics) =>
        _node.Hear(type, device, new SparkplugPayload(1, seq, [.. metrics]));

    private static SparkplugMetric Whole(string name, ulong value) => new(name, null, null, 8, false, false, value, 11);

    private static SparkplugMetric Double(string? name, double value) => new(name, null, null, 10, false, false, BitConverter.DoubleToUInt64Bits(value), 13);
}
