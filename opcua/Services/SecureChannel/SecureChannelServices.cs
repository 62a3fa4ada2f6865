using Warehouse.OpcUa.Encoding;

namespace Warehouse.OpcUa.Services;

/// <summary>SecurityTokenRequestType (Part 4, 5.6.2).</summary>
public enum SecurityTokenRequestType
{
    Issue = 0, Renew = 1,
}

/// <summary>ChannelSecurityToken (Part 4, 5.6.2).</summary>
public sealed record ChannelSecurityToken(uint ChannelId, uint TokenId, DateTime CreatedAt, uint RevisedLifetime);

/// <summary>OpenSecureChannel (Part 4, 5.6.2; Part 6, 6.7.4).</summary>
[BinaryEncoding(446)]
public sealed record OpenSecureChannelRequest(
    RequestHeader RequestHeader, uint ClientProtocolVersion, SecurityTokenRequestType RequestType, MessageSecurityMode SecurityMode, byte[]? ClientNonce,
    uint RequestedLifetime) : IRequest;

/// <summary>OpenSecureChannel (Part 4, 5.6.2; Part 6, 6.7.4).</summary>
[BinaryEncoding(449)]
public sealed record OpenSecureChannelResponse(
    ResponseHeader ResponseHeader, uint ServerProtocolVersion, ChannelSecurityToken SecurityToken, byte[]? ServerNonce) : IResponse;

/// <summary>CloseSecureChannel (Part 4, 5.6.3). It has no answer.</summary>
[BinaryEncoding(452)]
public sealed record CloseSecureChannelRequest(RequestHeader RequestHeader) : IRequest;
