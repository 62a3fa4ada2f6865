using System.Net;
using System.Net.Sockets;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;

namespace Warehouse.OpcUa.Server;

/// <summary>
/// A server of an <see cref="AddressSpace"/> over UA TCP: what simulators and integrators' tests need, with the same checks
/// as one that faces a plant.
/// </summary>
public sealed class OpcUaServer : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly SessionTable _sessions;
    private readonly List<ServerConnection> _connections = [];
    private readonly CancellationTokenSource _stopped = new();
    private readonly Dispatcher _dispatcher;
    private Socket? _listener;
    private uint _channelId;

    /// <summary>Not listening yet.</summary>
    public OpcUaServer(ServerOptions options, AddressSpace space, TimeProvider clock)
    {
        (Options, Space, _clock) = (options, space, clock);
        _sessions = new SessionTable(options, space, clock);
        _dispatcher = new Dispatcher(this, _sessions, clock);
        ServerObject.Bind(this, clock.GetUtcNow().UtcDateTime, clock);
    }

    /// <summary>How it presents itself.</summary>
    public ServerOptions Options { get; }

    /// <summary>What it shows.</summary>
    public AddressSpace Space { get; }

    /// <summary>The URL of its endpoints; the port is known once it has started.</summary>
    public string EndpointUrl { get; private set; } = string.Empty;

    internal SessionTable Sessions => _sessions;

    /// <summary>Sessions now.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Begins to listen.</summary>
    public void Start()
    {
        _listener = new Socket(Options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(Options.Listen);
        _listener.Listen(64);
        EndpointUrl = $"opc.tcp://{Options.HostName}:{((IPEndPoint)_listener.LocalEndPoint!).Port}{Options.Path}";
        _ = Accept(_listener);
    }

    /// <summary>Breaks every connection without a word, as a pulled cable does; sessions stay.</summary>
    public void CutConnections()
    {
        lock (_connections)
        {
            _connections.ForEach(connection => connection.Cut());
        }
    }

    /// <summary>Ends every session and keeps its subscriptions for a transfer, as a session's time-out does.</summary>
    public void ForgetSessions() => _sessions.EndAll();

    /// <summary>Stops listening and ends every connection and session.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener?.Dispose();
        CutConnections();
        _sessions.Dispose();
    }

    /// <summary>The endpoints as they are described to clients (Part 4, 7.14).</summary>
    internal EndpointDescription[] Describe(string? url) =>
    [
        .. Options.Endpoints.Select(endpoint => new EndpointDescription(
            EndpointUrlFor(url), Application(url), Options.Certificate.RawData, endpoint.Mode, endpoint.Policy.Uri, UserTokens(endpoint.Policy),
            "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary",
            (byte)(endpoint.Policy.Level + (endpoint.Mode == MessageSecurityMode.SignAndEncrypt ? 5 : 0)))),
    ];

    internal ApplicationDescription Application(string? url) => new(
        Options.ApplicationUri, "urn:WarehouseOrleans", new(Options.ApplicationName), ApplicationType.Server, null, null, [EndpointUrlFor(url)]);

    internal uint NextChannelId() => Interlocked.Increment(ref _channelId);

    internal void Leave(ServerConnection connection)
    {
        lock (_connections)
        {
            _connections.Remove(connection);
        }
    }

    /// <summary>The URL by which the client came, when it names us otherwise than we do (Part 4, 5.5.4.2).</summary>
    private string EndpointUrlFor(string? asked) =>
        asked is not null && asked.Length < 256 && Uri.TryCreate(asked, UriKind.Absolute, out var url) && url.Scheme == "opc.tcp"
            ? $"opc.tcp://{url.Host}:{new Uri(EndpointUrl).Port}{Options.Path}" : EndpointUrl;

    private UserTokenPolicy[] UserTokens(SecurityPolicy policy)
    {
        // On a channel without secrets the password still needs a policy to be encrypted with.
        var secret = policy.IsNone ? SecurityPolicy.Basic256Sha256.Uri : policy.Uri;
        List<UserTokenPolicy> tokens = [];
        if (Options.AllowAnonymous)
        {
            tokens.Add(new("anonymous", UserTokenType.Anonymous, null, null, null));
        }

        if (Options.CheckPassword is not null)
        {
            tokens.Add(new("username", UserTokenType.UserName, null, null, secret));
        }

        if (Options.Users is not null)
        {
            tokens.Add(new("certificate", UserTokenType.Certificate, null, null, secret));
        }

        return [.. tokens];
    }

    private async Task Accept(Socket listener)
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                Admit(await listener.AcceptAsync(_stopped.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that left before it was taken.
            }
        }
    }

    private void Admit(Socket socket)
    {
        ServerConnection connection;
        lock (_connections)
        {
            if (_connections.Count >= Options.MaxConnections)
            {
                socket.Dispose();
                return;
            }

            connection = new ServerConnection(this, _dispatcher, socket, _clock);
            _connections.Add(connection);
        }

        _ = connection.Run(_stopped.Token);
    }
}
