using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>A session at the server, with the Publish requests that wait in it.</summary>
public sealed class ServerSession
{
    private readonly SessionTable _sessions;
    private readonly ServerOptions _options;
    private readonly TimeProvider _clock;
    private readonly X509Certificate2? _client;
    private readonly TimeSpan _timeout;
    private readonly ITimer _expiry;
    private readonly Queue<(uint RequestId, PublishRequest Request, StatusCode[] Results)> _publishing = new();
    private ServerConnection? _connection;

    internal ServerSession(
        SessionTable sessions, ServerOptions options, AddressSpace space, TimeProvider clock, ServerConnection connection, string name, TimeSpan timeout)
    {
        (_sessions, _options, _clock, Space, _connection, Name, _timeout) = (sessions, options, clock, space, connection, name, timeout);
        (_client, Policy, Mode) = (connection.ClientCertificate, connection.Policy, connection.Mode);
        SessionId = new NodeId(1, new Guid(RandomNumberGenerator.GetBytes(16)));
        Token = new NodeId(0, RandomNumberGenerator.GetBytes(SecurityPolicy.NonceLength));
        Nonce = RandomNumberGenerator.GetBytes(SecurityPolicy.NonceLength);
        _expiry = clock.CreateTimer(_ => _sessions.End(this, deleteSubscriptions: false), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Its id for people and diagnostics.</summary>
    public NodeId SessionId { get; }

    /// <summary>The name that the client gave it.</summary>
    public string Name { get; }

    /// <summary>For whom it acts.</summary>
    public ServerUser User { get; private set; } = new((string?)null);

    /// <summary>The algorithms of its channel.</summary>
    public SecurityPolicy Policy { get; }

    /// <summary>The mode of its channel.</summary>
    public MessageSecurityMode Mode { get; }

    internal AddressSpace Space { get; }

    /// <summary>The secret that each request carries.</summary>
    internal NodeId Token { get; }

    internal byte[] Nonce { get; private set; }

    internal bool IsActivated { get; private set; }

    internal Dictionary<Guid, Continuation> Continuations { get; } = [];

    internal bool MayChange => _options.MayChange(this);

    internal bool IsOn(ServerConnection connection) => _connection == connection;

    internal bool IsOf(X509Certificate2? certificate) =>
        _client is null ? certificate is null : certificate is not null && _client.RawData.AsSpan().SequenceEqual(certificate.RawData);

    internal void Activate(ServerConnection connection, ServerUser user)
    {
        lock (_publishing)
        {
            if (_connection != connection)
            {
                _publishing.Clear();
            }

            (_connection, User, IsActivated) = (connection, user, true);
            Nonce = RandomNumberGenerator.GetBytes(SecurityPolicy.NonceLength);
        }

        Rest();
    }

    /// <summary>The session's time begins again.</summary>
    internal void Rest() => _expiry.Change(_timeout, Timeout.InfiniteTimeSpan);

    /// <summary>The connection is gone: its Publish requests with it.</summary>
    internal void Unplug(ServerConnection connection)
    {
        lock (_publishing)
        {
            if (_connection == connection)
            {
                _connection = null;
                _publishing.Clear();
            }
        }
    }

    internal void End()
    {
        _expiry.Dispose();
        (uint, PublishRequest, StatusCode[])[] waiting;
        lock (_publishing)
        {
            waiting = [.. _publishing];
            _publishing.Clear();
        }

        foreach (var (requestId, request, _) in waiting)
        {
            _connection?.Answer(requestId, new ServiceFault(Dispatcher.Header(request.RequestHeader, StatusCodes.BadSessionClosed, _clock.GetUtcNow().UtcDateTime)));
        }
    }

    /// <summary>Takes a Publish request (Part 4, 5.14.5); it is answered when a subscription has something to tell.</summary>
    internal object? Publish(ServerConnection connection, uint requestId, PublishRequest request)
    {
        var subscriptions = _sessions.Subscriptions().Where(one => one.Session == this).OrderByDescending(one => one.Priority).ToList();
        if (subscriptions.Count == 0)
        {
            throw new OpcUaException(StatusCodes.BadNoSubscription);
        }

        var results = request.SubscriptionAcknowledgements
            .Select(one => subscriptions.Find(subscription => subscription.Id == one.SubscriptionId)?.Acknowledge(one.SequenceNumber)
                ?? StatusCodes.BadSubscriptionIdInvalid).ToArray();
        lock (_publishing)
        {
            if (_publishing.Count >= _options.MaxPublishRequests)
            {
                // The oldest makes room (5.14.5.1).
                var (old, oldest, _) = _publishing.Dequeue();
                connection.Answer(old, new ServiceFault(Dispatcher.Header(oldest.RequestHeader, StatusCodes.BadTooManyPublishRequests, _clock.GetUtcNow().UtcDateTime)));
            }

            _publishing.Enqueue((requestId, request, results));
        }

        subscriptions.ForEach(subscription => subscription.TellLate());
        return null;
    }

    /// <summary>Answers the oldest Publish request; false when none waits.</summary>
    internal bool Tell(ServerSubscription subscription, Func<(NotificationMessage Message, uint[] Available, bool More)> make)
    {
        lock (_publishing)
        {
            if (_connection is null || !_publishing.TryDequeue(out var oldest))
            {
                return false;
            }

            var (message, available, more) = make();
            _connection.Answer(oldest.RequestId, new PublishResponse(
                Dispatcher.Header(oldest.Request.RequestHeader, StatusCodes.Good, _clock.GetUtcNow().UtcDateTime),
                subscription.Id, available, more, message, oldest.Results, []));
            return true;
        }
    }
}

/// <summary>The references that a browse has not told yet.</summary>
internal sealed record Continuation(ReferenceDescription[] Rest, int Most);
