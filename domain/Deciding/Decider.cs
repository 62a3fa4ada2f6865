namespace Warehouse.Domain.Deciding;

/// <summary>
/// A noun, whole: how it decides, what its events do to it, what the outside must then do, and what must always hold.
/// All four are pure; time, ids, draws and sensor facts come in with the command.
/// </summary>
/// <typeparam name="TState">The noun's state: an immutable record.</typeparam>
/// <param name="Noun">Its name in stream ids.</param>
/// <param name="Schema">Version of the state's shape; a snapshot of another one is dropped.</param>
/// <param name="Initial">The state before the first event.</param>
/// <param name="Decide">(state, command, time of decision) to events and an answer. An unlisted pair throws <see cref="UnreachableCommandException"/>.</param>
/// <param name="Evolve">(state, event) to state. Total; an unknown event throws <see cref="UnknownEventException"/>.</param>
/// <param name="React">(state after the event, event) to effects. Called once, when the event is decided; never on replay.</param>
/// <param name="Check">Throws <see cref="BrokenInvariantException"/> when the state must not be. Called after every event.</param>
public sealed record Decider<TState>(
    string Noun,
    int Schema,
    TState Initial,
    Func<TState, Command, Moment, Decision> Decide,
    Func<TState, Event, TState> Evolve,
    Func<TState, Event, IEnumerable<Effect>> React,
    Action<TState> Check)
    where TState : class;
