namespace Warehouse.Domain.Fleet.Planning;

/// <summary>Where vehicles are sent: the border between driving and what is driven for.</summary>
public interface IErrands
{
    /// <summary>Goals reached that end a task.</summary>
    int Finished { get; }

    /// <summary>Sets goals and next goals before a step is planned.</summary>
    void Assign(FleetView fleet, int step);

    /// <summary>Is told after a step where everybody is.</summary>
    void Arrived(FleetView fleet, int step);
}
