using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>The sessions of a server (Part 4, 5.7): their making, the proofs on both sides, their end.</summary>
internal sealed class SessionTable(ServerOptions options, AddressSpace space, TimeProvider clock) : IDisposable
{
    private const int ShortestTimeoutMilliseconds = 1000;

    public TimeProvider Clock => clock;

    private readonly Lock _gate = new();
    private readonly Dictionary<NodeId, ServerSession> _byToken = [];
    private readonly Dictionary<uint, ServerSubscription> _subscriptions = [];
    private uint _subscriptionId;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byToken.Count;
            }
        }
    }

    public CreateSessionResponse Create(ServerConnection connection, CreateSessionRequest request, ResponseHeader good, EndpointDescription[] endpoints)
    {
        if (!options.Endpoints.Contains((connection.Policy, connection.Mode)))
        {
            throw new OpcUaException(StatusCodes.BadSecurityPolicyRejected);
        }

        var signature = SignatureData.None;
        if (!connection.Policy.IsNone)
        {
            var client = connection.ClientCertificate!;
            if (request.ClientNonce is not { Length: >= SecurityPolicy.NonceLength })
            {
                throw new OpcUaException(StatusCodes.BadNonceInvalid);
            }

            if (Client.Certificates.Load(request.ClientCertificate)?.RawData.AsSpan().SequenceEqual(client.RawData) != true)
            {
                throw new OpcUaException(StatusCodes.BadSecurityChecksFailed);
            }

            if (TrustList.UriOf(client) != request.ClientDescription.ApplicationUri)
            {
                throw new OpcUaException(StatusCodes.BadCertificateUriInvalid);
            }

            using var key = options.Certificate.GetRSAPrivateKey()!;
            signature = new(connection.Policy.SignatureUri, connection.Policy.Sign(key, (byte[])[.. request.ClientCertificate!, .. request.ClientNonce]));
        }

        var timeout = TimeSpan.FromMilliseconds(Math.Clamp(
            double.IsNaN(request.RequestedSessionTimeout) ? 0 : request.RequestedSessionTimeout, ShortestTimeoutMilliseconds, options.MaxSessionTimeout.TotalMilliseconds));
        var session = new ServerSession(this, options, space, clock, connection, request.SessionName ?? string.Empty, timeout);
        lock (_gate)
        {
            if (_byToken.Count >= options.MaxSessions)
            {
                throw new OpcUaException(StatusCodes.BadTooManySessions);
            }

            _byToken[session.Token] = session;
        }

        session.Rest();
        return new CreateSessionResponse(
            good, session.SessionId, session.Token, timeout.TotalMilliseconds, session.Nonce, options.Certificate.RawData, endpoints, [], signature,
            (uint)options.Limits.MaxMessageSize);
    }

    /// <summary>Binds the session to this channel and this user; on another channel the same certificate must prove itself again.</summary>
    public ActivateSessionResponse Activate(ServerConnection connection, ActivateSessionRequest request, ResponseHeader good)
    {
        var session = Find(request.RequestHeader.AuthenticationToken);
        if (session.Policy != connection.Policy || session.Mode != connection.Mode || !session.IsOf(connection.ClientCertificate)
            || (!session.IsActivated && !session.IsOn(connection)))
        {
            throw new OpcUaException(StatusCodes.BadSecureChannelIdInvalid);
        }

        if (!connection.Policy.IsNone)
        {
            using var key = connection.ClientCertificate!.GetRSAPublicKey()!;
            byte[] signed = [.. options.Certificate.RawData, .. session.Nonce];
            if (request.ClientSignature.Algorithm != connection.Policy.SignatureUri
                || !connection.Policy.Verify(key, signed, request.ClientSignature.Signature))
            {
                throw new OpcUaException(StatusCodes.BadApplicationSignatureInvalid);
            }
        }

        var user = Identities.Check(options, connection.Policy, request, session.Nonce);
        session.Activate(connection, user);
        return new ActivateSessionResponse(good, session.Nonce, [], []);
    }

    public ServerSession Of(ServerConnection connection, NodeId token)
    {
        var session = Find(token);
        if (!session.IsOn(connection))
        {
            throw new OpcUaException(StatusCodes.BadSecureChannelIdInvalid);
        }

        session.Rest();
        return session.IsActivated ? session : throw new OpcUaException(StatusCodes.BadSessionNotActivated);
    }

    public CloseSessionResponse Close(ServerSession session, CloseSessionRequest request, ResponseHeader good)
    {
        End(session, request.DeleteSubscriptions);
        return new CloseSessionResponse(good);
    }

    public void Closed(ServerConnection connection)
    {
        foreach (var session in All().Where(session => session.IsOn(connection)))
        {
            session.Unplug(connection);
        }
    }

    /// <summary>Ends a session; its subscriptions live on for a transfer unless they are deleted with it.</summary>
    public void End(ServerSession session, bool deleteSubscriptions)
    {
        lock (_gate)
        {
            _byToken.Remove(session.Token);
        }

        session.End();
        foreach (var subscription in Subscriptions().Where(one => one.Session == session))
        {
            if (deleteSubscriptions)
            {
                Delete(subscription);
            }
        }
    }

    public void EndAll() => All().ForEach(session => End(session, deleteSubscriptions: false));

    public ServerSubscription Add(Func<uint, ServerSubscription> make)
    {
        lock (_gate)
        {
            var subscription = make(++_subscriptionId);
            _subscriptions[subscription.Id] = subscription;
            return subscription;
        }
    }

    public ServerSubscription? Subscription(uint id)
    {
        lock (_gate)
        {
            return _subscriptions.GetValueOrDefault(id);
        }
    }

    public IReadOnlyList<ServerSubscription> Subscriptions()
    {
        lock (_gate)
        {
            return [.. _subscriptions.Values];
        }
    }

    public void Delete(ServerSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription.Id);
        }

        subscription.Dispose();
    }

    public void Dispose()
    {
        foreach (var session in All())
        {
            End(session, deleteSubscriptions: true);
        }

        foreach (var subscription in Subscriptions())
        {
            Delete(subscription);
        }
    }

    private List<ServerSession> All()
    {
        lock (_gate)
        {
            return [.. _byToken.Values];
        }
    }

    private ServerSession Find(NodeId token)
    {
        lock (_gate)
        {
            return _byToken.GetValueOrDefault(token) ?? throw new OpcUaException(StatusCodes.BadSessionIdInvalid);
        }
    }
}

