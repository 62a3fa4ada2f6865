using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>The nouns that streams are built from, and the names under which their messages stand in the journal.</summary>
public sealed partial class NounTable
{
    private readonly Dictionary<string, Noun> byName = new(StringComparer.Ordinal);

    /// <summary>A table of these nouns; <paramref name="names"/> must know every message of theirs.</summary>
    public NounTable(IEnumerable<Noun> nouns, NameTable names)
    {
        ArgumentNullException.ThrowIfNull(nouns);
        Names = names;
        foreach (var noun in nouns)
        {
            byName.Add(noun.Name, noun);
        }
    }

    /// <summary>The journal's names for commands, events and answer details.</summary>
    public NameTable Names { get; }

    /// <summary>The noun of a stream; throws when there is none, naming the stream.</summary>
    public Noun Of(StreamId stream) =>
        byName.TryGetValue(stream.Noun, out var noun)
            ? noun
            : throw new UnknownNounException(stream);
}

/// <summary>A stream id names a noun that nobody wrote: a wiring mistake.</summary>
public sealed class UnknownNounException(StreamId stream)
    : InvalidOperationException($"{stream}: there is no noun '{stream.Noun}'");
