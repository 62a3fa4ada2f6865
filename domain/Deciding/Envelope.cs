using System.Globalization;

namespace Warehouse.Domain.Deciding;

/// <summary>Names one effect for good: the stream that had it, the append it stood in, its place there.</summary>
/// <param name="From">The stream that had the effect.</param>
/// <param name="Version">The append, counted from 1.</param>
/// <param name="Index">Its place among that append's effects, from 0.</param>
[GenerateSerializer, Immutable, Alias("effect-id")]
public readonly record struct EffectId(
    [property: Id(0)] StreamId From, [property: Id(1)] long Version, [property: Id(2)] int Index) : IComparable<EffectId>
{
    /// <summary>By stream, then append, then place.</summary>
    public int CompareTo(EffectId other) =>
        From.CompareTo(other.From) is not 0 and var byStream ? byStream
        : Version.CompareTo(other.Version) is not 0 and var byVersion ? byVersion
        : Index.CompareTo(other.Index);

    /// <summary>The effect id of its text; throws <see cref="FormatException"/> naming the text when it is none.</summary>
    public static EffectId Parse(string text)
    {
        var hash = text.LastIndexOf('#');
        var dot = text.LastIndexOf('.');
        return hash > 0 && dot > hash
            && long.TryParse(text.AsSpan(hash + 1, dot - hash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? new EffectId(StreamId.Parse(text[..hash]), version, index)
                : throw new FormatException($"'{text}' is not stream#version.index");
    }

    /// <summary><c>stream#version.index</c>.</summary>
    public override string ToString() => $"{From}#{Version}.{Index}";
}

/// <summary>
/// A command on its way, with the name that makes a repeat of it harmless. Either <paramref name="Effect"/> is set
/// (it comes from another stream's journal) or <paramref name="Id"/> was chosen by a caller outside.
/// </summary>
/// <param name="Id">The caller's id, or the effect's text.</param>
/// <param name="Body">The command.</param>
/// <param name="Effect">The effect that this delivers or, under <see cref="Answered"/>, answers.</param>
[GenerateSerializer, Immutable, Alias("envelope")]
public sealed record Envelope(
    [property: Id(0)] string Id, [property: Id(1)] Command Body, [property: Id(2)] EffectId? Effect = null)
{
    /// <summary>A command from outside under the caller's id (at most 200 characters; the same id is the same command).</summary>
    public static Envelope From(string id, Command body) => new(id, body);

    /// <summary>An effect on its way to its target, or its answer on the way back.</summary>
    public static Envelope Of(EffectId effect, Command body) => new(effect.ToString(), body, effect);
}
