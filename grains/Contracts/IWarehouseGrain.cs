using Warehouse.Domain.Warehouses;

namespace Warehouse.Contracts;

/// <summary>A warehouse and its releases. Key: <c>MAIN</c>.</summary>
[Alias("warehouse")]
public interface IWarehouseGrain : IStreamGrain<WarehouseState>;
