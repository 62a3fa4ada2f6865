using Warehouse.Domain.Areas;

namespace Warehouse.Contracts;

/// <summary>A watched area. Key: warehouse/area, <c>MAIN/gate-1</c>.</summary>
[Alias("area")]
public interface IAreaGrain : IStreamGrain<AreaState>;
