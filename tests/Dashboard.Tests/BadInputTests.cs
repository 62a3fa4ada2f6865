using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Warehouse.Dashboard.Tests;

/// <summary>Whatever comes in over HTTP gets a clear answer, changes nothing when it is refused, and the house stays up.</summary>
[Collection(OneHouse.Name)]
public sealed class BadInputTests(HouseFixture house)
{
    private const string KnownSku = "20725";

    public static TheoryData<string, HttpStatusCode, string, string> Bodies => new()
    {
        { "{ \"channel\": \"web\", ", HttpStatusCode.BadRequest, "cannot be read", "line 1" },
        { Order("bad-1", sku: "NO-SUCH"), HttpStatusCode.UnprocessableEntity, "lines[0].sku", "no product" },
        { Order("bad-2", quantity: -3), HttpStatusCode.UnprocessableEntity, "lines[0].quantity", "must be 1 to" },
        { Order("bad-3", country: "XX"), HttpStatusCode.UnprocessableEntity, "shipTo.country", "no place" },
        { Order(new string('9', 10_000)), HttpStatusCode.UnprocessableEntity, "externalId", "1 to 200" },
        { Order("bad-4").Replace("web", "we b", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "channel", "A-Z a-z" },
        { Order("bad-5").Replace("\"currency\"", "\"curency\"", StringComparison.Ordinal), HttpStatusCode.BadRequest, "cannot be read", "curency" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_order_is_refused_naming_field_and_rule(string body, HttpStatusCode status, string field, string rule)
    {
        using var answer = await Post("/api/orders", body, "application/json");

        var problem = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(field, problem, StringComparison.Ordinal);
        Assert.Contains(rule, problem, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await house.Http.GetAsync("/api/health")).StatusCode);
    }

    [Fact]
    public async Task An_order_is_taken_once_however_often_it_is_sent_and_another_one_under_its_id_is_refused()
    {
        using var first = await Post("/api/orders", Order("twice"), "application/json");
        using var again = await Post("/api/orders", Order("twice"), "application/json");
        using var other = await Post("/api/orders", Order("twice", quantity: 2), "application/json");

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict], new[] { first.StatusCode, again.StatusCode, other.StatusCode });
    }

    [Fact]
    public async Task An_external_id_of_odd_characters_is_kept_whole_and_found_again()
    {
        using var taken = await Post("/api/orders", Order("../../#+"), "application/json");
        using var found = await house.Http.GetAsync(taken.Headers.Location);
        using var plain = await house.Http.GetAsync("/api/orders/web/x-0000");

        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        using var order = JsonDocument.Parse(await found.Content.ReadAsStringAsync());
        Assert.Equal("../../#+", order.RootElement.GetProperty("externalId").GetString());
        Assert.Equal("Placed", order.RootElement.GetProperty("history")[0].GetProperty("event").GetString());
        Assert.NotEqual("", order.RootElement.GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.NotFound, plain.StatusCode);
    }

    [Fact]
    public async Task A_file_with_a_broken_row_731_is_refused_whole_naming_row_column_and_rule()
    {
        var lines = (await File.ReadAllLinesAsync(Path.Combine(HouseFixture.Samples, "orders.csv"))).Take(1_000).ToArray();
        var cells = lines[730].Split(',');
        cells[5] = "-4";
        lines[730] = string.Join(',', cells);
        var file = string.Join('\n', lines.Select(line => line.Replace("uci,", "file,", StringComparison.Ordinal)));

        using var answer = await Post("/api/orders/csv", file, "text/csv");
        using var applied = await house.Http.GetAsync("/api/orders/file/552038");

        var problem = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("row 731, quantity: must be 1 to", problem, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, applied.StatusCode);
    }

    [Fact]
    public async Task A_good_file_is_taken_in_with_its_reversals()
    {
        var to = "c-1,Shop,1 Lane,Town,25936,IE,PAY-1";
        var file = string.Join('\n', File.ReadLines(Path.Combine(HouseFixture.Samples, "orders.csv")).First(),
            $"file,A1,order,1,{KnownSku},3,165,GBP,2026-01-05T06:00:00Z,{to}",
            $"file,CA1,reversal,1,{KnownSku},1,165,GBP,2026-01-05T07:00:00Z,{to}",
            $"file,CA2,reversal,1,{KnownSku},9,165,GBP,2026-01-05T08:00:00Z,{to}");

        using var answer = await Post("/api/orders/csv", file, "text/csv");

        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(1, report.RootElement.GetProperty("orders").GetInt32());
        Assert.Equal(2, report.RootElement.GetProperty("reversals").GetInt32());
        Assert.Contains("CA2", Assert.Single(report.RootElement.GetProperty("held").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_100_MB_is_turned_away()
    {
        using var content = new ByteArrayContent(new byte[100_000_000]);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders/csv") { Content = content };
        request.Headers.ExpectContinue = true;

        using var answer = await house.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/stock/MAIN/20725", HttpStatusCode.OK)]
    [InlineData("/api/stock/MAIN/NOPE", HttpStatusCode.NotFound)]
    [InlineData("/api/stock/NOWHERE/20725", HttpStatusCode.NotFound)]
    [InlineData("/api/exceptions", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    public async Task What_can_be_read_is_read_and_what_is_not_there_is_said_so(string path, HttpStatusCode status)
    {
        using var answer = await house.Http.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> Post(string path, string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        return await house.Http.PostAsync(path, content);
    }

    private static string Order(string externalId, string sku = KnownSku, int quantity = 1, string country = "IE") => JsonSerializer.Serialize(new
    {
        channel = "web",
        externalId,
        customer = "c-7",
        shipTo = new { name = "Shop", street = "1 Lane", city = "Town", postcode = "25936", country },
        currency = "GBP",
        paymentReference = "PAY-7",
        lines = new[] { new { sku, quantity, unitPriceMinor = 165 } },
    });
}
