namespace Warehouse.Domain.Cranes.Sequencing;

/// <summary>A point of a rack as the sequencer sees it. The unit is the caller's (millimetres, or travel time); both axes have the same.</summary>
/// <param name="Along">Along the aisle from its front.</param>
/// <param name="Up">Up from the floor.</param>
public readonly record struct RackPoint(int Along, int Up);

/// <summary>How long a crane needs from one point to another, in the caller's unit of time; from rest to rest.</summary>
public delegate long TravelTime(RackPoint from, RackPoint to);

/// <summary>Travel times that need no crane's data.</summary>
public static class Travel
{
    /// <summary>
    /// Both axes at once at constant speed, the slower one counts (Chebyshev): for points whose coordinates are travel
    /// times, as in the normalised rack of Bozer and White, IIE Transactions 16(4), 1984.
    /// </summary>
    public static long Chebyshev(RackPoint from, RackPoint to) =>
        Math.Max(Math.Abs((long)from.Along - to.Along), Math.Abs((long)from.Up - to.Up));
}
