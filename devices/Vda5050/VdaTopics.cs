using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>The topics of one vehicle: <c>uagv/v2/manufacturer/serialNumber/...</c> (2.1.0, section 6.1).</summary>
/// <param name="Manufacturer">One level.</param>
/// <param name="SerialNumber">One level.</param>
public sealed record VdaTopics(string Manufacturer, string SerialNumber)
{
    /// <summary>The protocol's version as it stands in each message.</summary>
    public const string Version = "2.1.0";

    /// <summary>Manufacturer of the virtual vehicles.</summary>
    public const string VirtualManufacturer = "virtual";

    /// <summary>Every vehicle's state.</summary>
    public const string AllStates = "uagv/v2/+/+/state";

    /// <summary>Every vehicle's connection.</summary>
    public const string AllConnections = "uagv/v2/+/+/connection";

    /// <summary>Every vehicle's visualization.</summary>
    public const string AllVisualizations = "uagv/v2/+/+/visualization";

    /// <summary>Every vehicle's orders: what a plant listens to.</summary>
    public const string AllOrders = "uagv/v2/+/+/order";

    /// <summary>Every vehicle's instant actions: what a plant listens to.</summary>
    public const string AllInstantActions = "uagv/v2/+/+/instantActions";

    /// <summary>The topics of a virtual vehicle: its serial number is its id with '-' for '/', <c>MAIN-V07</c>.</summary>
    public static VdaTopics OfVirtual(VehicleId vehicle) => new(VirtualManufacturer, vehicle.Text.Replace('/', '-'));

    /// <summary>Orders to the vehicle, QoS 0.</summary>
    public string Order { get; } = $"uagv/v2/{Manufacturer}/{SerialNumber}/order";

    /// <summary>Instant actions to the vehicle, QoS 0.</summary>
    public string InstantActions { get; } = $"uagv/v2/{Manufacturer}/{SerialNumber}/instantActions";

    /// <summary>The vehicle's state, QoS 0.</summary>
    public string State { get; } = $"uagv/v2/{Manufacturer}/{SerialNumber}/state";

    /// <summary>The vehicle's link, QoS 1, retained.</summary>
    public string Connection { get; } = $"uagv/v2/{Manufacturer}/{SerialNumber}/connection";

    /// <summary>The vehicle's poses, QoS 0.</summary>
    public string Visualization { get; } = $"uagv/v2/{Manufacturer}/{SerialNumber}/visualization";
}
