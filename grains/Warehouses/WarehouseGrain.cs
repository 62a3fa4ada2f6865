using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Warehouses;
using Warehouse.Journal;

namespace Warehouse.Grains.Warehouses;

/// <summary>The shell of a warehouse.</summary>
[Reentrant]
public sealed class WarehouseGrain(StreamPorts ports) : StreamGrain<WarehouseState>("warehouse", ports), IWarehouseGrain;
