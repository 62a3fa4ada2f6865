using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Fleet;
using Warehouse.Journal;

namespace Warehouse.Grains.Fleet;

/// <summary>The shell of a floor's traffic.</summary>
[Reentrant]
public sealed class FleetGrain(StreamPorts ports) : StreamGrain<FleetState>("fleet", ports), IFleetGrain;
