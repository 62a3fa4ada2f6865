using System.Text;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sensors.Sparkplug;
using Warehouse.Devices.Tests.Staging;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Rfid;
using Warehouse.Domain.Sensing;

namespace Warehouse.Devices.Tests.Sensors;

/// <summary>Readers and sensors under the host, from the wire to the facts.</summary>
public sealed class WatchedAreaTests
{
    private readonly Floor _floor = new();

    [Fact]
    public void A_tag_that_a_reader_believes_is_one_fact_and_leaves_by_its_way()
    {
        With("""{"id":"MAIN/rfid-gate","kind":"rfidReader","settings":{"area":"gate","topic":"r700/events","inwards":"1,2","report":"both"}}""");
        foreach (var (antenna, second) in new[] { (1, 0), (1, 1), (2, 2), (2, 3) })
        {
            Say("r700/events", $$$"""{"timestamp":"2026-03-02T06:00:0{{{second}}}.000Z","eventType":"tagInventory","tagInventoryEvent":{"epcHex":"3374257BF40C0E4000000190","antennaPort":{{{antenna}}},"peakRssiCdbm":-4000}}""");
        }

        _floor.Pass(6);
        var tags = _floor.Desk.Said.OfType<DeviceSignal.TagsRead>().Select(read => (read.Sighting.Passage, read.Sighting.Direction, read.Sighting.Reads));
        Assert.Equal([(TagPassage.Arrived, TagDirection.None, 2), (TagPassage.Left, TagDirection.In, 4)], tags);
    }

    [Fact]
    public void A_readers_link_is_told_by_its_plain_words()
    {
        With("""{"id":"MAIN/rfid-gate","kind":"rfidReader","settings":{"area":"gate","topic":"r/e","statusTopic":"r/s"}}""");
        Say("r/s", "connected");
        Say("r/s", "connection lost");

        Assert.Equal([true, false], _floor.Desk.Said.OfType<DeviceSignal.LinkChanged>().Select(link => link.Online));
    }

    [Fact]
    public void A_reader_that_can_be_asked_is_asked_how_it_is_at_the_start_and_when_it_comes_back()
    {
        var radio = "inactive";
        _floor.OnWire = message =>
        {
            if (message.Topic == "z/m-req")
            {
                using var request = System.Text.Json.JsonDocument.Parse(message.Payload);
                Assert.Equal("get_status", request.RootElement.GetProperty("command").GetString());
                var id = request.RootElement.GetProperty("command_id").GetString();
                _ = _floor.Machines.Publish(new("z/m-res", Encoding.UTF8.GetBytes(
                    $$$"""{"command":"get_status","command_id":"{{{id}}}","response":"success","payload":{"radioActivitiy":"{{{radio}}}"}}"""), MqttQos.AtLeastOnce));
            }
        };
        var gate = With("""{"id":"MAIN/rfid-gate","kind":"rfidReader","settings":{"area":"gate","topic":"z/d-evt","preset":"zebra","statusTopic":"z/s","requestTopic":"z/m-req","responseTopic":"z/m-res"}}""");
        _floor.Pass(3);
        var case1 = Assert.Single(_floor.Desk.State(gate.Id).Differences);
        Assert.Equal("the reader is there and reads no tags", case1.What);

        radio = "active";
        _floor.Desk.Tell(gate.Id, new DeviceCommand.Settle(case1.Id, "it was started", "Ann"));
        _floor.Pass(3);
        var asked = Asked();
        Say("z/s", "connection lost");
        Say("z/s", "connected");
        _floor.Pass(3);
        Assert.Equal(asked + 1, Asked());
        Assert.Empty(_floor.Desk.State(gate.Id).Differences);

        radio = "inactive";
        Say("z/s", "connection lost");
        Say("z/s", "connected");
        _floor.Pass(3);
        Assert.Single(_floor.Desk.State(gate.Id).Differences);

        int Asked() => _floor.Wire.Count(message => message.Topic == "z/m-req");
    }

    [Fact]
    public void A_reader_that_does_not_answer_is_asked_again()
    {
        With("""{"id":"MAIN/rfid-gate","kind":"rfidReader","settings":{"area":"gate","topic":"z/d-evt","preset":"zebra","requestTopic":"z/m-req","responseTopic":"z/m-res"}}""");
        _floor.Pass(60);

        Assert.InRange(_floor.Wire.Count(message => message.Topic == "z/m-req"), 3, 60);
    }

    [Fact]
    public void A_reader_that_says_that_it_is_idle_is_a_case_once_until_it_runs_again()
    {
        var gate = With("""{"id":"MAIN/rfid-gate","kind":"rfidReader","settings":{"area":"gate","topic":"r700/events"}}""");
        void Status(string status) => Say("r700/events", $$$"""{"timestamp":"2026-03-02T06:00:00.000Z","eventType":"inventoryStatus","inventoryStatusEvent":{"inventoryStatus":"{{{status}}}"}}""");
        Status("running");
        _floor.Pass(1);
        Assert.Empty(_floor.Desk.State(gate.Id).Differences);
        Status("idle");
        _floor.Pass(1);
        var idle = Assert.Single(_floor.Desk.State(gate.Id).Differences);
        _floor.Desk.Tell(gate.Id, new DeviceCommand.Settle(idle.Id, "it shall not read", "Ann"));
        _floor.Pass(5);
        Assert.Equal((DeviceMode.Automatic, 0), (_floor.Desk.State(gate.Id).Mode, _floor.Desk.State(gate.Id).Differences.Length));
        Status("running");
        Status("idle");
        _floor.Pass(1);
        Assert.Single(_floor.Desk.State(gate.Id).Differences);
    }

