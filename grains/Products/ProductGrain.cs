using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Products;
using Warehouse.Journal;

namespace Warehouse.Grains.Products;

/// <summary>The shell of a product.</summary>
[Reentrant]
public sealed class ProductGrain(StreamPorts ports) : StreamGrain<ProductState>("product", ports), IProductGrain;
