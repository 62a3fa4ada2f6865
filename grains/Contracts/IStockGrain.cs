using Warehouse.Domain.Inventory;

namespace Warehouse.Contracts;

/// <summary>A SKU in a warehouse. Key: warehouse/sku, <c>MAIN/85123A</c>.</summary>
[Alias("stock")]
public interface IStockGrain : IStreamGrain<StockState>;
