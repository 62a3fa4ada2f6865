using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Journal;

namespace Warehouse.Grains.Warehouses;

/// <summary>The shell of a warehouse.</summary>
[Reentrant]
public sealed class WarehouseGrain(StreamPorts ports) : StreamGrain<object>("warehouse", ports), IWarehouseGrain;
