using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Channels;
using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Client;

/// <summary>How a channel is opened.</summary>
/// <param name="EndpointUrl">opc.tcp://host:port/path.</param>
public sealed record ChannelOptions(string EndpointUrl)
{
    /// <summary>The algorithms. Default None.</summary>
    public SecurityPolicy Policy { get; init; } = SecurityPolicy.None;

    /// <summary>What they do. Default None.</summary>
    public MessageSecurityMode Mode { get; init; } = MessageSecurityMode.None;

    /// <summary>Our own application certificate with its key; not needed under None.</summary>
    public X509Certificate2? OwnCertificate { get; init; }

    /// <summary>The server's certificate; not needed under None. Whether it is trusted was decided before.</summary>
    public X509Certificate2? ServerCertificate { get; init; }

    /// <summary>What we take.</summary>
    public ChannelLimits Limits { get; init; } = ChannelLimits.Default;

    /// <summary>Lifetime of a token that is asked for, in milliseconds; renewed at three quarters of it. Default one hour.</summary>
    public uint TokenLifetimeMilliseconds { get; init; } = 3_600_000;

    /// <summary>How long a request waits for its answer, unless it says otherwise. Default 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>The client's end of a secure channel (Part 4, 5.6; Part 6, 6.7 and 7.1): sends requests and matches the answers to them.</summary>
public sealed class ClientChannel : IAsyncDisposable
{
    private readonly ChannelOptions _options;
    private readonly TimeProvider _clock;
    private readonly TypeTable _types;
    private readonly ChunkStream _stream;
    private readonly SecureConversation _conversation;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Dictionary<uint, Action<object?, Exception?>> _waiting = [];
    private readonly CancellationTokenSource _stopped = new();
    private TaskCompletionSource<OpcUaException?> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _nonce = [];
    private uint _requestId;
    private ITimer? _renewal;
    private Exception? _failure;

    private ClientChannel(ChannelOptions options, TimeProvider clock, TypeTable types, ChunkStream stream)
    {
        (_options, _clock, _types, _stream) = (options, clock, types, stream);
        _conversation = new SecureConversation(options.Policy, options.Mode, options.Limits, clock);
    }

    /// <summary>Told once, when the channel can no longer be used.</summary>
    public event Action<Exception>? Broken;

    /// <summary>How it was opened.</summary>
    public ChannelOptions Options => _options;

    /// <summary>The channel's id at the server.</summary>
    public uint ChannelId => _conversation.ChannelId;

