using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;

namespace Interop.Tests.Staging;

/// <summary>Takes no note of what is seen.</summary>
internal sealed class Nowhere : ITelemetrySink
{
    public void Vehicle(VehicleSeen seen)
    {
    }

    public void Crane(CraneSeen seen)
    {
    }
}
