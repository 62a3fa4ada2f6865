using System.IO.Pipelines;
using System.Net.Sockets;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Channels;

/// <summary>A TCP connection as a stream of chunks. One reader at a time; writes queue up behind each other.</summary>
internal sealed class ChunkStream : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private readonly int _bufferSize;

    public ChunkStream(Socket socket, int bufferSize)
    {
        socket.NoDelay = true;
        (_socket, _bufferSize) = (socket, bufferSize);
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: bufferSize, leaveOpen: true));
    }

    /// <summary>The next chunk; null when the other side has closed.</summary>
    public async ValueTask<byte[]?> Receive(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellation);
            var buffer = read.Buffer;
            var chunk = Chunks.TryTake(ref buffer, _bufferSize);
            _reader.AdvanceTo(buffer.Start, chunk is null ? buffer.End : buffer.Start);
            if (chunk is not null || read.IsCompleted)
            {
                return chunk;
            }
        }
    }

    public ValueTask Send(ReadOnlyMemory<byte> chunk, CancellationToken cancellation) => _stream.WriteAsync(chunk, cancellation);

    /// <summary>Ends it at once: a read that waits fails.</summary>
    public void Cut() => _socket.Dispose();

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _stream.DisposeAsync();
    }

    public static OpcUaException Closed(Exception? cause = null) => new(StatusCodes.BadConnectionClosed, cause?.Message, cause);
}
