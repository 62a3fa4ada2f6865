using System.Globalization;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Picking;

namespace Warehouse.Simulation.Opening;

/// <summary>The names of a plan's machines, as plan, journal and topics use them.</summary>
public sealed class MachineNames(WarehousePlan plan)
{
    /// <summary>MAIN/A01 and on.</summary>
    public IEnumerable<AisleId> Aisles => Numbers(plan.Aisles).Select(n => AisleId.Parse(string.Create(CultureInfo.InvariantCulture, $"{plan.Id}/A{n:00}")));

    /// <summary>MAIN/S1 and on.</summary>
    public IEnumerable<StationId> Stations => Numbers(plan.Stations).Select(n => StationId.Parse(string.Create(CultureInfo.InvariantCulture, $"{plan.Id}/S{n}")));

    /// <summary>MAIN/V01 and on.</summary>
    public IEnumerable<VehicleId> Vehicles => Numbers(plan.Vehicles).Select(n => VehicleId.Parse(string.Create(CultureInfo.InvariantCulture, $"{plan.Id}/V{n:00}")));

    /// <summary>The tags of a station, by slot from 1.</summary>
    public IEnumerable<DeviceId> Tags(StationId station) => Numbers(plan.SlotsPerStation)
        .Select(n => DeviceId.Parse(string.Create(CultureInfo.InvariantCulture, $"{plan.Id}/ptl-{Last(station.Text)}-{n:00}")));

    /// <summary>MAIN/crane-A01.</summary>
    public static DeviceId Device(AisleId aisle) => DeviceId.Parse($"{First(aisle.Text)}/crane-{Last(aisle.Text)}");

    /// <summary>MAIN/agv-V07.</summary>
    public static DeviceId Device(VehicleId vehicle) => DeviceId.Parse($"{First(vehicle.Text)}/agv-{Last(vehicle.Text)}");

    /// <summary>MAIN/home/V07.</summary>
    public static PlaceId Home(VehicleId vehicle) => PlaceId.Parse($"{First(vehicle.Text)}/home/{Last(vehicle.Text)}");

    /// <summary>What stands after the last '/'.</summary>
    public static string Last(string text) => text[(text.LastIndexOf('/') + 1)..];

    private static string First(string text) => text[..text.IndexOf('/', StringComparison.Ordinal)];

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(1, count);
}
