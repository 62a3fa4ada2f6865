using Warehouse.Dashboard.Board;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;

namespace Warehouse.Silo.Devices;

/// <summary>Brings what is seen and not journaled to the board.</summary>
public sealed class BoardTelemetry(FloorBoard board) : ITelemetrySink
{
    /// <inheritdoc/>
    public void Vehicle(VehicleSeen seen) => board.Vehicle(seen);

    /// <inheritdoc/>
    public void Crane(CraneSeen seen) => board.Crane(seen);
}
