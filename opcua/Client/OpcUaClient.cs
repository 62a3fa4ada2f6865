using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Client;

/// <summary>
/// A client of one server: services on a session that survives its connections. After a cut, <see cref="Reconnect"/> goes
/// on with the same session on a new channel and has missed notifications told again; when the server has forgotten the
/// session, the subscriptions are transferred to a new one, and when it has forgotten them too they are made anew.
/// </summary>
public sealed partial class OpcUaClient : IAsyncDisposable
{
    /// <summary>How long a server is waited for that is told goodbye.</summary>
    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    private readonly ClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly Publisher _publisher;
    private EndpointDescription _endpoint;
    private ClientSession _session;

    private OpcUaClient(ClientOptions options, TimeProvider clock, TypeTable types, EndpointDescription endpoint, ClientSession session)
    {
        (_options, _clock, Types, _endpoint, _session) = (options, clock, types, endpoint, session);
        _publisher = new Publisher(this, options.PublishRequests);
        Watch(session.Channel);
    }

    /// <summary>Told when the connection broke; the session may live on at the server.</summary>
    public event Action<Exception>? Broken;

    /// <summary>The structures known of the server.</summary>
    public TypeTable Types { get; }

    /// <summary>The session's id at the server.</summary>
    public NodeId SessionId => _session.SessionId;

    /// <summary>How the server is reached.</summary>
    public EndpointDescription Endpoint => _endpoint;

    internal ClientOptions Options => _options;

    internal ClientSession Session => _session;

    /// <summary>Connects and activates a session.</summary>
    public static async Task<OpcUaClient> Connect(ClientOptions options, TimeProvider clock, CancellationToken cancellation = default)
    {
        var types = new TypeTable();
        var endpoint = await ClientSession.Choose(options, clock, cancellation);
        var channel = await ClientSession.OpenChannel(options, endpoint, types, clock, cancellation);
        try
        {
            return new OpcUaClient(options, clock, types, endpoint, await ClientSession.Create(options, channel, endpoint, cancellation));
        }
        catch
        {
            await channel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes on after the connection broke. Throws when the server is still not there.</summary>
    public async Task Reconnect(CancellationToken cancellation = default)
    {
        await _session.Channel.DisposeAsync();
        _endpoint = await ClientSession.Choose(_options, _clock, cancellation);
        var channel = await ClientSession.OpenChannel(_options, _endpoint, Types, _clock, cancellation);
        try
        {
            await Resume(channel, cancellation);
        }
        catch
        {
            await channel.DisposeAsync();
            throw;
        }

        Watch(channel);
        _publisher.Start();
    }

    /// <summary>Breaks the connection without a word, as a pulled cable does.</summary>
    public void Cut() => _session.Channel.Cut();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _publisher.Dispose();
        try
        {
            await Request<CloseSessionResponse>(new CloseSessionRequest(_session.Header(), true), CancellationToken.None,
                _options.RequestTimeout < s_goodbye ? _options.RequestTimeout : s_goodbye);
        }
        catch (OpcUaException)
        {
            // It is gone already.
        }

        await _session.Channel.DisposeAsync();
    }

    internal Task<T> Request<T>(IRequest request, CancellationToken cancellation, TimeSpan? timeout = null)
        where T : class, IResponse => _session.Channel.Request<T>(request, cancellation, timeout);

    private async Task Resume(ClientChannel channel, CancellationToken cancellation)
    {
        try
        {
            await _session.MoveTo(channel, cancellation);
            await _publisher.CatchUp(transferred: null, cancellation);
            return;
        }
        catch (OpcUaException forgotten) when (SessionIsGone(forgotten.StatusCode))
        {
            _session = await ClientSession.Create(_options, channel, _endpoint, cancellation);
        }

        await _publisher.TransferOrRecreate(cancellation);
    }

    private static bool SessionIsGone(StatusCode status) =>
        status == StatusCodes.BadSessionIdInvalid || status == StatusCodes.BadSessionClosed || status == StatusCodes.BadSecurityChecksFailed
        || status == StatusCodes.BadSessionNotActivated || status == StatusCodes.BadApplicationSignatureInvalid
        || status == StatusCodes.BadIdentityTokenInvalid || status == StatusCodes.BadIdentityTokenRejected || status == StatusCodes.BadNonceInvalid
        || status == StatusCodes.BadUserSignatureInvalid || status == StatusCodes.BadSecureChannelIdInvalid;

    private void Watch(ClientChannel channel) => channel.Broken += failure =>
    {
        if (_session.Channel == channel)
        {
            Broken?.Invoke(failure);
        }
    };
}
