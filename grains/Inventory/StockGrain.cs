using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Inventory;
using Warehouse.Journal;

namespace Warehouse.Grains.Inventory;

/// <summary>The shell of a SKU in a warehouse.</summary>
[Reentrant]
public sealed class StockGrain(StreamPorts ports) : StreamGrain<StockState>("stock", ports), IStockGrain;
