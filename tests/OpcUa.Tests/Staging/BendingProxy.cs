using System.Net;
using System.Net.Sockets;

namespace OpcUa.Tests.Staging;

/// <summary>Stands between a client and a server and bends what passes: bytes changed, cut out, doubled, sent in odd pieces. Seeded.</summary>
public sealed class BendingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly List<Task> _pumps = [];
    private readonly int _server;
    private readonly Random _random;
    private readonly bool _bendsAnswers;
    private readonly Task _accepting;

    public BendingProxy(string serverUrl, int seed, bool bendsAnswers)
    {
        (_server, _random, _bendsAnswers) = (new Uri(serverUrl).Port, new Random(seed), bendsAnswers);
        _listener.Start();
        _accepting = Accept();
    }

    public string Url => $"opc.tcp://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Pieces that were bent.</summary>
    public int Bent { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_pumps);
    }

    private async Task Accept()
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stopped.Token);
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _server);
                _pumps.Add(Pump(client, server, bends: !_bendsAnswers));
                _pumps.Add(Pump(server, client, bends: _bendsAnswers));
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Pump(TcpClient from, TcpClient to, bool bends)
    {
        var buffer = new byte[32_768];
        var passed = 0;
        var spared = _random.Next(1, 6);
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stopped.Token) is > 0 and var read)
            {
                // Some pieces pass whole, so that every depth of the conversation is reached.
                var piece = bends && passed++ >= spared ? Bend(buffer.AsSpan(0, read)) : buffer.AsSpan(0, read).ToArray();
                await to.GetStream().WriteAsync(piece, _stopped.Token);
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has given up.
        }

        from.Dispose();
        to.Dispose();
    }

    private byte[] Bend(ReadOnlySpan<byte> piece)
    {
        lock (_random)
        {
            Bent++;
            var bytes = piece.ToArray().ToList();
            for (var changes = _random.Next(1, 5); changes > 0 && bytes.Count > 1; changes--)
            {
                var at = _random.Next(bytes.Count);
                switch (_random.Next(4))
                {
                    case 0:
                        bytes.RemoveRange(at, Math.Min(_random.Next(1, 9), bytes.Count - at));
                        break;
                    case 1:
                        bytes.InsertRange(at, bytes.GetRange(at, Math.Min(_random.Next(1, 9), bytes.Count - at)));
                        break;
                    default:
                        bytes[at] = _random.Next(3) == 0 ? (byte)255 : (byte)_random.Next(256);
                        break;
                }
            }

            return [.. bytes];
        }
    }
}
