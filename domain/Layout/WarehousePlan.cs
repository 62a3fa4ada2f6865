using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Layout;

/// <summary>
/// The few numbers from which a demo floor is laid out: crane aisles along one side of a one-way vehicle loop, pick
/// stations along the other. A rack has two sides of columns times levels bins an aisle. Places are per aisle or
/// station; the position is in micro-degrees (WGS 84). The SSCC block is the first three digits of its parcels' serial
/// numbers: no two warehouses of a company share one.
/// </summary>
[GenerateSerializer, Immutable, Alias("layout.warehouse-plan")]
public sealed record WarehousePlan(
    [property: Id(0)] WarehouseId Id, [property: Id(1)] string Name, [property: Id(2)] int LatitudeMicrodegrees,
    [property: Id(3)] int LongitudeMicrodegrees, [property: Id(4)] int Aisles, [property: Id(5)] int Columns,
    [property: Id(6)] int Levels, [property: Id(7)] int Stations, [property: Id(8)] int SlotsPerStation,
    [property: Id(9)] int DocksPerStation, [property: Id(10)] int Vehicles,
    [property: Id(11)] int OutPlacesPerAisle, [property: Id(12)] int InPlacesPerAisle,
    [property: Id(13)] int SsccBlock = 0);
