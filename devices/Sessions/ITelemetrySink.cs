using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>Takes what is seen and not journaled. Called from link threads, often: it keeps the newest and returns at once.</summary>
public interface ITelemetrySink
{
    /// <summary>A vehicle was seen.</summary>
    void Vehicle(VehicleSeen seen);

    /// <summary>A crane was seen.</summary>
    void Crane(CraneSeen seen);

    /// <summary>Something raw was seen: a tag read, a measured value. Kept for looking back, if anybody wants to.</summary>
    void Raw(RawSeen seen)
    {
    }
}
