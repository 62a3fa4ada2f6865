using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Cranes;
using Warehouse.Journal;

namespace Warehouse.Grains.Cranes;

/// <summary>The shell of a crane.</summary>
[Reentrant]
public sealed class CraneGrain(StreamPorts ports) : StreamGrain<CraneState>("crane", ports), ICraneGrain;
