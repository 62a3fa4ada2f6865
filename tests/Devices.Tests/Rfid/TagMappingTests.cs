using System.Text;
using System.Text.Json;
using Warehouse.Devices.Rfid;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Rfid;

namespace Warehouse.Devices.Tests.Rfid;

public sealed class TagMappingTests
{
    private static readonly Moment Came = new(42);

    [Fact]
    public void Impinjs_events_are_read_with_base64_or_hexadecimal_codes()
    {
        var reads = Read(TagFieldMap.Impinj, """
            [{"timestamp":"2024-11-21T19:20:53.319Z","hostname":"impinj-14","eventType":"tagInventory","tagInventoryEvent":
              {"epc":"MHQle_cZTkAAABqF","pc":"3000","antennaPort":2,"peakRssiCdbm":-5234,"lastSeenTime":"2024-11-21T19:20:53.300Z"}},
             {"timestamp":"2024-11-21T19:20:54Z","eventType":"tagInventory","tagInventoryEvent":{"epcHex":"3074257bf7194e4000001a85","antennaPort":1}},
             {"timestamp":"2024-11-21T19:20:54Z","eventType":"inventoryStatus","inventoryStatusEvent":{"inventoryStatus":"running"}}]
            """);

        Assert.Equal(
            [
                new TagRead("3074257BF7194E4000001A85", 0x3000, 2, -5_234, Moment.Of(new(2024, 11, 21, 19, 20, 53, 319, TimeSpan.Zero))),
                new TagRead("3074257BF7194E4000001A85", null, 1, null, Moment.Of(new(2024, 11, 21, 19, 20, 54, TimeSpan.Zero))),
            ], reads);
    }

    [Fact]
    public void Zebras_events_are_read_with_an_offset_that_has_no_colon()
    {
        var read = Assert.Single(Read(TagFieldMap.Zebra, """
            {"data":{"eventNum":63,"format":"epc","idHex":"e28011606000020934d6faf7","antenna":1,"peakRssi":-39,"PC":"3f17"},
             "timestamp":"2024-11-21T13:20:53.319-0600","type":"SIMPLE"}
            """));

        Assert.Equal(new TagRead("E28011606000020934D6FAF7", 0x3F17, 1, -3_900, Moment.Of(new(2024, 11, 21, 19, 20, 53, 319, TimeSpan.Zero))), read);
    }

    [Fact]
    public void Another_readers_events_are_read_by_its_field_map()
    {
        using var fields = JsonDocument.Parse("""
            {"items":"tag_reads","epcHex":"epc","antenna":"antennaPort","rssi":"peakRssi","time":"firstSeenTimestamp","timeFormat":"us"}
            """);
        var reads = Read(TagFieldMap.Parse(fields.RootElement), """
            {"readerName":"dock","tag_reads":[{"epc":"30","firstSeenTimestamp":1700000000123456,"antennaPort":3,"peakRssi":-51.5},{"epc":"31"}]}
            """);

        Assert.Equal([new TagRead("30", null, 3, -5_150, new Moment(1_700_000_000_123)), new TagRead("31", null, 0, null, Came)], reads);
    }

    [Theory]
    [InlineData("""{"epcHx":"a"}""", "epcHx is not known")]
    [InlineData("""{"antenna":"a"}""", "epcHex or epcBase64")]
    [InlineData("""{"epcHex":"a..b"}""", "members joined by dots")]
    [InlineData("""{"epcHex":"a[b]"}""", "member=text")]
    [InlineData("""{"epcHex":"a","rssiScale":0}""", "rssiScale")]
    [InlineData("""{"epcHex":"a","timeFormat":"day"}""", "timeFormat")]
    [InlineData("[]", "an object")]
    public void A_field_map_that_is_none_names_member_and_rule(string json, string rule)
    {
        using var fields = JsonDocument.Parse(json);
        Assert.Contains(rule, Assert.Throws<FormatException>(() => TagFieldMap.Parse(fields.RootElement)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":{"idHex":"xyz"}}""")]
    [InlineData("""{"data":{"idHex":""}}""")]
    public void A_code_that_is_none_is_not_understood(string json) =>
        Assert.Throws<FormatException>(() => Read(TagFieldMap.Zebra, json));

    private static TagRead[] Read(TagFieldMap map, string json) => [.. TagMapping.Read(map, Encoding.UTF8.GetBytes(json), Came)];
}
