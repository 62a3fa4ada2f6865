using CsCheck;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Tests.Layout;

/// <summary>Plans to test with: a small one by hand, and any sound one.</summary>
public static class FloorPlans
{
    /// <summary>Two aisles, two stations, three vehicles.</summary>
    public static WarehousePlan Small { get; } = new(
        new WarehouseId("MAIN"), "Small", 52_040_000, -760_000, Aisles: 2, Columns: 10, Levels: 4, Stations: 2,
        SlotsPerStation: 3, DocksPerStation: 3, Vehicles: 3, OutPlacesPerAisle: 2, InPlacesPerAisle: 2);

    /// <summary>Any plan of a size that tests in no time.</summary>
    public static Gen<WarehousePlan> Any { get; } =
        from rack in Gen.Select(Gen.Int[1, 12], Gen.Int[1, 60], Gen.Int[1, 15])
        from stations in Gen.Select(Gen.Int[1, 9], Gen.Int[1, 24], Gen.Int[1, 24])
        from traffic in Gen.Select(Gen.Int[1, 99], Gen.Int[1, 5], Gen.Int[1, 5])
        select Small with
        {
            Aisles = rack.Item1,
            Columns = rack.Item2,
            Levels = rack.Item3,
            Stations = stations.Item1,
            SlotsPerStation = stations.Item2,
            DocksPerStation = stations.Item3,
            Vehicles = traffic.Item1,
            OutPlacesPerAisle = traffic.Item2,
            InPlacesPerAisle = traffic.Item3,
        };
}
