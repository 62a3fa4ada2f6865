using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Client;

/// <summary>How a client presents itself and whom it takes.</summary>
public sealed record ClientOptions(string EndpointUrl)
{
    /// <summary>The algorithms. Default Basic256Sha256.</summary>
    public SecurityPolicy Policy { get; init; } = SecurityPolicy.Basic256Sha256;

    /// <summary>What they do. Default sign and encrypt.</summary>
    public MessageSecurityMode Mode { get; init; } = MessageSecurityMode.SignAndEncrypt;

    /// <summary>Our URI; the same as in our certificate.</summary>
    public string ApplicationUri { get; init; } = "urn:localhost:WarehouseOrleans";

    /// <summary>Our name for people.</summary>
    public string ApplicationName { get; init; } = "WarehouseOrleans";

    /// <summary>Our own certificate with its key; needed unless the policy is None.</summary>
    public X509Certificate2? OwnCertificate { get; init; }

    /// <summary>Whose certificates are taken; needed unless the policy is None.</summary>
    public TrustList? TrustList { get; init; }

    /// <summary>For whom the session acts. Default nobody.</summary>
    public ClientIdentity Identity { get; init; } = new ClientIdentity.Anonymous();

    /// <summary>How long the server keeps the session without a word from us. Default 60 s.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a request waits for its answer. Default 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two looks whether the server is there. Default 5 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Lifetime of a channel's token that is asked for, in milliseconds. Default one hour.</summary>
    public uint TokenLifetimeMilliseconds { get; init; } = 3_600_000;

    /// <summary>Publish requests that wait at the server. Default 3.</summary>
    public int PublishRequests { get; init; } = 3;

    /// <summary>What we take.</summary>
    public Channels.ChannelLimits Limits { get; init; } = Channels.ChannelLimits.Default;
}

/// <summary>
/// One session on one channel (Part 4, 5.7). It outlives its channel: <see cref="MoveTo"/> activates it on the next one.
/// </summary>
internal sealed class ClientSession
{
    private readonly ClientOptions _options;
    private readonly EndpointDescription _endpoint;
    private readonly X509Certificate2? _server;
    private readonly NodeId _token;
    private byte[] _serverNonce;

    private ClientSession(ClientOptions options, ClientChannel channel, EndpointDescription endpoint, X509Certificate2? server, CreateSessionResponse created)
    {
        (_options, Channel, _endpoint, _server) = (options, channel, endpoint, server);
        (_token, _serverNonce, SessionId) = (created.AuthenticationToken, created.ServerNonce ?? [], created.SessionId);
        RevisedTimeout = TimeSpan.FromMilliseconds(Math.Clamp(created.RevisedSessionTimeout, 1, int.MaxValue));
    }

    public ClientChannel Channel { get; private set; }

    public NodeId SessionId { get; }

    public TimeSpan RevisedTimeout { get; }

    /// <summary>The endpoint that offers what the options ask for, after its certificate was found to be one that we take.</summary>
    public static async Task<EndpointDescription> Choose(ClientOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        var endpoints = await Discovery.GetEndpoints(options.EndpointUrl, clock, options.RequestTimeout, cancellation);
        var endpoint = endpoints.FirstOrDefault(one => one.SecurityPolicyUri == options.Policy.Uri && one.SecurityMode == options.Mode
                && one.UserIdentityTokens.Any(token => token.TokenType == options.Identity.TokenType))
            ?? throw new OpcUaException(StatusCodes.BadSecurityPolicyRejected, $"the server offers no {options.Mode} with {options.Policy}");
        if (!options.Policy.IsNone)
        {
            using var server = Certificates.Load(endpoint.ServerCertificate) ?? throw new OpcUaException(StatusCodes.BadCertificateInvalid);
            var trusted = options.TrustList!.Check(server, endpoint.Server.ApplicationUri);
            if (trusted.IsBad)
            {
                throw new OpcUaException(trusted, $"the server's certificate {server.Subject}, {server.Thumbprint}");
            }
        }

        return endpoint;
    }

