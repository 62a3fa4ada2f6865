using System.Text.Json;
using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Devices;

/// <summary>
/// What a device is, and so which adapter speaks with it. The list is open: an adapter brings its kind along, and
/// nothing here or in a switch has to know it. The three that a floor plan lays out by itself are named here.
/// </summary>
/// <param name="Text">One part that begins with a small letter, as in manifests: <c>pickTag</c>.</param>
[GenerateSerializer, Immutable, Alias("device-kind"), JsonConverter(typeof(DeviceKindJson))]
public readonly record struct DeviceKind([property: Id(0)] string Text)
{
    /// <summary>A pick-to-light tag with a button.</summary>
    public static DeviceKind PickTag { get; } = new("pickTag");

    /// <summary>A vehicle that speaks VDA 5050.</summary>
    public static DeviceKind Vehicle { get; } = new("vehicle");

    /// <summary>A stacker crane that speaks OPC UA.</summary>
    public static DeviceKind Crane { get; } = new("crane");

    /// <summary>The kind of a text; throws <see cref="FormatException"/> naming the text when it is none.</summary>
    public static DeviceKind Parse(string text) => IsKind(text)
        ? new(text)
        : throw new FormatException($"'{text}' is no kind of device: a small letter, then A-Z a-z 0-9 . _ -");

    /// <summary>True when <paramref name="text"/> can name a kind.</summary>
    public static bool IsKind(string? text) => GrainKey.IsPart(text) && char.IsAsciiLetterLower(text![0]);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>
/// Writes a kind with a capital, <c>PickTag</c>: journals and the hashes of commands stay byte for byte what they were
/// when kinds were an enum.
/// </summary>
public sealed class DeviceKindJson : JsonConverter<DeviceKind>
{
    /// <inheritdoc/>
    public override DeviceKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text
            ? DeviceKind.Parse(char.ToLowerInvariant(text[0]) + text[1..])
            : throw new JsonException("a kind of device is a text");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DeviceKind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Concat(char.ToUpperInvariant(value.Text[0]).ToString(), value.Text.AsSpan(1)));
}
