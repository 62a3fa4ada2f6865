using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>What a host holds of a device since its last look at the desk.</summary>
/// <param name="Epoch">The lease's epoch.</param>
/// <param name="Mode">How far the device may be commanded.</param>
/// <param name="Until">End of the lease, real clock.</param>
/// <param name="Outbox">What waits to be sent, in order.</param>
internal sealed record Holding(long Epoch, DeviceMode Mode, Moment Until, ImmutableArray<OutboxEntry> Outbox);