    /// <summary>Connects, says Hello and opens the channel.</summary>
    public static async Task<ClientChannel> Open(ChannelOptions options, TimeProvider clock, TypeTable? types, CancellationToken cancellation)
    {
        // A server that takes the connection and says nothing must not hold its client for ever.
        using var late = new CancellationTokenSource(options.RequestTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        ClientChannel? channel = null;
        try
        {
            var socket = await Dial(options, either.Token);
            channel = new ClientChannel(options, clock, types ?? new TypeTable(), new ChunkStream(socket, options.Limits.BufferSize));
            await channel.SayHello(either.Token);
            _ = channel.ReceiveAll();
            await channel.OpenToken(SecurityTokenRequestType.Issue, either.Token);
            return channel;
        }
        catch (Exception failure)
        {
            if (channel is not null)
            {
                await channel.DisposeAsync();
            }

            throw failure is OperationCanceledException && !cancellation.IsCancellationRequested
                ? new OpcUaException(StatusCodes.BadTimeout, options.EndpointUrl, failure) : failure;
        }
    }

    private static async Task<Socket> Dial(ChannelOptions options, CancellationToken cancellation)
    {
        var url = new Uri(options.EndpointUrl);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(url.Host, url.Port < 0 ? 4840 : url.Port, cancellation);
            return socket;
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new OpcUaException(StatusCodes.BadNoCommunication, options.EndpointUrl, refused);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and waits for its answer; a fault throws.</summary>
    public async Task<T> Request<T>(IRequest request, CancellationToken cancellation, TimeSpan? timeout = null)
        where T : class, IResponse
    {
        var answer = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var late = new CancellationTokenSource(timeout ?? _options.RequestTimeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        var id = await Post(request, (response, failure) =>
        {
            if (failure is null)
            {
                answer.TrySetResult(response);
            }
            else
            {
                answer.TrySetException(failure);
            }
        }, cancellation);
        await using var given = both.Token.Register(() =>
        {
            Forget(id);
            answer.TrySetException(cancellation.IsCancellationRequested
                ? new OperationCanceledException(cancellation)
                : new OpcUaException(StatusCodes.BadRequestTimeout, request.GetType().Name));
        });
        return Expect<T>(await answer.Task);
    }

    /// <summary>Sends a request; its answer, or the failure, is told in the order of arrival.</summary>
    public async Task<uint> Post(IRequest request, Action<object?, Exception?> answered, CancellationToken cancellation)
    {
        uint id;
        lock (_waiting)
        {
            if (_failure is not null)
            {
                throw ChunkStream.Closed(_failure);
            }

            id = NextRequestId();
            _waiting[id] = answered;
        }

        try
        {
            using var body = new BinaryEncoder(_types);
            MessageBody.Write(body, request);
            await Send(request is CloseSecureChannelRequest ? MessageType.Close : MessageType.Message, id, body.Written, cancellation);
        }
        catch
        {
            Forget(id);
            throw;
        }

        return id;
    }

    /// <summary>The answer as what was asked for; a fault throws.</summary>
    public static T Expect<T>(object? answer)
        where T : class, IResponse => answer switch
        {
            IResponse { ResponseHeader.ServiceResult: { IsBad: true } status } => throw new OpcUaException(status),
            T response => response,
            _ => throw new OpcUaException(StatusCodes.BadUnknownResponse, answer?.GetType().Name),
        };

    /// <summary>Breaks the connection without a word, as a pulled cable does.</summary>
    public void Cut() => _stream.Cut();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_failure is null)
        {
            try
            {
                await Post(new CloseSecureChannelRequest(Header(default)), (_, _) => { }, CancellationToken.None);
            }
            catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
            {
                // The other side was faster.
            }
        }

        await _stopped.CancelAsync();
        Fail(ChunkStream.Closed());
        await _stream.DisposeAsync();
    }

    internal RequestHeader Header(NodeId token, uint timeoutMilliseconds = 0) => new(
        token, _clock.GetUtcNow().UtcDateTime, Interlocked.Increment(ref _handle), 0, null, timeoutMilliseconds, ExtensionObject.Null);

    private uint _handle;

    private async Task SayHello(CancellationToken cancellation)
    {
        await _stream.Send(Hello.Of(_options.Limits).ToChunk(MessageType.Hello, _options.EndpointUrl), cancellation);
        var chunk = await _stream.Receive(cancellation) ?? throw ChunkStream.Closed();
        switch (Chunks.TypeOf(chunk))
        {
            case MessageType.Acknowledge:
                _conversation.Agree(Hello.Read(new BinaryDecoder(chunk.AsMemory(Chunks.HeaderLength))));
                return;
            case MessageType.Error:
                throw Chunks.ReadError(chunk.AsMemory(Chunks.HeaderLength));
            default:
                throw new OpcUaException(StatusCodes.BadTcpMessageTypeInvalid);
        }
    }

    private async Task OpenToken(SecurityTokenRequestType kind, CancellationToken cancellation)
    {
        _nonce = _options.Policy.IsNone ? [] : RandomNumberGenerator.GetBytes(SecurityPolicy.NonceLength);
        _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var late = new CancellationTokenSource(_options.RequestTimeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        using var body = new BinaryEncoder();
        MessageBody.Write(body, new OpenSecureChannelRequest(
            Header(default), 0, kind, _options.Mode, _nonce, _options.TokenLifetimeMilliseconds));
        await _sending.WaitAsync(cancellation);
        try
        {
            uint id;
            lock (_waiting)
            {
                id = NextRequestId();
            }

            await _stream.Send(
                AsymmetricChunks.Seal(_options.Policy, _options.OwnCertificate, _options.ServerCertificate, ChannelId,
                    _conversation.NextSequenceNumber(), id, body.Written.Span), cancellation);
        }
        finally
        {
            _sending.Release();
        }

        if (await _opened.Task.WaitAsync(both.Token) is { } refused)
        {
            throw refused;
        }
    }

    private async Task ReceiveAll()
    {
        try
        {
            while (await _stream.Receive(_stopped.Token) is { } chunk)
            {
                Take(chunk);
            }

            Fail(ChunkStream.Closed());
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException or CryptographicException)
        {
            Fail(broken);
        }
    }

    private void Take(byte[] chunk)
    {
        switch (Chunks.TypeOf(chunk))
        {
            case MessageType.Error:
                throw Chunks.ReadError(chunk.AsMemory(Chunks.HeaderLength));
            case MessageType.Open:
                TakeToken(AsymmetricChunks.Open(_options.Policy, _options.OwnCertificate, _options.ServerCertificate, chunk));
                return;
            case MessageType.Message:
                if (_conversation.Open(chunk) is { } message)
                {
                    Answer(message);
                }

                return;
            default:
                throw new OpcUaException(StatusCodes.BadTcpMessageTypeInvalid);
        }
    }

    private void TakeToken(OpenedChunk opened)
    {
        _conversation.CheckSequence(opened.SequenceNumber);
        var response = MessageBody.Read(new BinaryDecoder(opened.Body, _options.Limits.Decoding));
        if (response is not OpenSecureChannelResponse { ResponseHeader.ServiceResult.IsBad: false } granted)
        {
            _opened.TrySetResult(new OpcUaException((response as IResponse)?.ResponseHeader.ServiceResult ?? StatusCodes.BadUnknownResponse));
            return;
        }

        SecurityToken.CheckNonce(_options.Policy, granted.ServerNonce);
        var token = granted.SecurityToken;
        _conversation.ChannelId = token.ChannelId;
        _conversation.Add(
            new SecurityToken(token.TokenId, _options.Policy, _nonce, granted.ServerNonce ?? [],
                SecurityToken.ExpiryOf(_clock.GetUtcNow().UtcDateTime, token.RevisedLifetime)),
            sendAtOnce: true);
        _renewal?.Dispose();
        _renewal = _clock.CreateTimer(_ => Renew(), null, TimeSpan.FromMilliseconds(Math.Max(50, token.RevisedLifetime * 0.75)), Timeout.InfiniteTimeSpan);
        _opened.TrySetResult(null);
    }

    private async void Renew()
    {
        try
        {
            await OpenToken(SecurityTokenRequestType.Renew, _stopped.Token);
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Fail(broken);
            _stream.Cut();
        }
    }

    private void Answer(ReceivedMessage message)
    {
        Action<object?, Exception?>? waiting;
        lock (_waiting)
        {
            _waiting.Remove(message.RequestId, out waiting);
        }

        if (waiting is null)
        {
            return;
        }

        if (message.Aborted is not null)
        {
            waiting(null, message.Aborted);
            return;
        }

        try
        {
            waiting(MessageBody.Read(new BinaryDecoder(message.Body, _options.Limits.Decoding, _types)), null);
        }
        catch (OpcUaException malformed)
        {
            waiting(null, malformed);
        }
    }

    private async Task Send(MessageType type, uint id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            foreach (var chunk in _conversation.Seal(type, id, body))
            {
                await _stream.Send(chunk, CancellationToken.None);
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            throw ChunkStream.Closed(broken);
        }
        finally
        {
            _sending.Release();
        }
    }

    private uint NextRequestId() => _requestId = _requestId == uint.MaxValue ? 1 : _requestId + 1;

    private void Forget(uint id)
    {
        lock (_waiting)
        {
            _waiting.Remove(id);
        }
    }

    private void Fail(Exception failure)
    {
        Action<object?, Exception?>[] lost;
        lock (_waiting)
        {
            if (_failure is not null)
            {
                return;
            }

            _failure = failure;
            lost = [.. _waiting.Values];
            _waiting.Clear();
        }

        _renewal?.Dispose();
        var closed = failure as OpcUaException ?? ChunkStream.Closed(failure);
        _opened.TrySetResult(closed);
        foreach (var waiting in lost)
        {
            waiting(null, closed);
        }

        _conversation.Dispose();
        Broken?.Invoke(closed);
    }
}
