using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Fleet;
using Warehouse.Journal;

namespace Warehouse.Grains.Fleet;

/// <summary>The shell of a vehicle.</summary>
[Reentrant]
public sealed class AgvGrain(StreamPorts ports) : StreamGrain<AgvState>("agv", ports), IAgvGrain;
