using System.Net;
using System.Text;
using System.Text.Json;

namespace Warehouse.Dashboard.Tests;

/// <summary>Devices over HTTP while the house runs: added, changed, refused by file, key and rule, removed.</summary>
[Collection(OneHouse.Name)]
public sealed class DevicesApiTests(HouseFixture house)
{
    private const string Good = """{"id":"MAIN/sensor-api","kind":"jsonSensor","settings":{"area":"api","topic":"api/1","measures":[{"name":"temperature","from":"t"}]}}""";

    [Fact]
    public async Task A_device_is_added_changed_and_removed_while_the_house_runs()
    {
        using var added = await Put("MAIN/sensor-api", Good);
        using var changed = await Put("MAIN/sensor-api", Good.Replace("api/1", "api/2", StringComparison.Ordinal));
        using var read = JsonDocument.Parse(await house.Http.GetStringAsync("/api/devices/MAIN/sensor-api"));
        using var removed = await house.Http.DeleteAsync("/api/devices/MAIN/sensor-api");
        using var gone = await house.Http.GetAsync("/api/devices/MAIN/sensor-api");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound],
            new[] { added.StatusCode, changed.StatusCode, removed.StatusCode, gone.StatusCode });
        Assert.Equal("api/2", read.RootElement.GetProperty("manifest").GetProperty("settings").GetProperty("topic").GetString());
    }

    [Theory]
    [InlineData("MAIN/sensor-bad", """{"id":"MAIN/sensor-bad","kind":"jsonSensor","settings":{"area":"api","topic":"a/#","measures":[{"name":"t","from":"t"}]}}""", "settings.topic", "")]
    [InlineData("MAIN/sensor-bad", """{"id":"MAIN/sensor-bad","kind":"jsonSensor","settings":{"area":"api","tpic":"a"}}""", "settings.tpic", "no such setting")]
    [InlineData("MAIN/sensor-bad", """{"id":"MAIN/sensor-bad",""", "(file)", "JSON is asked for")]
    [InlineData("MAIN/sensor-bad", """{"id":"MAIN/sensor-other","kind":"jsonSensor","settings":{"area":"api","topic":"a","measures":[{"name":"t","from":"t"}]}}""", "id", "the address says MAIN/sensor-bad")]
    [InlineData("MAIN/agv-V01", """{"id":"MAIN/agv-V01","kind":"rfidReader","settings":{"area":"gate","topic":"a"}}""", "id", "'rfid-'")]
    public async Task A_wrong_manifest_is_refused_naming_file_key_and_rule_and_changes_nothing(string device, string manifest, string key, string rule)
    {
        var before = await house.Http.GetStringAsync("/api/devices");
        using var answer = await Put(device, manifest);

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var error = Assert.Single(problem.RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(
            (device.Replace('/', ',') + ".json", key), (error.GetProperty("file").GetString(), error.GetProperty("field").GetString()));
        Assert.Contains(rule, error.GetProperty("rule").GetString(), StringComparison.Ordinal);
        Assert.Contains($"{device.Replace('/', ',')}.json: {key}: ", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(Ids(before), Ids(await house.Http.GetStringAsync("/api/devices")));
    }

    private static string Ids(string devices)
    {
        using var read = JsonDocument.Parse(devices);
        return string.Join(' ', read.RootElement.GetProperty("devices").EnumerateArray().Select(one => one.GetProperty("manifest").GetRawText()));
    }

    private async Task<HttpResponseMessage> Put(string device, string manifest)
    {
        using var content = new StringContent(manifest, Encoding.UTF8, "application/json");
        return await house.Http.PutAsync($"/api/devices/{device}", content);
    }
}
