using System.Text.Json;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Manifests;

namespace Warehouse.Devices.Tests.Manifests;

public sealed class ManifestSchemaTests
{
    [Fact]
    public void The_published_schema_is_that_of_the_adapters_that_ship()
    {
        var schema = ManifestJson.SchemaTextOf(AdapterCatalogue.Shipped);
        var path = Path.Combine(Root(), "docs", "reference", "device-manifest.schema.json");
        if (Environment.GetEnvironmentVariable("WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(path, schema);
        }

        Assert.Equal(schema, File.ReadAllText(path));
    }

    [Fact]
    public void Each_kind_has_its_settings_with_defaults_in_the_schema()
    {
        using var schema = JsonDocument.Parse(ManifestJson.SchemaTextOf(AdapterCatalogue.Shipped));
        foreach (var kind in schema.RootElement.GetProperty("oneOf").EnumerateArray())
        {
            var adapter = AdapterCatalogue.Shipped.Find(new(kind.GetProperty("properties").GetProperty("kind").GetProperty("const").GetString()!))!;
            var settings = kind.GetProperty("properties").GetProperty("settings").GetProperty("properties");
            Assert.Equal(adapter.Settings.Select(setting => setting.Key), settings.EnumerateObject().Select(one => one.Name));
            Assert.All(settings.EnumerateObject(), one => Assert.False(string.IsNullOrEmpty(one.Value.GetProperty("description").GetString())));
        }
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "WarehouseOrleans.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
