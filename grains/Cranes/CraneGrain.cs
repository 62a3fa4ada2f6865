using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Journal;

namespace Warehouse.Grains.Cranes;

/// <summary>The shell of a crane.</summary>
[Reentrant]
public sealed class CraneGrain(StreamPorts ports) : StreamGrain<object>("crane", ports), ICraneGrain;
