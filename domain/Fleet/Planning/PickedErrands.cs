using System.Collections.Immutable;

namespace Warehouse.Domain.Fleet.Planning;

/// <summary>
/// Pick-ups and drops of which a fixed number is known at a time, as in the League of Robot Runners 2024: the system picks
/// who does which, and another one is revealed for each that is finished. After the last one the list begins anew.
/// </summary>
public sealed class PickedErrands : IErrands
{
    private readonly MissionAssigner assigner;
    private readonly ImmutableArray<(int Pickup, int Drop)> tasks;
    private readonly int[] opened;
    private readonly List<int> ended = [];
    private int revealed;

    /// <summary>Tasks of which some are known at a time.</summary>
    public PickedErrands(MissionAssigner assigner, ImmutableArray<(int Pickup, int Drop)> tasks, int known)
    {
        ArgumentNullException.ThrowIfNull(assigner);
        (this.assigner, this.tasks, opened) = (assigner, tasks, new int[known]);
        ended.AddRange(Enumerable.Range(0, known));
    }

    /// <inheritdoc/>
    public int Finished { get; private set; }

    /// <summary>The longest that a finished task took from when it was revealed, in steps.</summary>
    public int LongestTask { get; private set; }

    /// <inheritdoc/>
    public void Assign(FleetView fleet, int step)
    {
        foreach (var mission in ended)
        {
            var (pickup, drop) = tasks[revealed++ % tasks.Length];
            opened[mission] = step;
            assigner.Open(mission, pickup, drop, step);
        }

        ended.Clear();
        assigner.Assign(fleet, step);
    }

    /// <inheritdoc/>
    public void Arrived(FleetView fleet, int step)
    {
        assigner.Arrived(fleet, ended);
        Finished += ended.Count;
        foreach (var mission in ended)
        {
            LongestTask = Math.Max(LongestTask, step - opened[mission]);
        }
    }
}
