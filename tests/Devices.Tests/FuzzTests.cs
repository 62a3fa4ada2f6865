using System.Text;
using System.Text.Json;
using CsCheck;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Rfid;
using Warehouse.Devices.Sensors;
using Warehouse.Devices.Sensors.Json;
using Warehouse.Devices.Sensors.Sparkplug;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Tests;

/// <summary>
/// Everything that is read from outside, fed with good messages that were bent: bytes changed, cut, doubled, swapped. A
/// reader may only refuse in the one way that its caller expects. Bounded and seeded; a failing seed prints itself.
/// </summary>
public sealed class FuzzTests
{
    private const int Bends = 4_000;

    private static readonly string[] Manifests =
    [
        """{"id":"MAIN/agv-V07","kind":"vehicle","settings":{"resendSeconds":20}}""",
        """{"id":"MAIN/rfid-g","kind":"rfidReader","settings":{"area":"g","topic":"a/b","preset":"custom","fields":{"epcHex":"a[b=c].d"}}}""",
        """{"id":"MAIN/sensor-c","kind":"jsonSensor","settings":{"area":"c","topic":"t","measures":[{"name":"t","from":"a.b","high":-15000,"low":-25000}]}}""",
    ];

    private static readonly string[] Messages =
    [
        """{"timestamp":"2024-11-21T13:20:53.319-0600","tagInventoryEvent":{"epc":"MHQle_cZTkAAABqF","pc":"3000","antennaPort":2,"peakRssiCdbm":-5234}}""",
        """[{"data":{"idHex":"e28011606000020934d6faf7","antenna":1,"peakRssi":-39,"PC":"3f17"},"timestamp":"2024-11-21T13:20:53.319-0600"}]""",
        """{"ts":1700000000123,"values":{"temperature":-18.25}}""",
        """{"event":{"readings":[{"resourceName":"temperature","value":"-1.8e+01","origin":1700000000123456789}]}}""",
    ];

    [Fact]
    public void Manifests_are_read_or_refused_with_key_and_rule() => Bend(Manifests.Select(Encoding.UTF8.GetBytes), json =>
    {
        try
        {
            var manifest = new ManifestFile(AdapterCatalogue.Shipped).Parse("f.json", json);
            Assert.True(manifest.Same(new ManifestFile(AdapterCatalogue.Shipped).Parse("again.json", Encoding.UTF8.GetBytes(ManifestJson.TextOf(manifest)))));
        }
        catch (ManifestException refused)
        {
            Assert.InRange(refused.Message.Length, 1, 5_000);
        }
    });

    [Fact]
    public void Reads_and_values_are_read_or_not_understood() => Bend(Messages.Select(Encoding.UTF8.GetBytes), json =>
    {
        foreach (var map in new[] { TagFieldMap.Impinj, TagFieldMap.Zebra })
        {
            Quietly(() => TagMapping.Read(map, json, new Moment(1)));
        }

        foreach (var preset in new[] { "plain", "thingsboard", "edgex" })
        {
            Quietly(() => new JsonMeasures(preset, [new Measure("m", "temperature", "", 1_000, new(null, null, 0))]).Read(json, new Moment(1)));
        }
    });

    [Fact]
    public void Sparkplug_payloads_are_read_or_refused_and_what_is_read_is_no_larger_than_the_message()
    {
        var payload = new SparkplugPayload(
            1_700_000_000_000, 3,
            [new("Temperature", 5, 9, 10, false, false, BitConverter.DoubleToUInt64Bits(-18.25), 13), new(null, 300, null, 0, true, false, 7, 11)]).ToBytes();
        var node = new SparkplugNode();
        Bend([payload], message =>
        {
            try
            {
                var read = SparkplugPayload.Read(message);
                Assert.True(read.Metrics.Length * 2 <= message.Length + 2);
                foreach (var type in new[] { "NBIRTH", "DBIRTH", "DDATA", "NDATA", "NDEATH" })
                {
                    // Samples are drawn on several threads, and a node is one session's.
                    lock (node)
                    {
                        node.Hear(type, type[0] == 'D' ? "d" : "", read);
                    }
                }

                foreach (var metric in read.Metrics)
                {
                    _ = SparkplugValue.Of(metric, metric.Datatype, 1_000);
                }
            }
            catch (FormatException)
            {
                // Refused.
            }
        });
    }

    [Fact]
    public void Topics_and_filters_are_matched_whatever_they_are() =>
        Gen.String[Gen.OneOf(Gen.Char['a', 'c'], Gen.Const('/'), Gen.Const('+'), Gen.Const('#'), Gen.Const('$'), Gen.Const('\0')), 0, 12].Array[2].Sample(pair =>
        {
            var (filter, topic) = (pair[0], pair[1]);
            if (TopicFilter.IsTopic(topic) && TopicFilter.IsFilter(filter))
            {
                Assert.Equal(Naive(filter.Split('/'), topic.Split('/')) && !(topic[0] == '$' && filter[0] is '+' or '#' && topic[0] == '$'), TopicFilter.Matches(filter, topic));
            }
        }, iter: 20_000);

    private static bool Naive(string[] filter, string[] topic) => filter.Length == 0 ? topic.Length == 0
        : filter[0] == "#" || (topic.Length > 0 && (filter[0] == "+" || filter[0] == topic[0]) && Naive(filter[1..], topic[1..]));

    private static void Quietly(Action read)
    {
        try
        {
            read();
        }
        catch (Exception refused) when (refused is JsonException or FormatException or InvalidOperationException)
        {
            // Not understood, and counted by the session.
        }
    }

    private static void Bend(IEnumerable<byte[]> good, Action<byte[]> read)
    {
        var goods = good.ToArray();
        Gen.Select(Gen.Int[0, goods.Length - 1], Gen.Select(Gen.Int[0, 5], Gen.Int[0, 10_000], Gen.Byte).Array[1, 6]).Sample((which, bends) =>
        {
            var message = goods[which].ToList();
            foreach (var (how, where, value) in bends)
            {
                var at = message.Count == 0 ? 0 : where % message.Count;
                switch (how)
                {
                    case 0 when message.Count > 0: message[at] = value; break;
                    case 1 when message.Count > 0: message.RemoveAt(at); break;
                    case 2: message.Insert(at, value); break;
                    case 3: message.RemoveRange(at, message.Count - at); break;
                    case 4: message.InsertRange(at, message.GetRange(0, at)); break;
                    case 5 when message.Count > 0: message[at] = "{}[]\",:0-\\"u8[value % 10]; break;
                    default: break;
                }
            }

            read([.. message]);
        }, iter: Bends);
    }
}
