using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Fleet;

/// <summary>Writes a <see cref="RoutePoint"/> as <c>node@x,y</c>: routes are most of what a journal of missions holds.</summary>
public sealed class RoutePointJson : JsonConverter<RoutePoint>
{
    /// <inheritdoc/>
    public override RoutePoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return at > 0 && comma > at
            && int.TryParse(text.AsSpan(at + 1, comma - at - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var x)
            && int.TryParse(text.AsSpan(comma + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var y)
                ? new(NodeId.Parse(text[..at]), x, y)
                : throw new JsonException($"'{text}' is not node@x,y");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RoutePoint value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(
            CultureInfo.InvariantCulture, $"{value.Node}@{value.XMillimetres},{value.YMillimetres}"));
}
