namespace Warehouse.Domain.Layout;

/// <summary>
/// How fast people and machines are, for planning; the virtual plant's defaults are the same. Figures are those of
/// makers' catalogues for a light mini-load crane (6 m/s, 4 m/s², hoist 3 m/s, a fork cycle of 2.4 s) and a tote vehicle
/// (1.5 m/s, 6 s to take or set down); docs/explanation/floor-arithmetic.md shows what follows.
/// </summary>
public sealed record FloorSpeeds
{
    /// <summary>A picker: from the light to the press, milliseconds a line.</summary>
    public int LineMilliseconds { get; init; } = 6000;

    /// <summary>A picker: closing a slot and putting an empty tote there, milliseconds an order.</summary>
    public int CloseMilliseconds { get; init; } = 12_000;

    /// <summary>A vehicle on the loop, millimetres a second.</summary>
    public int DriveMillimetresPerSecond { get; init; } = 1500;

    /// <summary>A vehicle taking a tote or setting it down, milliseconds.</summary>
    public int HandoverMilliseconds { get; init; } = 6000;

    /// <summary>A vehicle turning into a stop and being known to stand there, milliseconds.</summary>
    public int StopMilliseconds { get; init; } = 3000;

    /// <summary>A crane along its aisle: millimetres a second.</summary>
    public int CraneMillimetresPerSecond { get; init; } = 6000;

    /// <summary>A crane along its aisle: millimetres a second, each second.</summary>
    public int CraneAcceleration { get; init; } = 4000;

    /// <summary>A crane's hoist: millimetres a second.</summary>
    public int HoistMillimetresPerSecond { get; init; } = 3000;

    /// <summary>A crane's hoist: millimetres a second, each second.</summary>
    public int HoistAcceleration { get; init; } = 4000;

    /// <summary>A crane's forks out and in once, milliseconds; a double cycle has four of them.</summary>
    public int ForkMilliseconds { get; init; } = 2400;
}
