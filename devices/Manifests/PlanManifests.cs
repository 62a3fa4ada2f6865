using System.Collections.Immutable;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;

namespace Warehouse.Devices.Manifests;

/// <summary>The manifests of a floor that was laid out by numbers: every tag, vehicle and crane of it, all by default.</summary>
public static class PlanManifests
{
    /// <summary>One manifest a device, in the order of ids.</summary>
    public static ImmutableArray<DeviceManifest> Of(FloorPlan floor) =>
    [
        .. Devices(floor).OrderBy(device => device.Id).Select(device => DeviceManifest.Of(device.Id, device.Kind)),
    ];

    private static IEnumerable<(DeviceId Id, DeviceKind Kind)> Devices(FloorPlan floor)
    {
        foreach (var station in floor.Stations)
        {
            for (var slot = 1; slot <= floor.Plan.SlotsPerStation; slot++)
            {
                yield return (FloorPlan.Tag(station, slot), DeviceKind.PickTag);
            }
        }

        foreach (var vehicle in floor.Vehicles)
        {
            yield return (FloorPlan.Device(vehicle), DeviceKind.Vehicle);
        }

        foreach (var aisle in floor.Aisles)
        {
            yield return (FloorPlan.Device(aisle), DeviceKind.Crane);
        }
    }
}
