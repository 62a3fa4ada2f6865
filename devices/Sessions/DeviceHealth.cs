using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>How a device's session is, as its host sees it now.</summary>
/// <param name="Device">The device.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Held">True while this host has the lease.</param>
/// <param name="Mode">How far it may be commanded; null while not held.</param>
/// <param name="Unsent">Commands in the outbox: the session's back-pressure towards its owner.</param>
/// <param name="Unreported">Facts that wait for the desk.</param>
/// <param name="Capacity">How many facts may wait; beyond that the machine has to repeat itself.</param>
/// <param name="TurnedAway">Facts turned away because too many waited.</param>
/// <param name="NotUnderstood">Messages that were not understood.</param>
/// <param name="LastFault">The last of them; empty when there was none.</param>
public sealed record DeviceHealth(
    DeviceId Device, DeviceKind Kind, bool Held, DeviceMode? Mode, int Unsent, int Unreported, int Capacity,
    long TurnedAway, long NotUnderstood, string LastFault);
