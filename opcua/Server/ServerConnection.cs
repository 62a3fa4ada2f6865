using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Warehouse.OpcUa.Channels;
using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>
/// The server's end of one connection: Hello, OpenSecureChannel, then requests in turn. Whatever is wrong with the channel
/// itself ends it with an Error message (Part 6, 7.1.5); a request that is wrong is answered by a fault.
/// </summary>
internal sealed class ServerConnection : IAsyncDisposable
{
    /// <summary>Answers that wait to be sent; a client that reads no faster is cut.</summary>
    private const int MostAnswers = 1024;

    private readonly OpcUaServer _server;
    private readonly Dispatcher _dispatcher;
    private readonly TimeProvider _clock;
    private readonly ChunkStream _stream;
    private readonly Channel<(uint RequestId, object Message)> _answers = Channel.CreateBounded<(uint, object)>(MostAnswers);
    private SecureConversation? _conversation;
    private Hello? _hello;
    private uint _tokenId;

    public ServerConnection(OpcUaServer server, Dispatcher dispatcher, Socket socket, TimeProvider clock)
    {
        (_server, _dispatcher, _clock) = (server, dispatcher, clock);
        _stream = new ChunkStream(socket, server.Options.Limits.BufferSize);
    }

    /// <summary>The certificate of the client's application; null under None.</summary>
    public X509Certificate2? ClientCertificate { get; private set; }

    public SecurityPolicy Policy => _conversation?.Policy ?? SecurityPolicy.None;

    public MessageSecurityMode Mode => _conversation?.Mode ?? MessageSecurityMode.None;

    public uint ChannelId => _conversation?.ChannelId ?? 0;

    public void Cut() => _stream.Cut();

