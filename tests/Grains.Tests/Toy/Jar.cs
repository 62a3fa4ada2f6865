using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Toy;

/// <summary>A jar of sweets: the smallest noun that can refuse, tell others, wake itself and break.</summary>
public sealed record JarState(int Sweets, int Woken, ImmutableArray<string> Heard)
{
    public static JarState Empty { get; } = new(0, 0, []);
}

[Alias("jar.command")]
public abstract record JarCommand : Command
{
    private JarCommand() { }

    [Alias("jar.fill")]
    public sealed record Fill(int Sweets) : JarCommand;

    [Alias("jar.take")]
    public sealed record Take(string Who, Moment AskedAt = default) : JarCommand;

    [Alias("jar.tell")]
    public sealed record Tell(StreamId Other, int Sweets) : JarCommand;

    [Alias("jar.wake-me")]
    public sealed record WakeMe(Moment Due) : JarCommand;

    [Alias("jar.wake")]
    public sealed record Wake : JarCommand;

    [Alias("jar.shatter")]
    public sealed record Shatter : JarCommand;
}

[Alias("jar.event")]
public abstract record JarEvent : Event
{
    private JarEvent() { }

    [Alias("jar.filled")]
    public sealed record FilledOnce(int Dozens) : JarEvent;

    [Alias("jar.filled.v2")]
    public sealed record Filled(int Sweets) : JarEvent;

    [Alias("jar.taken")]
    public sealed record Taken(string Who) : JarEvent;

    [Alias("jar.told")]
    public sealed record Told(StreamId Other, int Sweets) : JarEvent;

    [Alias("jar.wake-wanted")]
    public sealed record WakeWanted(Moment Due) : JarEvent;

    [Alias("jar.woken")]
    public sealed record Woken : JarEvent;

    [Alias("jar.answered")]
    public sealed record HeardBack(string What) : JarEvent;

    [Alias("jar.shattered")]
    public sealed record Shattered : JarEvent;
}

[Alias("jar.left")]
public sealed record SweetsLeft(int Sweets) : AnswerDetail;

public enum JarRefusal
{
    NotAQuantity,
    Empty,
}

public static class Jar
{
    public static StreamId Stream(string key = "kitchen") => StreamId.Of("jar", key);

    public static Decider<JarState> Decider { get; } = new(
        "jar", 1, JarState.Empty, Decide, Evolve, React,
        state =>
        {
            if (state.Sweets < 0)
            {
                throw new BrokenInvariantException("jar", "?", $"{state.Sweets} sweets");
            }
        });

    public static NounTable Nouns(int schema = 1) => new(
        [Noun.Of(Decider with { Schema = schema })],
        NameTable.Of(typeof(Command).Assembly, typeof(Jar).Assembly));

    private static Decision Decide(JarState state, Command command, Moment at) => command switch
    {
        JarCommand.Fill { Sweets: <= 0 } => Decision.Invalid(JarRefusal.NotAQuantity, "sweets must be positive"),
        JarCommand.Fill fill => Decision.Accept(new JarEvent.Filled(fill.Sweets)),
        JarCommand.Take when state.Sweets == 0 => Decision.Refuse(JarRefusal.Empty, "the jar is empty"),
        JarCommand.Take take => Decision.Accept(new SweetsLeft(state.Sweets - 1), new JarEvent.Taken(take.Who)),
        JarCommand.Tell tell => Decision.Accept(new JarEvent.Told(tell.Other, tell.Sweets)),
        JarCommand.WakeMe wake => Decision.Accept(new JarEvent.WakeWanted(wake.Due)),
        JarCommand.Wake => Decision.Accept(new JarEvent.Woken()),
        JarCommand.Shatter => Decision.Accept(new JarEvent.Shattered()),
        Answered { Answer: var answer, Target: var target } =>
            Decision.Accept(new JarEvent.HeardBack($"{target}: {(answer.Accepted ? "yes" : answer.Cause)}")),
        _ => throw new UnreachableCommandException("jar", command),
    };

    private static JarState Evolve(JarState state, Event happened) => happened switch
    {
        JarEvent.Filled filled => state with { Sweets = state.Sweets + filled.Sweets },
        JarEvent.Taken => state with { Sweets = state.Sweets - 1 },
        JarEvent.Told or JarEvent.WakeWanted => state,
        JarEvent.Woken => state with { Woken = state.Woken + 1 },
        JarEvent.HeardBack heard => state with { Heard = state.Heard.Add(heard.What) },
        JarEvent.Shattered => state with { Sweets = -1 },
        _ => throw new UnknownEventException("jar", happened),
    };

    private static IEnumerable<Effect> React(JarState state, Event happened) => happened switch
    {
        JarEvent.Told told => [Effect.Tell(told.Other, new JarCommand.Fill(told.Sweets))],
        JarEvent.WakeWanted wanted => [Effect.Wake(Stream(), new JarCommand.Wake(), wanted.Due)],
        _ => [],
    };
}
