using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>ApplicationType (Part 4, 7.4).</summary>
public enum ApplicationType
{
    Server = 0, Client = 1, ClientAndServer = 2, DiscoveryServer = 3,
}

/// <summary>MessageSecurityMode (Part 4, 7.20).</summary>
public enum MessageSecurityMode
{
    Invalid = 0, None = 1, Sign = 2, SignAndEncrypt = 3,
}

/// <summary>UserTokenType (Part 4, 7.43).</summary>
public enum UserTokenType
{
    Anonymous = 0, UserName = 1, Certificate = 2, IssuedToken = 3,
}

/// <summary>ApplicationDescription (Part 4, 7.2).</summary>
[BinaryEncoding(310, DataType = 308)]
public sealed record ApplicationDescription(
    string? ApplicationUri, string? ProductUri, LocalizedText ApplicationName, ApplicationType ApplicationType, string? GatewayServerUri,
    string? DiscoveryProfileUri, string[] DiscoveryUrls);

/// <summary>UserTokenPolicy (Part 4, 7.42).</summary>
[BinaryEncoding(306, DataType = 304)]
public sealed record UserTokenPolicy(string? PolicyId, UserTokenType TokenType, string? IssuedTokenType, string? IssuerEndpointUrl, string? SecurityPolicyUri);

/// <summary>EndpointDescription (Part 4, 7.14).</summary>
[BinaryEncoding(314, DataType = 312)]
public sealed record EndpointDescription(
    string? EndpointUrl, ApplicationDescription Server, byte[]? ServerCertificate, MessageSecurityMode SecurityMode, string? SecurityPolicyUri,
    UserTokenPolicy[] UserIdentityTokens, string? TransportProfileUri, byte SecurityLevel);

/// <summary>FindServers (Part 4, 5.5.2).</summary>
[BinaryEncoding(422)]
public sealed record FindServersRequest(RequestHeader RequestHeader, string? EndpointUrl, string[] LocaleIds, string[] ServerUris) : IRequest;

/// <summary>FindServers (Part 4, 5.5.2).</summary>
[BinaryEncoding(425)]
public sealed record FindServersResponse(ResponseHeader ResponseHeader, ApplicationDescription[] Servers) : IResponse;

/// <summary>GetEndpoints (Part 4, 5.5.4).</summary>
[BinaryEncoding(428)]
public sealed record GetEndpointsRequest(RequestHeader RequestHeader, string? EndpointUrl, string[] LocaleIds, string[] ProfileUris) : IRequest;

/// <summary>GetEndpoints (Part 4, 5.5.4).</summary>
[BinaryEncoding(431)]
public sealed record GetEndpointsResponse(ResponseHeader ResponseHeader, EndpointDescription[] Endpoints) : IResponse;