    public async Task Run(CancellationToken stopped)
    {
        try
        {
            using var opening = new CancellationTokenSource(_server.Options.OpeningTimeout, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopped, opening.Token);
            while (_conversation is null && await _stream.Receive(either.Token) is { } first)
            {
                await Open(first);
            }

            var sending = SendAnswers();
            while (_conversation is not null && await _stream.Receive(stopped) is { } chunk && await Take(chunk))
            {
            }

            _answers.Writer.TryComplete();
            await sending;
        }
        catch (OpcUaException refused)
        {
            await Refuse(refused);
        }
        catch (CryptographicException unreadable)
        {
            await Refuse(new OpcUaException(StatusCodes.BadSecurityChecksFailed, unreadable.Message, unreadable));
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone; its session stays until it times out.
        }
        finally
        {
            _answers.Writer.TryComplete();
            _server.Leave(this);
            _dispatcher.Closed(this);
            await DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _conversation?.Dispose();
    }

    /// <summary>Sends an answer after those before it. A client that does not read is cut.</summary>
    public void Answer(uint requestId, object response)
    {
        if (!_answers.Writer.TryWrite((requestId, response)))
        {
            Cut();
        }
    }

    private async Task Open(byte[] chunk)
    {
        switch (Chunks.TypeOf(chunk))
        {
            case MessageType.Hello when _hello is null:
                _hello = Hello.Read(new BinaryDecoder(chunk.AsMemory(Chunks.HeaderLength)));
                await _stream.Send(Hello.Of(_server.Options.Limits).ToChunk(MessageType.Acknowledge), CancellationToken.None);
                return;
            case MessageType.Open when _hello is not null:
                await OpenToken(chunk);
                return;
            default:
                throw new OpcUaException(StatusCodes.BadTcpMessageTypeInvalid);
        }
    }

    private async Task<bool> Take(byte[] chunk)
    {
        switch (Chunks.TypeOf(chunk))
        {
            case MessageType.Open:
                await OpenToken(chunk);
                return true;
            case MessageType.Close:
                _conversation!.Open(chunk);
                return false;
            case MessageType.Message:
                if (_conversation!.Open(chunk) is { Aborted: null } message)
                {
                    _dispatcher.Take(this, message.RequestId, message.Body);
                }

                return true;
            default:
                throw new OpcUaException(StatusCodes.BadTcpMessageTypeInvalid);
        }
    }

    /// <summary>Issue or Renew (Part 4, 5.6.2): the client's certificate is checked before anything is decrypted for it.</summary>
    private async Task OpenToken(byte[] chunk)
    {
        var header = AsymmetricChunks.ReadHeader(chunk, out _, out _);
        var policy = SecurityPolicy.Of(header.SecurityPolicyUri) ?? throw new OpcUaException(StatusCodes.BadSecurityPolicyRejected);
        if (_conversation is null ? !Offers(policy) : policy != _conversation.Policy)
        {
            throw new OpcUaException(StatusCodes.BadSecurityPolicyRejected);
        }

        var client = policy.IsNone ? null : ClientOf(header);
        var opened = AsymmetricChunks.Open(policy, _server.Options.Certificate, client, chunk);
        var request = MessageBody.Read(new BinaryDecoder(opened.Body, _server.Options.Limits.Decoding)) as OpenSecureChannelRequest
            ?? throw new OpcUaException(StatusCodes.BadTcpMessageTypeInvalid);
        SecurityToken.CheckNonce(policy, request.ClientNonce);
        Begin(policy, request, opened, client);
        var now = _clock.GetUtcNow().UtcDateTime;
        var lifetime = Math.Clamp(request.RequestedLifetime == 0 ? uint.MaxValue : request.RequestedLifetime, 1, _server.Options.MaxTokenLifetimeMilliseconds);
        var nonce = policy.IsNone ? [] : RandomNumberGenerator.GetBytes(SecurityPolicy.NonceLength);
        _conversation!.Add(
            new SecurityToken(++_tokenId, policy, nonce, request.ClientNonce ?? [], SecurityToken.ExpiryOf(now, lifetime)), sendAtOnce: false);
        Answer(opened.RequestId, new OpenSecureChannelResponse(
            Dispatcher.Header(request.RequestHeader, StatusCodes.Good, now), 0,
            new ChannelSecurityToken(_conversation.ChannelId, _tokenId, now, lifetime), nonce));
        await Task.CompletedTask;
    }

    private void Begin(SecurityPolicy policy, OpenSecureChannelRequest request, OpenedChunk opened, X509Certificate2? client)
    {
        if (_conversation is not null)
        {
            if (request.RequestType != SecurityTokenRequestType.Renew || opened.ChannelId != _conversation.ChannelId || request.SecurityMode != _conversation.Mode)
            {
                throw new OpcUaException(StatusCodes.BadSecureChannelIdInvalid);
            }

            _conversation.CheckSequence(opened.SequenceNumber);
            return;
        }

        if (request.RequestType != SecurityTokenRequestType.Issue || (request.SecurityMode == MessageSecurityMode.None) != policy.IsNone
            || !(policy.IsNone || _server.Options.Endpoints.Contains((policy, request.SecurityMode))))
        {
            throw new OpcUaException(StatusCodes.BadSecurityModeRejected);
        }

        ClientCertificate = client;
        _conversation = new SecureConversation(policy, request.SecurityMode, _server.Options.Limits, _clock) { ChannelId = _server.NextChannelId() };
        _conversation.Agree(_hello!);
        _conversation.CheckSequence(opened.SequenceNumber);
    }

    /// <summary>None is always let in as far as discovery; sessions on it are refused unless it is offered (Part 4, 5.5.1).</summary>
    private bool Offers(SecurityPolicy policy) => policy.IsNone || _server.Options.Endpoints.Any(endpoint => endpoint.Policy == policy);

    private X509Certificate2 ClientOf(AsymmetricHeader header)
    {
        var client = Client.Certificates.Load(header.SenderCertificate) ?? throw new OpcUaException(StatusCodes.BadCertificateInvalid);
        if (ClientCertificate is not null && !ClientCertificate.RawData.AsSpan().SequenceEqual(client.RawData))
        {
            throw new OpcUaException(StatusCodes.BadSecurityChecksFailed);
        }

        var trusted = _server.Options.TrustList.Check(client, applicationUri: null);

        // A stranger learns only that it was refused (Part 4, 6.1.3).
        return trusted.IsBad ? throw new OpcUaException(StatusCodes.BadSecurityChecksFailed, trusted.ToString()) : client;
    }

    private async Task SendAnswers()
    {
        try
        {
            await foreach (var (requestId, message) in _answers.Reader.ReadAllAsync())
            {
                if (message is OpenSecureChannelResponse)
                {
                    using var body = new BinaryEncoder();
                    MessageBody.Write(body, message);
                    await _stream.Send(
                        AsymmetricChunks.Seal(Policy, _server.Options.Certificate, ClientCertificate, ChannelId,
                            _conversation!.NextSequenceNumber(), requestId, body.Written.Span), CancellationToken.None);
                }
                else
                {
                    await Send(requestId, message);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            Cut();
        }
    }

    private async Task Send(uint requestId, object message)
    {
        using var body = new BinaryEncoder(_server.Space.Types);
        IEnumerable<byte[]> chunks;
        try
        {
            MessageBody.Write(body, message);
            chunks = _conversation!.Seal(MessageType.Message, requestId, body.Written);
        }
        catch (Exception unsaid) when (unsaid is OpcUaException or InvalidCastException && message is not ServiceFault)
        {
            var header = ((IResponse)message).ResponseHeader;
            var status = (unsaid as OpcUaException)?.StatusCode == StatusCodes.BadRequestTooLarge ? StatusCodes.BadResponseTooLarge : StatusCodes.BadEncodingError;
            await Send(requestId, new ServiceFault(header with { ServiceResult = status }));
            return;
        }

        foreach (var chunk in chunks)
        {
            await _stream.Send(chunk, CancellationToken.None);
        }
    }

    private async Task Refuse(OpcUaException refused)
    {
        try
        {
            await _stream.Send(Chunks.Error(refused.StatusCode, string.Empty), CancellationToken.None);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // It did not wait to hear why.
        }
    }
}
