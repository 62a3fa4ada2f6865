namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// Follows the packets in what is read from a connection and refuses one over the bound by its length alone, before
/// anybody makes room for it (MQTT 5, section 2.1: one byte of type, then the length in one to four bytes).
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="maxPacketBytes">Most bytes after the fixed header.</param>
/// <param name="spoke">Told when the first packet's header is there.</param>
/// <param name="oversized">Told when a packet is refused.</param>
internal sealed class PacketBoundStream(Stream inner, int maxPacketBytes, Action spoke, Action oversized) : Stream
{
    private long _body;
    private bool _inLength;
    private int _length;
    private int _shift;
    private bool _hasSpoken;

    /// <inheritdoc/>
    public override bool CanRead => inner.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => inner.CanWrite;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Follow(buffer.Span[..read]);
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Follow(buffer.AsSpan(offset, read));
        return read;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Follow(ReadOnlySpan<byte> read)
    {
        while (!read.IsEmpty)
        {
            if (_body > 0)
            {
                var skipped = (int)Math.Min(_body, read.Length);
                _body -= skipped;
                read = read[skipped..];
            }
            else if (_inLength)
            {
                OfLength(read[0]);
                read = read[1..];
            }
            else
            {
                (_inLength, _length, _shift) = (true, 0, 0);
                read = read[1..];
            }
        }
    }

    private void OfLength(byte part)
    {
        _length |= (part & 0x7F) << _shift;
        _shift += 7;
        if (_length > maxPacketBytes || (part >= 0x80 && _shift > 21))
        {
            oversized();
            throw new IOException($"a packet over {maxPacketBytes} bytes");
        }

        if (part < 0x80)
        {
            (_inLength, _body) = (false, _length);
            if (!_hasSpoken)
            {
                _hasSpoken = true;
                spoke();
            }
        }
    }
}
