using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>How sessions reach the Device streams: the grain on Orleans, the router in simulation.</summary>
public interface IDeviceDesk
{
    /// <summary>
    /// Sends a command and gives its answer. It may throw (a time-out, no silo): that says nothing about the outcome,
    /// and the session sends the same id and body again. The id is at most 200 characters; the same id is the same command.
    /// </summary>
    Task<Answer> Execute(DeviceId device, string commandId, DeviceCommand command);

    /// <summary>
    /// Has <paramref name="wake"/> called, from any thread, when something new waits for the device's session; it
    /// returns at once and never throws. Waking is a courtesy: a lost one costs half a lease. Whoever implements this by
    /// an observer that can be forgotten registers it again with each TakeLease that it passes on.
    /// </summary>
    IDisposable Watch(DeviceId device, Action wake);
}
