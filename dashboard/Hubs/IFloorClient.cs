using Warehouse.Dashboard.Board;

namespace Warehouse.Dashboard.Hubs;

/// <summary>What a viewer of the floor is sent, at most ten times a second.</summary>
public interface IFloorClient
{
    /// <summary>Everything: at the beginning, and whenever the viewer fell behind.</summary>
    Task Snapshot(FloorSnapshot snapshot);

    /// <summary>What changed since the number that was sent last.</summary>
    Task Delta(FloorDelta delta);
}
