using System.Text;
using System.Text.Json;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Tests.Staging;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Tests.Vda5050;

/// <summary>Everything that a vehicle may send, changed at random from a seed: nothing crashes, hangs or grows.</summary>
public sealed class VdaFuzzTests
{
    private const int Messages = 6_000;

    [Theory]
    [InlineData("2.0.0", "count")]
    [InlineData("2.1.0", "off")]
    [InlineData("2.1.0", "refuse")]
    [InlineData("3.0.0", "count")]
    public void A_session_lives_through_whatever_comes(string version, string validation)
    {
        var topics = VdaTopics.OfVirtual(new("MAIN/V07"), version);
        var floor = new Floor();
        floor.With(Floor.Vehicle, DeviceKind.Vehicle, settings: [("version", version), ("validation", validation)]);
        floor.Desk.Enqueue(Floor.Vehicle, Drives.Way, TimeSpan.FromHours(10));
        var chance = new Random(20260302);
        var samples = Samples(topics);
        for (var number = 0; number < Messages; number++)
        {
            var (topic, body) = samples[chance.Next(samples.Length)];
            var message = new MqttMessage(topics[topic], Changed(body, chance), MqttQos.AtMostOnce);
            floor.Stage.Do(() => _ = floor.Machines.Publish(message));
            if (number % 50 == 0)
            {
                floor.Pass(0.05);
                floor.Wire.Clear();
                floor.Seen.Vehicles.Clear();
            }
        }

        floor.Pass(1);
        Assert.True(floor.Host.WireFaults.Seen.Count <= 1);
        Assert.NotEqual(0, floor.Host.WireFaults.Seen.Values.Sum(fault => fault.Count));
        Assert.True(floor.Desk.State(Floor.Vehicle).Outbox.Length <= 1);

        floor.Seen.Vehicles.Clear();
        floor.VehicleConnection(VdaConnectionState.Offline);
        floor.VehicleConnection(VdaConnectionState.Online);
        floor.Publish(topics[VdaTopic.Connection], samples.First(sample => sample.Topic == VdaTopic.Connection).Body);
        floor.Pass(61);
        floor.Publish(topics[VdaTopic.State], samples.First(sample => sample.Topic == VdaTopic.State).Body);
        Assert.NotEmpty(floor.Seen.Vehicles);
    }

    [Fact]
    public void A_message_that_is_too_long_is_counted_and_not_parsed()
    {
        var floor = new Floor();
        floor.With(Floor.Vehicle, DeviceKind.Vehicle);
        floor.Publish(Floor.VehicleTopics[VdaTopic.State], new byte[VehicleWire.MostBytes + 1]);
        Assert.Contains("bytes", Assert.Single(floor.Host.WireFaults.Seen).Value.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_schema_names_at_most_a_few_breaches_of_whatever_json(int seed)
    {
        var chance = new Random(seed);
        foreach (var topics in VdaTopics.Versions.Select(version => VdaTopics.OfVirtual(new("MAIN/V07"), version)))
        {
            foreach (var (topic, body) in Samples(topics))
            {
                for (var number = 0; number < 200; number++)
                {
                    try
                    {
                        using var document = JsonDocument.Parse(Changed(body, chance));
                        Assert.True(topics.Dialect.Breaches(topic, document.RootElement).Length <= Warehouse.Devices.Schemas.JsonSchema.MostBreaches);
                    }
                    catch (JsonException)
                    {
                        // Most changes leave no JSON.
                    }
                }
            }
        }
    }

    private static (VdaTopic Topic, byte[] Body)[] Samples(VdaTopics topics)
    {
        var state = Drives.At(2, VdaActionStatus.Running, 5) with { Version = topics.Version, Errors = [new("orderError", ErrorLevel.Warning, [new("orderId", "x")], "y")] };
        state = topics.Dialect.Major >= 3
            ? state with { InstantActionStates = [], ZoneRequests = [new("r", RequestType.Access, "z", "s", VdaRequestStatus.Requested)] }
            : state;
        const string At = "2026-03-02T06:00:00.000Z";
        return
        [
            (VdaTopic.State, topics.Dialect.Write(state)),
            (VdaTopic.State, topics.Dialect.Write(state with { OrderId = "MAIN/M000042~2.0", OrderUpdateId = uint.MaxValue, LastNodeSequenceId = uint.MaxValue })),
            (VdaTopic.Connection, topics.Dialect.Write(new VdaConnection(1, At, topics.Version, "virtual", "MAIN-V07", VdaConnectionState.Online))),
            (VdaTopic.Visualization, topics.Dialect.Write(new VdaVisualization(1, At, topics.Version, "virtual", "MAIN-V07", new VdaPosition(1, 2, 3, "MAIN", true), 1))),
            (VdaTopic.Factsheet, topics.Dialect.Write(new VdaFactsheet(
                1, At, topics.Version, "virtual", "MAIN-V07",
                new VdaProtocolLimits(new VdaStringLengths(MaximumIdLength: 99), new VdaArrayLengths(OrderNodes: 99), new VdaTiming(1)),
                new VdaProtocolFeatures([new("pick")]), new VdaTypeSpecification("x")))),
        ];
    }

    /// <summary>A message with bytes changed, a piece left out, doubled, or another value put in.</summary>
    private static byte[] Changed(byte[] body, Random chance)
    {
        var text = Encoding.UTF8.GetString(body);
        var at = chance.Next(text.Length);
        var length = chance.Next(Math.Min(40, text.Length - at));
        string[] values = ["null", "-1", "1e400", "99999999999999999999", "[]", "{}", "\"\"", "true", "\"\\u0000\"", new string('[', 200), "-0.0", "\"NaN\""];
        return chance.Next(6) switch
        {
            0 => [.. body.Select(one => chance.Next(60) == 0 ? (byte)chance.Next(256) : one)],
            1 => Encoding.UTF8.GetBytes(text.Remove(at, length)),
            2 => Encoding.UTF8.GetBytes(text.Insert(at, text.Substring(at, length))),
            3 => body[..at],
            _ => Encoding.UTF8.GetBytes(Replaced(text, at, values[chance.Next(values.Length)])),
        };
    }

    private static string Replaced(string text, int at, string value)
    {
        var colon = text.IndexOf(':', at);
        if (colon < 0)
        {
            return text;
        }

        var end = text.IndexOfAny([',', '}', ']'], colon);
        return end < 0 ? text : string.Concat(text.AsSpan(0, colon + 1), value, text.AsSpan(end));
    }
}
