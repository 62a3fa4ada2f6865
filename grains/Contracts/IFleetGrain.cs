using Warehouse.Domain.Fleet;

namespace Warehouse.Contracts;

/// <summary>The traffic of a floor. Key: warehouse/floor, <c>MAIN/hall</c>.</summary>
[Alias("fleet")]
public interface IFleetGrain : IStreamGrain<FleetState>;
