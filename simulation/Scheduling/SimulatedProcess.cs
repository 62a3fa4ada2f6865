namespace Warehouse.Simulation.Scheduling;

/// <summary>
/// Lanes that live and die together, as one operating system process does. A kill runs nothing: no turn that was
/// queued, no timer, no finally. Objects of the process that others still hold find every post ignored.
/// </summary>
public sealed class SimulatedProcess
{
    private readonly DeterministicScheduler scheduler;
    private readonly List<Lane> lanes = [];

    internal SimulatedProcess(DeterministicScheduler scheduler, string name)
    {
        this.scheduler = scheduler;
        Name = name;
    }

    /// <summary>Its name, for people.</summary>
    public string Name { get; }

    /// <summary>True until it was killed.</summary>
    public bool Alive { get; private set; } = true;

    /// <summary>A further lane of this process.</summary>
    public Lane Lane(string name)
    {
        var lane = scheduler.NewLane($"{Name}/{name}", this);
        lanes.Add(lane);
        return lane;
    }

    /// <summary>The power is gone.</summary>
    public void Kill()
    {
        Alive = false;
        foreach (var lane in lanes)
        {
            scheduler.Forget(lane);
        }

        lanes.Clear();
    }
}
