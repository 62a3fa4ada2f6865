using Warehouse.Domain.Products;

namespace Warehouse.Contracts;

/// <summary>A product. Key: its SKU, <c>85123A</c>.</summary>
[Alias("product")]
public interface IProductGrain : IStreamGrain<ProductState>;
