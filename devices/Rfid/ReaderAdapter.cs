using System.Collections.Immutable;
using System.Text.Json;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Mapping;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Areas;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Rfid;

namespace Warehouse.Devices.Rfid;

/// <summary>RFID readers that publish JSON over MQTT: Impinj, Zebra, and any other by a field map.</summary>
public sealed class ReaderAdapter : IDeviceAdapter
{
    /// <summary>The watched area that the reader belongs to, one part.</summary>
    public static DeviceSetting Area { get; } = DeviceSetting.Level("area", "The watched area of the warehouse that hears what the device reports.", null);

    /// <summary>The topic of its tag events.</summary>
    public static DeviceSetting Topic { get; } = DeviceSetting.Topic("topic", "The topic on which the reader publishes its tag events.", null);

    /// <summary>The topic on which its coming and going is said in plain words (Impinj's willTopic); empty for none.</summary>
    public static DeviceSetting StatusTopic { get; } = DeviceSetting.Plain(
        "statusTopic", "The topic with the reader's 'connected' and 'connection lost' (Impinj's willTopic); empty for none.", "");

    /// <summary>Where it takes management requests (Zebra's m-req); empty when it cannot be asked.</summary>
    public static DeviceSetting RequestTopic { get; } = DeviceSetting.Plain(
        "requestTopic", "The topic on which the reader takes management requests (Zebra's m-req), to be asked how it is; empty for none.", "");

    /// <summary>Where it answers them (Zebra's m-res).</summary>
    public static DeviceSetting ResponseTopic { get; } = DeviceSetting.Plain(
        "responseTopic", "The topic on which the reader answers them (Zebra's m-res); empty for none.", "");

    /// <summary>Whose messages they are.</summary>
    public static DeviceSetting Preset { get; } = DeviceSetting.Choice("preset", "Whose messages they are; custom takes the places of 'fields'.", "impinj", "zebra", "custom");

    /// <summary>Where a custom reader's messages have what we want.</summary>
    public static DeviceSetting Fields { get; } = DeviceSetting.Structure(
        "fields", "Where a custom reader's messages have what we want.", """{"epcHex":"epc"}""", TagFieldMap.Schema, json => TagFieldMap.Parse(json));

    /// <summary>Fewest reads of a tag. Default 2.</summary>
    public static DeviceSetting MinReads { get; } = DeviceSetting.Whole("minReads", "Fewest reads of a tag that is believed; a single read is most likely a ghost.", 2, 1, 1_000);

    /// <summary>Weakest strength of a tag, hundredths of dBm. Default -7000.</summary>
    public static DeviceSetting MinRssiCentiDbm { get; } = DeviceSetting.Whole("minRssiCentiDbm", "How strong a tag's strongest read must be, in hundredths of dBm.", -7_000, -20_000, 0);

    /// <summary>Shortest dwell of a tag, milliseconds. Default 0.</summary>
    public static DeviceSetting MinDwellMilliseconds { get; } = DeviceSetting.Whole("minDwellMilliseconds", "How long a tag must be read, from first to last read.", 0, 0, 600_000);

    /// <summary>Silence after which a tag has left, milliseconds. Default 2000.</summary>
    public static DeviceSetting LeaveMilliseconds { get; } = DeviceSetting.Whole("leaveMilliseconds", "After how long without a read a tag has left.", 2_000, 100, 600_000);

    /// <summary>Antennas in the order in which a tag coming in passes them.</summary>
    public static DeviceSetting Inwards { get; } = DeviceSetting.Plain("inwards", "Antennas in the order in which a tag coming in passes them, for example 1,2; empty gives no direction.", "");

    /// <summary>Which passages are facts.</summary>
    public static DeviceSetting Report { get; } = DeviceSetting.Choice("report", "Which passages are facts: arrived, left (the way is known then), or both.", "arrived", "left", "both");

    /// <inheritdoc/>
    public DeviceKind Kind { get; } = new("rfidReader");

    /// <inheritdoc/>
    public string Prefix => "rfid-";

    /// <inheritdoc/>
    public ImmutableArray<string> Capabilities => ["tags"];

    /// <inheritdoc/>
    public ImmutableArray<DeviceSetting> Settings =>
        [Area, Topic, StatusTopic, RequestTopic, ResponseTopic, DeviceSettings.ReadBackMilliseconds, Preset, Fields, MinReads, MinRssiCentiDbm, MinDwellMilliseconds, LeaveMilliseconds, Inwards, Report];

    /// <inheritdoc/>
    public StreamId OwnerOf(DeviceManifest manifest) => AreaId.Parse($"{manifest.Warehouse}/{manifest.Text(Area)}").Stream;

    /// <inheritdoc/>
    public IDeviceSession SessionOf(DeviceManifest manifest, AdapterPorts ports) => new ReaderSession(manifest, ports);

    /// <summary>The field map of a manifest.</summary>
    public static TagFieldMap MapOf(DeviceManifest manifest)
    {
        using var fields = JsonDocument.Parse(manifest.Text(Fields));
        return manifest.Text(Preset) switch
        {
            "impinj" => TagFieldMap.Impinj,
            "zebra" => TagFieldMap.Zebra,
            _ => TagFieldMap.Parse(fields.RootElement),
        };
    }

    /// <summary>The filter's rules of a manifest.</summary>
    public static ReadRules RulesOf(DeviceManifest manifest) => new(
        manifest.Number(MinReads), manifest.Number(MinRssiCentiDbm), manifest.Number(MinDwellMilliseconds), manifest.Number(LeaveMilliseconds),
        [.. manifest.Text(Inwards).Split(',').Select(text => WireValues.Scaled(text.Trim(), 1)).OfType<long>().Where(port => port is >= 0 and <= 1_000).Select(port => (int)port)]);
}
