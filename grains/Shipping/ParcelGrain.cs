using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Shipping;
using Warehouse.Journal;

namespace Warehouse.Grains.Shipping;

/// <summary>The shell of a parcel.</summary>
[Reentrant]
public sealed class ParcelGrain(StreamPorts ports) : StreamGrain<ParcelState>("parcel", ports), IParcelGrain;
