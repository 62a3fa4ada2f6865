using Orleans.Concurrency;
using Warehouse.Contracts;
using Warehouse.Domain.Orders;
using Warehouse.Journal;

namespace Warehouse.Grains.Orders;

/// <summary>The shell of an order.</summary>
[Reentrant]
public sealed class OrderGrain(StreamPorts ports) : StreamGrain<OrderState>("order", ports), IOrderGrain;
