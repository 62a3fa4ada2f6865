using Warehouse.Devices.Manifests;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;

namespace Warehouse.Simulation.House;

/// <summary>The manifests of a plan's virtual machines: nothing but defaults.</summary>
public static class FloorManifests
{
    /// <summary>Every tag, vehicle and crane of the floor.</summary>
    public static IEnumerable<DeviceManifest> Of(WarehousePlan plan)
    {
        var floor = FloorPlan.Of(plan);
        return
        [
            .. floor.Aisles.Select(aisle => DeviceManifest.Of(FloorPlan.Device(aisle), DeviceKind.Crane)),
            .. floor.Vehicles.Select(vehicle => DeviceManifest.Of(FloorPlan.Device(vehicle), DeviceKind.Vehicle)),
            .. floor.Stations.SelectMany(station => Enumerable.Range(1, plan.SlotsPerStation)
                .Select(slot => DeviceManifest.Of(FloorPlan.Tag(station, slot), DeviceKind.PickTag))),
        ];
    }
}
