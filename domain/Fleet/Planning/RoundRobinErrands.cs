namespace Warehouse.Domain.Fleet.Planning;

/// <summary>
/// Single errands dealt out in turn, as in the League of Robot Runners 2023: vehicle v of n gets errands v, v + n, v + 2n,
/// each known only when the one before is done; after the last one the list begins anew.
/// </summary>
/// <param name="cells">The errands' cells, as the graph numbers them.</param>
/// <param name="vehicles">How many vehicles there are.</param>
public sealed class RoundRobinErrands(int[] cells, int vehicles) : IErrands
{
    private readonly long[] turn = new long[vehicles];

    /// <inheritdoc/>
    public int Finished { get; private set; }

    /// <inheritdoc/>
    public void Assign(FleetView fleet, int step)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        for (var vehicle = 0; vehicle < vehicles; vehicle++)
        {
            fleet.Goals[vehicle] = cells[(int)((vehicle + turn[vehicle] * vehicles) % cells.Length)];
        }
    }

    /// <inheritdoc/>
    public void Arrived(FleetView fleet, int step)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        for (var vehicle = 0; vehicle < vehicles; vehicle++)
        {
            if (MoveGraph.CellOf(fleet.States[vehicle]) == fleet.Goals[vehicle])
            {
                turn[vehicle]++;
                Finished++;
            }
        }
    }
}
