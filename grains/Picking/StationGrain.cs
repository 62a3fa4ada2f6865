using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Picking;
using Warehouse.Journal;

namespace Warehouse.Grains.Picking;

/// <summary>The shell of a pick station.</summary>
[Reentrant]
public sealed class StationGrain(StreamPorts ports) : StreamGrain<StationState>("station", ports), IStationGrain;