/// <summary>Who a session acts for, as the server found it.</summary>
/// <param name="Name">The user's name, the certificate's subject, or null for nobody.</param>
public sealed record ServerUser(string? Name);

/// <summary>Checks users' tokens (Part 4, 5.7.3 and 7.41).</summary>
internal static class Identities
{
    public static ServerUser Check(ServerOptions options, SecurityPolicy channelPolicy, ActivateSessionRequest request, byte[] nonce)
    {
        var policy = channelPolicy.IsNone ? SecurityPolicy.Basic256Sha256 : channelPolicy;
        switch (request.UserIdentityToken.Body)
        {
            case null or AnonymousIdentityToken when options.AllowAnonymous:
                return new(null);
            case UserNameIdentityToken user when options.CheckPassword is { } check:
                var secret = user.EncryptionAlgorithm == policy.EncryptionUri ? Secrets.Decrypt(policy, options.Certificate, user.Password, nonce) : null;
                return secret is not null && check(user.UserName ?? string.Empty, secret) ? new(user.UserName)
                    : throw new OpcUaException(StatusCodes.BadUserAccessDenied);
            case X509IdentityToken user when options.Users is { } users:
                return CheckCertificate(options, policy, users, user, request.UserTokenSignature, nonce);
            case null or AnonymousIdentityToken or UserNameIdentityToken or X509IdentityToken:
                throw new OpcUaException(StatusCodes.BadIdentityTokenRejected);
            default:
                throw new OpcUaException(StatusCodes.BadIdentityTokenInvalid);
        }
    }

    private static ServerUser CheckCertificate(
        ServerOptions options, SecurityPolicy policy, TrustList users, X509IdentityToken token, SignatureData signature, byte[] nonce)
    {
        var certificate = Client.Certificates.Load(token.CertificateData) ?? throw new OpcUaException(StatusCodes.BadIdentityTokenInvalid);
        if (users.Check(certificate, null).IsBad)
        {
            throw new OpcUaException(StatusCodes.BadIdentityTokenRejected);
        }

        using var key = certificate.GetRSAPublicKey()!;
        byte[] signed = [.. options.Certificate.RawData, .. nonce];
        return signature.Algorithm == policy.SignatureUri && policy.Verify(key, signed, signature.Signature)
            ? new(certificate.Subject) : throw new OpcUaException(StatusCodes.BadUserSignatureInvalid);
    }
}
