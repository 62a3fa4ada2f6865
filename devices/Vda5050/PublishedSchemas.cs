using System.Text.Json;

namespace Warehouse.Devices.Vda5050;

/// <summary>The JSON schemas as VDA and VDMA publish them, kept unchanged within this assembly with their licence (MIT).</summary>
public static class PublishedSchemas
{
    /// <summary>A schema, by the version under which it is kept and the name of its topic.</summary>
    public static JsonElement Read(string version, string topic)
    {
        var name = $"Vda5050.Schemas.{version}.{topic}.schema";
        using var stream = typeof(PublishedSchemas).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"no schema {name}", nameof(topic));
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
