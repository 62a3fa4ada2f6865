using System.Collections.Immutable;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Adapters;

/// <summary>
/// A kind of machine that the house can speak with: what its manifests may say, and how a session of one is made. An
/// adapter is a folder with this, a pure mapping between wire and domain, and a session; it is added to a
/// <see cref="AdapterCatalogue"/> and needs no change anywhere else. It has a public constructor without parameters when
/// it comes from an assembly of its own.
/// </summary>
public interface IDeviceAdapter
{
    /// <summary>The kind that it serves, unique in a catalogue.</summary>
    DeviceKind Kind { get; }

    /// <summary>
    /// How ids of its devices begin after the warehouse, with the dash: <c>ptl-</c>. Kinds may share one: the tag of a
    /// station's slot is <c>MAIN/ptl-S1-03</c> whoever made it.
    /// </summary>
    string Prefix { get; }

    /// <summary>What its devices can do, for people and for checks.</summary>
    ImmutableArray<string> Capabilities { get; }

    /// <summary>Every setting that its manifests may have.</summary>
    ImmutableArray<DeviceSetting> Settings { get; }

    /// <summary>The stream that hears of a device's facts and sends it commands.</summary>
    StreamId OwnerOf(DeviceManifest manifest);

    /// <summary>The session of a device; it does nothing before it is attached.</summary>
    IDeviceSession SessionOf(DeviceManifest manifest, AdapterPorts ports);
}

/// <summary>What a session may use. It is made for one device and taken from it when the device is removed.</summary>
/// <param name="Mqtt">Topics over the host's MQTT link; what is listened to here ends with the device.</param>
/// <param name="OpcUa">The link to this device's OPC UA server, made when it is first asked for.</param>
/// <param name="Telemetry">Takes what is not journaled.</param>
/// <param name="Clocks">The warehouse's time and the real one.</param>
/// <param name="WireFaults">Counts what was not understood.</param>
public sealed record AdapterPorts(
    TopicExchange Mqtt, Func<IOpcUaLink> OpcUa, ITelemetrySink Telemetry, DeviceClocks Clocks, WireFaults WireFaults);
