using System.Collections.Immutable;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>The topics of VDA 5050 (2.1.0, 6.3; 3.0.0, 4.2).</summary>
public enum VdaTopic
{
    /// <summary>To the vehicle, QoS 0.</summary>
    Order,
    /// <summary>To the vehicle, QoS 0.</summary>
    InstantActions,
    /// <summary>From the vehicle, QoS 0.</summary>
    State,
    /// <summary>From the vehicle or the broker, QoS 1, retained.</summary>
    Connection,
    /// <summary>From the vehicle, QoS 0.</summary>
    Visualization,
    /// <summary>From the vehicle, QoS 0, retained by some.</summary>
    Factsheet,
    /// <summary>To the vehicle, QoS 0, from 3.0.0.</summary>
    ZoneSet,
    /// <summary>To the vehicle, QoS 0, from 3.0.0.</summary>
    Responses,
}

/// <summary>Which vehicle, and in which version one speaks with it: <c>uagv/v2/manufacturer/serialNumber/...</c></summary>
/// <param name="InterfaceName">First level: 2.x suggests uagv, 3.0.0 vda5050.</param>
/// <param name="Version">The protocol's version as it stands in each message.</param>
/// <param name="Manufacturer">One level.</param>
/// <param name="SerialNumber">One level.</param>
public sealed record VdaTopics(string InterfaceName, string Version, string Manufacturer, string SerialNumber)
{
    /// <summary>The version of a vehicle whose manifest names none.</summary>
    public const string DefaultVersion = "2.1.0";

    /// <summary>Manufacturer of the virtual vehicles.</summary>
    public const string VirtualManufacturer = "virtual";

    /// <summary>The versions that are spoken here.</summary>
    public static ImmutableArray<string> Versions { get; } = ["2.0.0", "2.1.0", "3.0.0"];

    /// <summary>The first level that a version suggests.</summary>
    public static string InterfaceOf(string version) => VdaDialect.Of(version).Major == 2 ? "uagv" : "vda5050";

    /// <summary>A topic's last level, which is also the name of its schema.</summary>
    public static string NameOf(VdaTopic topic) => topic switch
    {
        VdaTopic.Order => "order",
        VdaTopic.InstantActions => "instantActions",
        VdaTopic.State => "state",
        VdaTopic.Connection => "connection",
        VdaTopic.Visualization => "visualization",
        VdaTopic.Factsheet => "factsheet",
        VdaTopic.ZoneSet => "zoneSet",
        VdaTopic.Responses => "responses",
    };

    /// <summary>The topics of a virtual vehicle: its serial number is its id with '-' for '/', <c>MAIN-V07</c>.</summary>
    public static VdaTopics OfVirtual(VehicleId vehicle, string version = DefaultVersion) =>
        new(InterfaceOf(version), version, VirtualManufacturer, vehicle.Text.Replace('/', '-'));

    /// <summary>The vehicle's own topic.</summary>
    public string this[VdaTopic topic] => $"{Root}/{Manufacturer}/{SerialNumber}/{NameOf(topic)}";

    /// <summary>This topic of all vehicles that speak as this one does.</summary>
    public string All(VdaTopic topic) => $"{Root}/+/+/{NameOf(topic)}";

    /// <summary>How this version stands on the wire.</summary>
    public VdaDialect Dialect => VdaDialect.Of(Version);

    private string Root => $"{InterfaceName}/v{VdaDialect.Of(Version).Major}";
}