    public static Task<ClientChannel> OpenChannel(
        ClientOptions options, EndpointDescription endpoint, TypeTable types, TimeProvider clock, CancellationToken cancellation) =>
        ClientChannel.Open(
            new ChannelOptions(options.EndpointUrl)
            {
                Policy = options.Policy, Mode = options.Mode, OwnCertificate = options.OwnCertificate, Limits = options.Limits,
                ServerCertificate = options.Policy.IsNone ? null : Certificates.Load(endpoint.ServerCertificate),
                RequestTimeout = options.RequestTimeout, TokenLifetimeMilliseconds = options.TokenLifetimeMilliseconds,
            },
            clock, types, cancellation);

    /// <summary>CreateSession and ActivateSession, with the server's proof that the certificate is its own.</summary>
    public static async Task<ClientSession> Create(ClientOptions options, ClientChannel channel, EndpointDescription endpoint, CancellationToken cancellation)
    {
        var nonce = RandomNumberGenerator.GetBytes(SecurityPolicy.NonceLength);
        var own = options.Policy.IsNone ? null : options.OwnCertificate!.RawData;
        var created = await channel.Request<CreateSessionResponse>(
            new CreateSessionRequest(
                channel.Header(default),
                new ApplicationDescription(
                    options.ApplicationUri, "urn:WarehouseOrleans", new(options.ApplicationName), ApplicationType.Client, null, null, []),
                null, options.EndpointUrl, options.ApplicationName, nonce, own, options.SessionTimeout.TotalMilliseconds, 0),
            cancellation);
        var server = Certificates.Load(endpoint.ServerCertificate);
        if (!options.Policy.IsNone)
        {
            if (created.ServerCertificate is null || !created.ServerCertificate.AsSpan().SequenceEqual(endpoint.ServerCertificate))
            {
                throw new OpcUaException(StatusCodes.BadCertificateInvalid, "the session has another certificate than the channel");
            }

            using var key = server!.GetRSAPublicKey()!;
            if (created.ServerSignature.Algorithm != options.Policy.SignatureUri
                || !options.Policy.Verify(key, (byte[])[.. own!, .. nonce], created.ServerSignature.Signature))
            {
                throw new OpcUaException(StatusCodes.BadApplicationSignatureInvalid);
            }
        }

        var session = new ClientSession(options, channel, endpoint, server, created);
        await session.Activate(cancellation);
        return session;
    }

    /// <summary>Goes on over another channel; what was subscribed is still there.</summary>
    public async Task MoveTo(ClientChannel channel, CancellationToken cancellation)
    {
        Channel = channel;
        await Activate(cancellation);
    }

    public RequestHeader Header(TimeSpan? timeout = null) => Channel.Header(_token, (uint)(timeout ?? _options.RequestTimeout).TotalMilliseconds);

    private async Task Activate(CancellationToken cancellation)
    {
        var policy = _options.Policy;
        var signature = SignatureData.None;
        if (!policy.IsNone)
        {
            using var key = _options.OwnCertificate!.GetRSAPrivateKey()!;
            byte[] signed = [.. _server!.RawData, .. _serverNonce];
            signature = new SignatureData(policy.SignatureUri, policy.Sign(key, signed));
        }

        var (token, tokenSignature) = _options.Identity.ToToken(_endpoint, policy, _server, _serverNonce);
        var activated = await Channel.Request<ActivateSessionResponse>(
            new ActivateSessionRequest(Header(), signature, [], [], token, tokenSignature), cancellation);
        _serverNonce = activated.ServerNonce ?? [];
    }
}

/// <summary>Certificates as bytes.</summary>
internal static class Certificates
{
    /// <summary>The first certificate of a chain; null when there is none or it cannot be read.</summary>
    public static X509Certificate2? Load(byte[]? chain)
    {
        if (chain is null or [])
        {
            return null;
        }

        try
        {
            System.Formats.Asn1.AsnDecoder.ReadEncodedValue(chain, System.Formats.Asn1.AsnEncodingRules.DER, out _, out _, out var length);
            return X509CertificateLoader.LoadCertificate(chain.AsSpan(0, length));
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or System.Formats.Asn1.AsnContentException)
        {
            return null;
        }
    }
}