    [Fact]
    public void A_removed_reader_looks_after_its_tags_no_more()
    {
        const string Gate = """{"id":"MAIN/rfid-gate","kind":"rfidReader","settings":{"area":"gate","topic":"r700/events","report":"both"}}""";
        var gate = With(Gate);
        _floor.Stage.Finish(() => _floor.Host.Remove(gate.Id));
        _floor.Pass(60);
        var quiet = _floor.Stage.Clock.Timers;

        _floor.Stage.Finish(() => _floor.Host.Put(gate));
        foreach (var second in new[] { 0, 1 })
        {
            Say("r700/events", $$$"""{"timestamp":"2026-03-02T06:00:0{{{second}}}.000Z","eventType":"tagInventory","tagInventoryEvent":{"epcHex":"3374257BF40C0E4000000190"}}""");
        }

        Assert.Contains(_floor.Desk.Said, said => said is DeviceSignal.TagsRead);
        _floor.Stage.Finish(() => _floor.Host.Remove(gate.Id));
        _floor.Pass(60);
        Say("r700/events", """{"timestamp":"2026-03-02T06:00:02.000Z","eventType":"tagInventory","tagInventoryEvent":{"epcHex":"3374257BF40C0E4000000190"}}""");
        Assert.Equal(quiet, _floor.Stage.Clock.Timers);
    }

    [Fact]
    public void A_cold_store_that_warms_up_is_a_fact_once_and_its_values_are_not()
    {
        With("""
            {"id":"MAIN/sensor-cold","kind":"jsonSensor","settings":{"area":"cold","topic":"cold/1","measures":
             [{"name":"temperature","from":"t","unit":"m°C","high":-15000,"hysteresis":500}]}}
            """);
        foreach (var value in new[] { "-18", "-17.5", "-14.9", "-14", "-15.2", "-15.5", "-18" })
        {
            Say("cold/1", $$"""{"t":{{value}}}""");
        }

        Say("cold/1", "{");
        Assert.Equal(
            [(LimitLevel.Within, -18_000L), (LimitLevel.High, -14_900L), (LimitLevel.Within, -15_500L)],
            _floor.Desk.Said.OfType<DeviceSignal.Measured>().Select(measured => (measured.Level, measured.Value)));
        Assert.Equal(1, Assert.Single(_floor.Host.Health).NotUnderstood);
    }

    [Fact]
    public void An_edge_node_is_asked_to_be_born_and_again_after_a_gap()
    {
        With("""
            {"id":"MAIN/sensor-edge1","kind":"sparkplugNode","settings":{"area":"cold","group":"WH1","node":"Edge1","measures":
             [{"name":"temperature","from":"Cold01/Temperature","unit":"m°C","high":-15000}]}}
            """);
        Say("spBv1.0/WH1/NBIRTH/Edge1", new SparkplugPayload(1, 0, [new("bdSeq", null, null, 8, false, false, 7, 11)]));
        Say("spBv1.0/WH1/DBIRTH/Edge1/Cold01", new SparkplugPayload(1, 1, [Celsius(-18) with { Name = "Temperature" }]));
        Say("spBv1.0/WH1/DDATA/Edge1/Cold01", new SparkplugPayload(1, 2, [Celsius(-14)]));
        _floor.Pass(6);
        Say("spBv1.0/WH1/DDATA/Edge1/Cold01", new SparkplugPayload(1, 4, [Celsius(-18)]));
        _floor.Pass(3);
        Say("spBv1.0/WH1/NDEATH/Edge1", new SparkplugPayload(1, null, [new("bdSeq", null, null, 8, false, false, 7, 11)]));

        Assert.Equal(
            [(LimitLevel.Within, -18_000L), (LimitLevel.High, -14_000L)],
            _floor.Desk.Said.OfType<DeviceSignal.Measured>().Select(measured => (measured.Level, measured.Value)));
        Assert.Equal([true, false], _floor.Desk.Said.OfType<DeviceSignal.LinkChanged>().Select(link => link.Online));
        Assert.Equal(2, _floor.Wire.Count(message => message.Topic == "spBv1.0/WH1/NCMD/Edge1"));
    }

    private static SparkplugMetric Celsius(double value) =>
        new(null, 5, null, 10, false, false, BitConverter.DoubleToUInt64Bits(value), 13);

    private DeviceManifest With(string manifest)
    {
        var read = new ManifestFile(AdapterCatalogue.Shipped).Parse("m.json", Encoding.UTF8.GetBytes(manifest));
        _floor.With(Floor.Tag, DeviceKind.PickTag);
        _floor.Desk.Register(read.Id, read.Kind);
        _floor.Stage.Finish(() => _floor.Host.Remove(Floor.Tag));
        _floor.Stage.Finish(() => _floor.Host.Put(read));
        _floor.Pass(0.1);
        return read;
    }

    private void Say(string topic, string text) => _floor.Publish(topic, Encoding.UTF8.GetBytes(text));

    private void Say(string topic, SparkplugPayload payload) => _floor.Publish(topic, payload.ToBytes());
}
