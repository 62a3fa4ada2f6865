using Warehouse.Devices.Mapping;

namespace Warehouse.Devices.Sensors.Sparkplug;

/// <summary>Values of metrics as whole numbers in a unit of ours.</summary>
public static class SparkplugValue
{
    /// <summary>A metric's value times <paramref name="scale"/>; null when it is no number, or none now.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="datatype">Its type by its birth: Int8 1, Int16 2, Int32 3, Int64 4, UInt8 5 to UInt64 8, Float 9, Double 10, Boolean 11, DateTime 13.</param>
    /// <param name="scale">What makes it our unit.</param>
    public static long? Of(SparkplugMetric metric, uint datatype, int scale) => metric.IsNull ? null : (metric.Field, datatype) switch
    {
        (10 or 11, 1) => WireValues.Scaled((decimal)unchecked((sbyte)metric.Value), scale),
        (10 or 11, 2) => WireValues.Scaled((decimal)unchecked((short)metric.Value), scale),
        (10 or 11, 3) => WireValues.Scaled((decimal)unchecked((int)metric.Value), scale),
        (10 or 11, 4) => WireValues.Scaled((decimal)unchecked((long)metric.Value), scale),
        (10 or 11, >= 5 and <= 8 or 13) => WireValues.Scaled((decimal)metric.Value, scale),
        (12, _) => Scaled(BitConverter.UInt32BitsToSingle(unchecked((uint)metric.Value)), scale),
        (13, _) => Scaled(BitConverter.UInt64BitsToDouble(metric.Value), scale),
        (14, _) => metric.Value == 0 ? 0 : scale,
        _ => null,
    };

    // The machine's number becomes a decimal at the door; nothing behind it computes with floating point.
    private static long? Scaled(double number, int scale) =>
        double.IsFinite(number) && Math.Abs(number) <= WireValues.MaxValue ? WireValues.Scaled((decimal)number, scale) : null;
}
