using System.Text;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.Vda5050;

namespace Warehouse.Devices.Tests.Manifests;

public sealed class ManifestTests
{
    [Fact]
    public void What_is_not_given_has_its_default()
    {
        var manifest = Parse("""{"id": "MAIN-2/agv-V07", "kind": "vehicle"}""");
        Assert.Equal(("MAIN-2", "V07"), (manifest.Warehouse, manifest.Name));
        Assert.Equal(TimeSpan.FromSeconds(20), manifest.Seconds(DeviceSettings.ResendSeconds));
        Assert.Equal(("virtual", "MAIN-2-V07"), (manifest.Text(VehicleSettings.Manufacturer), manifest.Text(VehicleSettings.SerialNumber)));
        Assert.Empty(manifest.Capabilities);
    }

    [Fact]
    public void What_is_given_counts()
    {
        var manifest = Parse("""
            {"id": "MAIN/ptl-S1-03", "kind": "pickTag", "capabilities": ["light"], // a comment
             "settings": {"resendSeconds": 5, "lightSeconds": "90", "tag": "left"}}
            """);
        Assert.Equal(5, manifest.Number(DeviceSettings.ResendSeconds));
        Assert.Equal(90, manifest.Number(PickTagAdapter.LightSeconds));
        Assert.Equal("left", manifest.Text(PickTagAdapter.Tag));
        Assert.Equal(["light"], manifest.Capabilities.AsEnumerable());
    }

    [Theory]
    [InlineData("{", "(file)", "JSON is asked for")]
    [InlineData("[]", "(file)", "an object is asked for")]
    [InlineData("""{"kind": "crane"}""", "id", "it is missing")]
    [InlineData("""{"id": "MAIN/crane-A01"}""", "kind", "it is missing")]
    [InlineData("""{"id": "MAIN/crane-A01", "kind": "robot"}""", "kind", "one of pickTag, vehicle")]
    [InlineData("""{"id": "MAIN/agv-V07", "kind": "crane"}""", "id", "'crane-'")]
    [InlineData("""{"id": "MAIN/crane-", "kind": "crane"}""", "id", "'crane-'")]
    [InlineData("""{"id": "MAIN/crane-A 1", "kind": "crane"}""", "id", "'crane-'")]
    [InlineData("""{"id": 7, "kind": "crane"}""", "id", "a text is asked for")]
    [InlineData("""{"id": "MAIN/crane-A01", "kind": "crane", "setings": {}}""", "setings", "only id, kind, capabilities and settings")]
    [InlineData("""{"id": "MAIN/crane-A01", "kind": "crane", "capabilities": ["light"]}""", "capabilities[0]", "one of store, retrieve")]
    [InlineData("""{"id": "MAIN/crane-A01", "kind": "crane", "settings": {"tag": "x"}}""", "settings.tag", "no such setting of this kind")]
    [InlineData("""{"id": "MAIN/crane-A01", "kind": "crane", "settings": {"resendSeconds": 0}}""", "settings.resendSeconds", "from 1 to 600")]
    [InlineData("""{"id": "MAIN/crane-A01", "kind": "crane", "settings": {"resendSeconds": 1.5}}""", "settings.resendSeconds", "from 1 to 600")]
    [InlineData("""{"id": "MAIN/agv-V07", "kind": "vehicle", "settings": {"manufacturer": "a/b"}}""", "settings.manufacturer", "one part")]
    [InlineData("""{"id": "MAIN/agv-V07", "kind": "vehicle", "settings": {"manufacturer": "+"}}""", "settings.manufacturer", "one part")]
    public void A_wrong_manifest_names_file_key_and_rule(string json, string key, string rule)
    {
        var wrong = Assert.Throws<ManifestException>(() => Parse(json));
        Assert.Equal(("v07.json", key), (wrong.File, wrong.Key));
        Assert.Contains(rule, wrong.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_stands_in_one_file_only()
    {
        var json = Encoding.UTF8.GetBytes("""{"id": "MAIN/agv-V07", "kind": "vehicle"}""");
        var wrong = Assert.Throws<ManifestException>(() => new ManifestFile(AdapterCatalogue.Shipped).ParseAll([("a.json", json), ("b.json", json)]));
        Assert.Equal("b.json: id: each device once, and MAIN/agv-V07 is in a.json too", wrong.Message);
    }

    [Fact]
    public void A_folder_is_read_in_the_order_of_ids()
    {
        var folder = Directory.CreateTempSubdirectory("manifests");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "1.json"), """{"id": "MAIN/crane-A01", "kind": "crane"}""");
            File.WriteAllText(Path.Combine(folder.FullName, "2.json"), """{"id": "MAIN/agv-V07", "kind": "vehicle"}""");
            File.WriteAllText(Path.Combine(folder.FullName, "readme.txt"), "no manifest");
            Assert.Equal(["MAIN/agv-V07", "MAIN/crane-A01"], ManifestFolder.Load(folder.FullName, AdapterCatalogue.Shipped).Select(manifest => manifest.Id.Text));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DeviceManifest Parse(string json) => new ManifestFile(AdapterCatalogue.Shipped).Parse("v07.json", Encoding.UTF8.GetBytes(json));
}
