using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;

namespace Warehouse.Silo.Api;

/// <summary>Reads a JSON body within a size, and says clearly what is wrong with it.</summary>
public static class JsonBody
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 16,
    };

    /// <summary>The body, or the problem to answer with.</summary>
    public static async Task<(T? Body, IResult? Problem)> Read<T>(HttpRequest request, int limit, string option) where T : class
    {
        Bound(request, limit);
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(request.Body, Options, request.HttpContext.RequestAborted);
            return body is null ? (null, Problems.Malformed("the body is null")) : (body, null);
        }
        catch (JsonException error)
        {
            return (null, Problems.Malformed($"line {error.LineNumber + 1}, {error.Path ?? "$"}: {error.Message}"));
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Problems.TooLarge(limit, option));
        }
    }

    /// <summary>Lets the server cut the body off at a size.</summary>
    public static void Bound(HttpRequest request, long limit)
    {
        var feature = request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (feature is { IsReadOnly: false })
        {
            feature.MaxRequestBodySize = limit;
        }
    }
}
