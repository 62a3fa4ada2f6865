using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Warehouse.Devices.Mapping;

namespace Warehouse.Devices.Rfid;

/// <summary>
/// Where a reader's messages have what we want. The message may be one event or an array of them; within an event,
/// <paramref name="Items"/> leads to an array of tags, or is null when the event is one tag.
/// </summary>
/// <param name="Items">The array of tags in an event; their places count from there.</param>
/// <param name="EpcHex">The EPC in hexadecimal.</param>
/// <param name="EpcBase64">The EPC in base 64; used where there is no hexadecimal one.</param>
/// <param name="Pc">The PC word in hexadecimal.</param>
/// <param name="Antenna">The antenna's number.</param>
/// <param name="Rssi">The strength.</param>
/// <param name="RssiScale">What makes it hundredths of dBm: 100 when it is in dBm, 1 when it is so already.</param>
/// <param name="Time">When; looked for in the tag, then in the event.</param>
/// <param name="TimeFormat">How it is written, see <see cref="WireValues.Time"/>.</param>
public sealed record TagFieldMap(
    JsonPlace? Items, JsonPlace? EpcHex, JsonPlace? EpcBase64, JsonPlace? Pc, JsonPlace? Antenna, JsonPlace? Rssi,
    int RssiScale, JsonPlace? Time, string TimeFormat)
{
    /// <summary>Impinj R700 and R720, IoT device interface: events of the MQTT topic or of a webhook's array.</summary>
    public static TagFieldMap Impinj { get; } = new(
        null, At("tagInventoryEvent.epcHex"), At("tagInventoryEvent.epc"), At("tagInventoryEvent.pc"), At("tagInventoryEvent.antennaPort"),
        At("tagInventoryEvent.peakRssiCdbm"), 1, At("timestamp"), "iso");

    /// <summary>Zebra FX and ATR readers, IoT Connector: one tag data event, or an array of them.</summary>
    public static TagFieldMap Zebra { get; } = new(
        null, At("data.idHex"), null, At("data.PC"), At("data.antenna"), At("data.peakRssi"), 100, At("timestamp"), "iso");

    /// <summary>The JSON schema of a map of one's own.</summary>
    public static JsonObject Schema { get; } = new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["items"] = Text("The array of tags in an event."),
            ["epcHex"] = Text("The EPC in hexadecimal."),
            ["epcBase64"] = Text("The EPC in base 64."),
            ["pc"] = Text("The PC word in hexadecimal."),
            ["antenna"] = Text("The antenna's number."),
            ["rssi"] = Text("The strength."),
            ["rssiScale"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 100, ["description"] = "100 when rssi is in dBm, 1 when in hundredths." },
            ["time"] = Text("When it was read."),
            ["timeFormat"] = new JsonObject { ["enum"] = new JsonArray("iso", "ms", "us", "ns") },
        },
    };

    /// <summary>The map of a setting.</summary>
    /// <exception cref="FormatException">It is none; the message names the member and its rule.</exception>
    public static TagFieldMap Parse(JsonElement map)
    {
        if (map.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("an object is asked for");
        }

        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in map.EnumerateObject())
        {
            if (!Schema["properties"]!.AsObject().ContainsKey(member.Name))
            {
                throw new FormatException($"{member.Name} is not known; there are {string.Join(", ", Schema["properties"]!.AsObject().Select(one => one.Key))}");
            }

            texts[member.Name] = WireValues.Text(member.Value) ?? throw new FormatException($"{member.Name}: a text is asked for");
        }

        JsonPlace? Place(string name) => texts.TryGetValue(name, out var text) ? JsonPlace.Parse(text) : null;
        var scale = int.TryParse(texts.GetValueOrDefault("rssiScale", "100"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : (int?)null;
        var format = texts.GetValueOrDefault("timeFormat", "iso");
        return scale is null or < 1 or > 100 ? throw new FormatException("rssiScale: a whole number from 1 to 100")
            : format is not ("iso" or "ms" or "us" or "ns") ? throw new FormatException("timeFormat: one of iso, ms, us, ns")
            : Place("epcHex") is null && Place("epcBase64") is null ? throw new FormatException("epcHex or epcBase64 is asked for")
            : new TagFieldMap(
                Place("items"), Place("epcHex"), Place("epcBase64"), Place("pc"), Place("antenna"), Place("rssi"), scale.Value, Place("time"), format);
    }

    private static JsonPlace At(string place) => JsonPlace.Parse(place);

    private static JsonObject Text(string about) => new() { ["type"] = "string", ["description"] = about };
}
