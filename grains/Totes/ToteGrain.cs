using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Totes;
using Warehouse.Journal;

namespace Warehouse.Grains.Totes;

/// <summary>The shell of a tote.</summary>
[Reentrant]
public sealed class ToteGrain(StreamPorts ports) : StreamGrain<ToteState>("tote", ports), IToteGrain;
