namespace Warehouse.Simulation.Plant;

/// <summary>Travel times in whole milliseconds, rounded up; closed forms, so tests can state them.</summary>
public static class Kinematics
{
    /// <summary>
    /// From rest to rest over a distance: distance / v + v / a when there is room to reach v, otherwise
    /// 2 * sqrt(distance / a).
    /// </summary>
    public static int AxisMilliseconds(int distanceMillimetres, int speed, int acceleration)
    {
        long distance = Math.Abs(distanceMillimetres);
        return checked((int)(distance * acceleration >= (long)speed * speed
            ? CeilingOf(distance * 1000, speed) + CeilingOf(speed * 1000L, acceleration)
            : RootCeiling(CeilingOf(4_000_000 * distance, acceleration))));
    }

    /// <summary>Both axes of a crane move at once; the slower one counts.</summary>
    public static int CraneMilliseconds(CraneSpeeds speeds, int along, int up) => Math.Max(
        AxisMilliseconds(along, speeds.TravelMillimetresPerSecond, speeds.TravelMillimetresPerSecondSquared),
        AxisMilliseconds(up, speeds.HoistMillimetresPerSecond, speeds.HoistMillimetresPerSecondSquared));

    /// <summary>At constant speed.</summary>
    public static int DriveMilliseconds(int distanceMillimetres, int speed) =>
        checked((int)CeilingOf(Math.Abs(distanceMillimetres) * 1000L, speed));

    private static long CeilingOf(long dividend, long divisor) => (dividend + divisor - 1) / divisor;

    /// <summary>The smallest whole number whose square is not less.</summary>
    private static long RootCeiling(long square)
    {
        if (square == 0)
        {
            return 0;
        }

        long low = 1, high = 3_037_000_499;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = middle * middle >= square ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
