using Warehouse.OpcUa.Services;

namespace Warehouse.OpcUa.Client;

/// <summary>What can be asked without a session (Part 4, 5.5).</summary>
public static class Discovery
{
    /// <summary>The endpoints of a server (GetEndpoints, 5.5.4).</summary>
    public static async Task<EndpointDescription[]> GetEndpoints(
        string url, TimeProvider clock, TimeSpan? timeout = null, CancellationToken cancellation = default)
    {
        var options = new ChannelOptions(url);
        await using var channel = await ClientChannel.Open(options with { RequestTimeout = timeout ?? options.RequestTimeout }, clock, null, cancellation);
        return (await channel.Request<GetEndpointsResponse>(new GetEndpointsRequest(channel.Header(default), url, [], []), cancellation)).Endpoints;
    }

    /// <summary>The servers that a server knows, itself among them (FindServers, 5.5.2).</summary>
    public static async Task<ApplicationDescription[]> FindServers(string url, TimeProvider clock, CancellationToken cancellation = default)
    {
        await using var channel = await ClientChannel.Open(new ChannelOptions(url), clock, null, cancellation);
        return (await channel.Request<FindServersResponse>(new FindServersRequest(channel.Header(default), url, [], []), cancellation)).Servers;
    }
}
