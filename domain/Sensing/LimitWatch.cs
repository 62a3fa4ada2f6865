namespace Warehouse.Domain.Sensing;

/// <summary>Where a value is.</summary>
public enum LimitLevel
{
    /// <summary>Within its limits.</summary>
    Within,
    /// <summary>Above the upper one.</summary>
    High,
    /// <summary>Below the lower one.</summary>
    Low,
}

/// <summary>
/// Limits of a measured value, whole numbers in its unit (temperatures in thousandths of a degree). An alarm is raised
/// beyond a limit and cleared only when the value is back by the hysteresis, so a value that trembles at its limit gives
/// one alarm.
/// </summary>
/// <param name="Low">The lower limit; null when there is none.</param>
/// <param name="High">The upper limit; null when there is none.</param>
/// <param name="Hysteresis">How far back within the limit it must be to clear; not negative.</param>
public sealed record Limits(long? Low, long? High, long Hysteresis)
{
    /// <summary>The level after a value, coming from another.</summary>
    public LimitLevel After(LimitLevel former, long value) =>
        High is { } high && (value > high || (former == LimitLevel.High && value > high - Hysteresis)) ? LimitLevel.High
        : Low is { } low && (value < low || (former == LimitLevel.Low && value < low + Hysteresis)) ? LimitLevel.Low
        : LimitLevel.Within;
}
