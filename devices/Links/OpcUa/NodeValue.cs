using System.Collections.Immutable;
using System.Globalization;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>
/// The value of a variable. The path is as in <see cref="IOpcUaLink"/>; the value is a plain CLR one: bool, an integer of
/// any width, float, double, string, DateTime (UTC), Guid, byte[], <see cref="OpcUaStructure"/>, an array of these, or null.
/// </summary>
/// <param name="Path">Which variable.</param>
/// <param name="Value">Its value; null when the status is bad.</param>
/// <param name="Status">How good it is.</param>
/// <param name="SourceTimestamp">When the machine took it, in UTC; the default when it did not say.</param>
public sealed record NodeValue(string Path, object? Value, OpcUaStatus Status = OpcUaStatus.Good, DateTime SourceTimestamp = default)
{
    /// <summary>The value as a whole number, fractions cut; 0 when it is none or does not fit.</summary>
    public long Number => Value switch
    {
        bool truth => truth ? 1 : 0,
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(Value, CultureInfo.InvariantCulture),
        ulong large => large <= long.MaxValue ? (long)large : 0,
        float or double => Whole(Convert.ToDouble(Value, CultureInfo.InvariantCulture)),
        _ => 0,
    };

    /// <summary>The value as text; empty when it is null or no plain value.</summary>
    public string Text => Value switch
    {
        string text => text,
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => string.Empty,
    };

    private static long Whole(double value) => Math.Abs(value) < 9e18 ? (long)value : 0;
}

/// <summary>A field of a structure or of an event.</summary>
public sealed record OpcUaField(string Name, object? Value);

/// <summary>A structure (OPC UA Part 3, 5.8.2) by its definition at the machine: optional fields that are not set are left out.</summary>
/// <param name="Type">Browse name of its data type.</param>
/// <param name="Fields">Its fields.</param>
public sealed record OpcUaStructure(string Type, ImmutableArray<OpcUaField> Fields)
{
    /// <summary>The value of a field; null when it is not set.</summary>
    public object? this[string name]
    {
        get
        {
            foreach (var field in Fields)
            {
                if (field.Name == name)
                {
                    return field.Value;
                }
            }

            return null;
        }
    }
}

/// <summary>A variable to be told of.</summary>
/// <param name="Path">Which one.</param>
/// <param name="SamplingMilliseconds">How often the machine looks at it.</param>
/// <param name="QueueSize">How many changes the machine keeps between two tellings; more than one for words whose every change counts.</param>
/// <param name="AbsoluteDeadband">Changes of a number up to this are not told; in the variable's own unit.</param>
public sealed record WatchedNode(string Path, int SamplingMilliseconds = 100, int QueueSize = 1, int AbsoluteDeadband = 0);

/// <summary>What a method returned.</summary>
/// <param name="Status">Whether it was run.</param>
/// <param name="Outputs">Its output arguments; empty when it was not.</param>
public sealed record CallOutput(OpcUaStatus Status, ImmutableArray<object?> Outputs)
{
    /// <summary>A call that the machine did not run.</summary>
    public static CallOutput Refused(OpcUaStatus status) => new(status, []);
}
