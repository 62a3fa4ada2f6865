using Warehouse.Domain.Fleet;

namespace Warehouse.Contracts;

/// <summary>A vehicle. Key: warehouse/vehicle, <c>MAIN/V07</c>.</summary>
[Alias("agv")]
public interface IAgvGrain : IStreamGrain<AgvState>;
