using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Devices;

/// <summary>A device: warehouse and name, <c>MAIN/ptl-S1-03</c>, <c>MAIN/agv-V07</c>, <c>MAIN/crane-A01</c>.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("device-id"), JsonConverter(typeof(TextIdJson<DeviceId>))]
public readonly record struct DeviceId([property: Id(0)] string Text) : ITextId<DeviceId>, IComparable<DeviceId>
{
    /// <inheritdoc/>
    public static DeviceId Parse(string text) => new(GrainKey.Checked(text));

    /// <summary>The stream of this one.</summary>
    public StreamId Stream => new("device:" + Text);

    /// <inheritdoc/>
    public int CompareTo(DeviceId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
