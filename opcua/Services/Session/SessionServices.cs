using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>SignatureData (Part 4, 7.37).</summary>
public sealed record SignatureData(string? Algorithm, byte[]? Signature)
{
    /// <summary>None.</summary>
    public static SignatureData None { get; } = new(null, null);
}

/// <summary>SignedSoftwareCertificate (Part 4, 7.38): no longer used, and kept for its place in the messages.</summary>
public sealed record SignedSoftwareCertificate(byte[]? CertificateData, byte[]? Signature);

/// <summary>AnonymousIdentityToken (Part 4, 7.41.3).</summary>
[BinaryEncoding(321)]
public sealed record AnonymousIdentityToken(string? PolicyId);

/// <summary>UserNameIdentityToken (Part 4, 7.41.4).</summary>
[BinaryEncoding(324)]
public sealed record UserNameIdentityToken(string? PolicyId, string? UserName, byte[]? Password, string? EncryptionAlgorithm)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"UserNameIdentityToken {UserName}";
}

/// <summary>X509IdentityToken (Part 4, 7.41.5).</summary>
[BinaryEncoding(327)]
public sealed record X509IdentityToken(string? PolicyId, byte[]? CertificateData);

/// <summary>CreateSession (Part 4, 5.7.2).</summary>
[BinaryEncoding(461)]
public sealed record CreateSessionRequest(
    RequestHeader RequestHeader, ApplicationDescription ClientDescription, string? ServerUri, string? EndpointUrl, string? SessionName, byte[]? ClientNonce,
    byte[]? ClientCertificate, double RequestedSessionTimeout, uint MaxResponseMessageSize) : IRequest;

/// <summary>CreateSession (Part 4, 5.7.2).</summary>
[BinaryEncoding(464)]
public sealed record CreateSessionResponse(
    ResponseHeader ResponseHeader, NodeId SessionId, NodeId AuthenticationToken, double RevisedSessionTimeout, byte[]? ServerNonce, byte[]? ServerCertificate,
    EndpointDescription[] ServerEndpoints, SignedSoftwareCertificate[] ServerSoftwareCertificates, SignatureData ServerSignature,
    uint MaxRequestMessageSize) : IResponse;

/// <summary>ActivateSession (Part 4, 5.7.3).</summary>
[BinaryEncoding(467)]
public sealed record ActivateSessionRequest(
    RequestHeader RequestHeader, SignatureData ClientSignature, SignedSoftwareCertificate[] ClientSoftwareCertificates, string[] LocaleIds,
    ExtensionObject UserIdentityToken, SignatureData UserTokenSignature) : IRequest;

/// <summary>ActivateSession (Part 4, 5.7.3).</summary>
[BinaryEncoding(470)]
public sealed record ActivateSessionResponse(
    ResponseHeader ResponseHeader, byte[]? ServerNonce, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>CloseSession (Part 4, 5.7.4).</summary>
[BinaryEncoding(473)]
public sealed record CloseSessionRequest(RequestHeader RequestHeader, bool DeleteSubscriptions) : IRequest;

/// <summary>CloseSession (Part 4, 5.7.4).</summary>
[BinaryEncoding(476)]
public sealed record CloseSessionResponse(ResponseHeader ResponseHeader) : IResponse;

/// <summary>Cancel (Part 4, 5.7.5).</summary>
[BinaryEncoding(479)]
public sealed record CancelRequest(RequestHeader RequestHeader, uint RequestHandle) : IRequest;

/// <summary>Cancel (Part 4, 5.7.5).</summary>
[BinaryEncoding(482)]
public sealed record CancelResponse(ResponseHeader ResponseHeader, uint CancelCount) : IResponse;
