using Warehouse.Domain.Fleet;

namespace Warehouse.Domain.Layout;

/// <summary>Straight distances in whole millimetres, rounded down: a length is never taken for more than it is.</summary>
public static class LayoutLength
{
    /// <summary>From one point to another.</summary>
    public static int Between(RoutePoint one, RoutePoint other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (x, y) = ((long)other.XMillimetres - one.XMillimetres, (long)other.YMillimetres - one.YMillimetres);
        return (int)Root(x * x + y * y);
    }

    /// <summary>The largest whole number whose square is not more.</summary>
    private static long Root(long square)
    {
        long low = 0, high = 1L << 31;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = middle * middle <= square ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
