using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// The broker's doors: TCP, TLS, and whatever stream somebody else has opened (a WebSocket of the house's HTTP server).
/// All connections are bounded alike before the library sees them.
/// </summary>
internal sealed class BrokerDoor : IMqttServerAdapter
{
    private static readonly TimeSpan OutOfSockets = TimeSpan.FromMilliseconds(100);
    private readonly MqttBrokerOptions _options;
    private readonly int _port;
    private readonly BrokerVisitors _visitors;
    private readonly BrokerCounts _counts;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Socket> _listeners = [];

    public BrokerDoor(MqttBrokerOptions options, int port, BrokerVisitors visitors, BrokerCounts counts, TimeProvider clock) =>
        (_options, _port, _visitors, _counts, _clock) = (options, port, visitors, counts, clock);

    /// <inheritdoc/>
    public Func<IMqttChannelAdapter, Task> ClientHandler { get; set; } = _ => Task.CompletedTask;

    /// <summary>The plain port.</summary>
    public int Port { get; private set; }

    /// <summary>The TLS port; 0 for none.</summary>
    public int TlsPort { get; private set; }

    /// <inheritdoc/>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        var plain = Listen(_port);
        Port = ((IPEndPoint)plain.LocalEndPoint!).Port;
        if (_options.Tls is { } tls)
        {
            var secured = Listen(tls.Port);
            TlsPort = ((IPEndPoint)secured.LocalEndPoint!).Port;
            _ = Accept(secured, Authentication(tls));
        }

        _ = Accept(plain, null);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _closing.CancelAsync();
        Dispose();
        _visitors.CloseAll();
    }

    /// <inheritdoc/>
    public void Dispose() => _listeners.ForEach(listener => listener.Dispose());

    /// <summary>Serves one connection to its end.</summary>
    /// <param name="stream">What it reads and writes; closed in the end.</param>
    /// <param name="from">The other side, for logs.</param>
    public async Task Serve(Stream stream, EndPoint? from)
    {
        if (_visitors.Enter(stream.Dispose) is { } visitor)
        {
            using (visitor)
            {
                await Serve(stream, from, visitor, null);
            }
        }

        await stream.DisposeAsync();
    }

    private Socket Listen(int port)
    {
        var listener = new Socket(_options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(_options.Address, port));
            listener.Listen(512);
        }
        catch (SocketException)
        {
            listener.Dispose();
            throw;
        }

        _listeners.Add(listener);
        return listener;
    }

    private async Task Accept(Socket listener, SslServerAuthenticationOptions? tls)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                _ = Admit(await listener.AcceptAsync(_closing.Token), tls);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // Out of sockets, or the other side has gone already: those who are in go on.
                await Task.Delay(OutOfSockets, _clock, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Admit(Socket socket, SslServerAuthenticationOptions? tls)
    {
        using (socket)
        {
            if (_visitors.Enter(socket.Dispose) is not { } visitor)
            {
                return;
            }

            using (visitor)
            {
                try
                {
                    socket.NoDelay = true;
                    await using var plain = new NetworkStream(socket, ownsSocket: false);
                    if (tls is null)
                    {
                        await Serve(plain, socket.RemoteEndPoint, visitor, null);
                        return;
                    }

                    await using var secured = new SslStream(plain);
                    using var patience = new CancellationTokenSource(_options.Timeout, _clock);
                    await secured.AuthenticateAsServerAsync(tls, patience.Token);
                    await Serve(secured, socket.RemoteEndPoint, visitor, secured.RemoteCertificate as X509Certificate2);
                }
                catch (Exception gone) when (gone is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
                {
                    _counts.Gone();
                }
            }
        }
    }

    private async Task Serve(Stream stream, EndPoint? from, BrokerVisitors.Visitor visitor, X509Certificate2? certificate)
    {
        await using var bounded = new PacketBoundStream(stream, _options.MaxPacketBytes, visitor.Spoke, _counts.Oversized);
        var channel = new MqttTcpChannel(bounded, null, from, certificate);
        using var adapter = new MqttChannelAdapter(channel, new MqttPacketFormatterAdapter(new MqttBufferWriter(4_096, 65_535)), new MqttNetNullLogger());
        await ClientHandler(adapter);
    }

    /// <summary>Who must show a certificate is checked against the given authority and no other.</summary>
    private static SslServerAuthenticationOptions Authentication(MqttBrokerTls tls)
    {
        var chain = PemFiles.Certificates(tls.CertificateFile);
        chain.RemoveAt(0);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(PemFiles.WithKey(tls.CertificateFile, tls.KeyFile), chain, offline: true),
        };
        if (tls.ClientCaFile.Length > 0)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(PemFiles.Certificates(tls.ClientCaFile));
        }

        return options;
    }
}
