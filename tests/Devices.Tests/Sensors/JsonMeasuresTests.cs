using System.Text;
using Warehouse.Devices.Sensors;
using Warehouse.Devices.Sensors.Json;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Tests.Sensors;

public sealed class JsonMeasuresTests
{
    [Theory]
    [InlineData("plain", "climate.t", """{"climate":{"t":-18.25}}""", -18_250L, 42L)]
    [InlineData("thingsboard", "temperature", """{"ts":1700000000123,"values":{"temperature":"-18.25"}}""", -18_250L, 1_700_000_000_123L)]
    [InlineData("neuron", "tag1", """{"node":"n","group":"g","timestamp":1700000000123,"values":{"tag1":-0.0005},"errors":{}}""", -1L, 1_700_000_000_123L)]
    [InlineData("edgex", "Temperature", """
        {"apiVersion":"v3","event":{"deviceName":"d","readings":[{"resourceName":"Humidity","value":"1"},
         {"resourceName":"Temperature","valueType":"Float64","value":"-1.825000e+01","origin":1700000000123456789}]}}
        """, -18_250L, 1_700_000_000_123L)]
    [InlineData("plain", "door", """{"door":true}""", 1_000L, 42L)]
    public void Each_presets_messages_are_read(string preset, string from, string message, long value, long at)
    {
        var read = Assert.Single(Read(preset, from, message));
        Assert.Equal((value, at), (read.Value, read.At.UnixMilliseconds));
    }

    [Theory]
    [InlineData("""{"t":null}""")]
    [InlineData("""{"t":"warm"}""")]
    [InlineData("""{"t":1e300}""")]
    [InlineData("""{"t":[1]}""")]
    [InlineData("""[{"t":1}]""")]
    [InlineData("7")]
    public void What_is_no_number_there_is_left_out(string message) => Assert.Empty(Read("plain", "t", message));

    [Theory]
    [InlineData("[]", "1 to 64 measures")]
    [InlineData("""[{"name":"a b","from":"t"}]""", "[0].name")]
    [InlineData("""[{"name":"a"}]""", "[0].from")]
    [InlineData("""[{"name":"a","from":"t","hgh":1}]""", "[0].hgh: only name")]
    [InlineData("""[{"name":"a","from":"t","low":2,"high":1}]""", "[0].low: not above high")]
    [InlineData("""[{"name":"a","from":"t","hysteresis":-1}]""", "[0].hysteresis: a whole number")]
    [InlineData("""[{"name":"a","from":"t","high":1.5}]""", "[0].high: a whole number")]
    [InlineData("""[{"name":"a","from":"t"},{"name":"a","from":"u"}]""", "[1].name: each once")]
    public void A_measure_that_is_none_names_member_and_rule(string json, string rule) =>
        Assert.StartsWith(rule.StartsWith('[') ? rule : "an array", Measure.Setting.Broken(json), StringComparison.Ordinal);

    private static System.Collections.Immutable.ImmutableArray<(Measure Measure, long Value, Moment At)> Read(string preset, string from, string message) =>
        new JsonMeasures(preset, [new Measure("m", from, "m°C", 1_000, new(null, null, 0))]).Read(Encoding.UTF8.GetBytes(message), new Moment(42));
}
