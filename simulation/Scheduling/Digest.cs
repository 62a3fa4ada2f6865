using System.Buffers.Binary;
using System.Globalization;

namespace Warehouse.Simulation.Scheduling;

/// <summary>A rolling digest: what a run wrote, in order, in 64 bits (FNV-1a over eight bytes at a time).</summary>
public sealed class Digest
{
    private const ulong Prime = 0x100000001B3;
    private ulong value = 0xCBF29CE484222325;

    /// <summary>The digest of everything added so far.</summary>
    public ulong Value => value;

    /// <summary>How many pieces were added.</summary>
    public long Count { get; private set; }

    /// <summary>Add a piece; its length counts, so pieces cannot run into one another.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        value = Of(piece, value);
        Count++;
    }

    /// <summary>Add a number.</summary>
    public void Add(long number)
    {
        unchecked
        {
            value = (value ^ (ulong)number) * Prime;
        }
    }

    /// <summary>The digest of one piece after <paramref name="start"/>.</summary>
    public static ulong Of(ReadOnlySpan<byte> piece, ulong start)
    {
        var hash = start;
        unchecked
        {
            hash = (hash ^ (ulong)piece.Length) * Prime;
            while (piece.Length >= sizeof(ulong))
            {
                hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(piece)) * Prime;
                hash ^= hash >> 29;
                piece = piece[sizeof(ulong)..];
            }

            foreach (var one in piece)
            {
                hash = (hash ^ one) * Prime;
            }
        }

        return hash;
    }

    /// <summary>Sixteen hex digits.</summary>
    public override string ToString() => value.ToString("x16", CultureInfo.InvariantCulture);
}
