using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>
/// A decider whose state's type is forgotten, so that one stream class serves every noun. The casts behind it cannot
/// fail: a state only ever comes from the same noun.
/// </summary>
public abstract class Noun
{
    /// <summary>Its name in stream ids, for example <c>stock</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Version of the state's shape; a snapshot of another one is dropped.</summary>
    public abstract int Schema { get; }

    /// <summary>The state's type, for the codec.</summary>
    public abstract Type StateType { get; }

    /// <summary>The state before the first event.</summary>
    public abstract object Initial { get; }

    /// <summary>See <see cref="Decider{TState}"/>.</summary>
    public abstract Decision Decide(object state, Command command, Moment at);

    /// <summary>See <see cref="Decider{TState}"/>.</summary>
    public abstract object Evolve(object state, Event happened);

    /// <summary>See <see cref="Decider{TState}"/>.</summary>
    public abstract IEnumerable<Effect> React(object state, Event happened);

    /// <summary>See <see cref="Decider{TState}"/>.</summary>
    public abstract void Check(object state);

    /// <summary>The noun of a decider.</summary>
    public static Noun Of<TState>(Decider<TState> decider) where TState : class => new Typed<TState>(decider);

    private sealed class Typed<TState>(Decider<TState> decider) : Noun where TState : class
    {
        public override string Name => decider.Noun;

        public override int Schema => decider.Schema;

        public override Type StateType => typeof(TState);

        public override object Initial => decider.Initial;

        public override Decision Decide(object state, Command command, Moment at) =>
            decider.Decide((TState)state, command, at);

        public override object Evolve(object state, Event happened) => decider.Evolve((TState)state, happened);

        public override IEnumerable<Effect> React(object state, Event happened) =>
            decider.React((TState)state, happened);

        public override void Check(object state) => decider.Check((TState)state);
    }
}
