using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Warehouse.Journal;

/// <summary>
/// The text of an append in the making: events and effects stand behind one another in a scratch buffer in the order in
/// which they were decided, and are put in their places when the append is sealed.
/// </summary>
internal sealed class AppendText(Scratch scratch)
{
    private readonly List<Range> events = [];
    private readonly List<Range> effects = [];
    private int end;

    /// <summary>Where the next piece is written.</summary>
    public Scratch Scratch { get; } = scratch;

    /// <summary>What was written last was an event.</summary>
    public void EndEvent() => events.Add(Piece());

    /// <summary>What was written last was an effect's command.</summary>
    public void EndEffect() => effects.Add(Piece());

    /// <summary>
    /// The row, <c>head event,event,..]}</c>, and behind it the effects, in one array. What was written last is the head,
    /// up to where the events begin.
    /// </summary>
    public (ReadOnlyMemory<byte> Body, ImmutableArray<ReadOnlyMemory<byte>> Effects) Assemble()
    {
        var head = Piece();
        var written = Scratch.Written;
        var all = new byte[written.Length + Math.Max(0, events.Count - 1) + Closing.Length];
        var at = Copy(written[head], all, 0);
        for (var i = 0; i < events.Count; i++)
        {
            if (i > 0)
            {
                all[at++] = (byte)',';
            }

            at = Copy(written[events[i]], all, at);
        }

        at = Copy(Closing, all, at);
        var body = all.AsMemory(0, at);
        var bodies = new ReadOnlyMemory<byte>[effects.Count];
        for (var i = 0; i < bodies.Length; i++)
        {
            var from = at;
            at = Copy(written[effects[i]], all, at);
            bodies[i] = all.AsMemory(from..at);
        }

        return (body, ImmutableCollectionsMarshal.AsImmutableArray(bodies));
    }

    private static ReadOnlySpan<byte> Closing => "]}"u8;

    private static int Copy(ReadOnlySpan<byte> piece, byte[] into, int at)
    {
        piece.CopyTo(into.AsSpan(at));
        return at + piece.Length;
    }

    private Range Piece()
    {
        var from = end;
        end = Scratch.EndValue();
        return from..end;
    }
}
