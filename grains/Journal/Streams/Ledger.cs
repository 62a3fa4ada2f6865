using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>
/// What a stream remembers of the commands it has decided, so that a repeat is answered and never decided again:
/// <list type="bullet">
/// <item>per source stream the last effect and its answer. Effects of a source come in order, so one position says
/// what is old, and memory stays at one entry a source;</item>
/// <item>its own effects that are still open: an answer to, or a wake for, any other one is an echo;</item>
/// <item>recent commands from outside by the caller's id.</item>
/// </list>
/// It is built by the same <see cref="Apply"/> live and on replay. Sources and callers not heard of for the retention
/// period are forgotten; the period is longer than anybody repeats (the dispatcher keeps to it).
/// </summary>
internal sealed class Ledger(StreamId self, StreamOptions options)
{
    private readonly Dictionary<StreamId, HeardEffect> heard = [];
    private readonly SortedSet<OpenEffect> open = [];
    private readonly Dictionary<string, OutsideCommand> recent = new(StringComparer.Ordinal);
    private readonly Queue<OutsideCommand> byAge = [];

    private static Answer AnotherBody { get; } = Answer.No(
        RepeatRefusal.AnotherCommand, "this id stands for another command; a new command needs a new id");

    /// <summary>Take in an append that has landed.</summary>
    public void Apply(long version, DecodedAppend append)
    {
        foreach (var command in append.Commands)
        {
            if (command.Effect is not { } effect)
            {
                Remember(new OutsideCommand(command.Id, command.Hash, command.Answer, append.At));
            }
            else if (effect.From == self)
            {
                open.Remove(new OpenEffect(effect.Version, effect.Index));
            }
            else
            {
                heard[effect.From] = new HeardEffect(effect.From, effect.Version, effect.Index, command.Answer, append.At);
            }
        }

        for (var index = 0; index < append.Effects; index++)
        {
            open.Add(new OpenEffect(version, index));
        }

        Forget(append.At);
    }

    /// <summary>The answer to a repeat; null when the command is new (or newer than what this activation has seen).</summary>
    /// <param name="envelope">The command.</param>
    /// <param name="hash">Of a command from outside.</param>
    /// <param name="version">The last append taken in.</param>
    public Answer? Recall(Envelope envelope, ulong hash, long version)
    {
        if (envelope.Effect is not { } effect)
        {
            return recent.TryGetValue(envelope.Id, out var known)
                ? known.Hash == hash ? known.Answer : AnotherBody
                : null;
        }

        if (effect.From == self)
        {
            // An effect above our version landed elsewhere or lands right now: decide, the append's condition judges.
            return effect.Version > version || open.Contains(new OpenEffect(effect.Version, effect.Index)) ? null : Answer.Yes;
        }

        if (!heard.TryGetValue(effect.From, out var last))
        {
            return null;
        }

        var order = (effect.Version, effect.Index).CompareTo((last.Version, last.Index));
        return order > 0 ? null : order == 0 ? last.Answer : Answer.Yes;
    }

    /// <summary>What a repeat under a waiting command's id hears when its body is another one.</summary>
    public static Answer RefuseAnotherBody() => AnotherBody;

    /// <summary>For a snapshot.</summary>
    public LedgerImage Image(Moment now)
    {
        var oldest = now.Plus(-(long)options.Retention.TotalMilliseconds);
        foreach (var silent in heard.Values.Where(source => source.At < oldest).ToArray())
        {
            heard.Remove(silent.From);
        }

        return new LedgerImage([.. heard.Values.OrderBy(source => source.From)], [.. open], [.. byAge]);
    }

    /// <summary>Back to what a snapshot says; null empties it.</summary>
    public void Restore(LedgerImage? image)
    {
        heard.Clear();
        open.Clear();
        recent.Clear();
        byAge.Clear();
        if (image is null)
        {
            return;
        }

        foreach (var source in image.Heard)
        {
            heard.Add(source.From, source);
        }

        open.UnionWith(image.Open);
        foreach (var command in image.Recent)
        {
            Remember(command);
        }
    }

    private void Remember(OutsideCommand command)
    {
        recent[command.Id] = command;
        byAge.Enqueue(command);
    }

    private void Forget(Moment now)
    {
        var oldest = now.Plus(-(long)options.Retention.TotalMilliseconds);
        while (byAge.TryPeek(out var first) && (byAge.Count > options.MaxRemembered || first.At < oldest))
        {
            byAge.Dequeue();
            if (ReferenceEquals(recent.GetValueOrDefault(first.Id), first))
            {
                recent.Remove(first.Id);
            }
        }
    }
}

/// <summary>Why a stream itself, before its noun is asked, says no.</summary>
public enum RepeatRefusal
{
    /// <summary>The id was used for another command.</summary>
    AnotherCommand,
    /// <summary>The effect could not be delivered within the period for which targets remember.</summary>
    Expired,
}
