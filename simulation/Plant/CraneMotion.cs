using Warehouse.Domain.Cranes;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Plant;

/// <summary>What a watcher beside the aisle sees of a crane when its step changes.</summary>
/// <param name="Crane">Which one.</param>
/// <param name="At">When, in Unix milliseconds of the floor's clock.</param>
/// <param name="Step">What it does from now on.</param>
/// <param name="Job">For which job.</param>
/// <param name="AlongMillimetres">Where it stands, or stood when it set off.</param>
/// <param name="UpMillimetres">How high.</param>
/// <param name="Load">What is on its forks.</param>
public sealed record CraneMotion(
    AisleId Crane, long At, CraneStep Step, string Job, int AlongMillimetres, int UpMillimetres, Lpn? Load);
