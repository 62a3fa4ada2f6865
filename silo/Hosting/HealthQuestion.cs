using System.Net;
using Warehouse.Silo.Settings;

namespace Warehouse.Silo.Hosting;

/// <summary>Asks a silo on this machine whether it is up: a container's health check, where no other program can ask.</summary>
public static class HealthQuestion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>True when it answers within a few seconds, at the address and with the key of these settings.</summary>
    public static async Task<bool> Ask(ApiOptions api)
    {
        var address = IPAddress.TryParse(api.Bind, out var bound) && !bound.Equals(IPAddress.Any) && !bound.Equals(IPAddress.IPv6Any)
            ? bound : IPAddress.Loopback;
        using var http = new HttpClient { Timeout = Patience };
        http.DefaultRequestHeaders.Add("X-Api-Key", api.Key);
        try
        {
            using var answer = await http.GetAsync(new UriBuilder(Uri.UriSchemeHttp, address.ToString(), api.Port, "/api/health").Uri);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
