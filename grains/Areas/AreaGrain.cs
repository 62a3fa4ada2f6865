using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Areas;
using Warehouse.Journal;

namespace Warehouse.Grains.Areas;

/// <summary>The shell of a watched area.</summary>
[Reentrant]
public sealed class AreaGrain(StreamPorts ports) : StreamGrain<AreaState>("area", ports), IAreaGrain;
