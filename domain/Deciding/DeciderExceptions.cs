namespace Warehouse.Domain.Deciding;

/// <summary>A command reached a noun that does not know it: a wiring mistake, never a user's.</summary>
public sealed class UnreachableCommandException(string noun, Command command)
    : InvalidOperationException($"{noun} does not know the command {command.GetType().Name}: {command}");

/// <summary>A journal holds an event that this version of the noun cannot apply.</summary>
public sealed class UnknownEventException(string noun, Event happened)
    : InvalidOperationException($"{noun} does not know the event {happened.GetType().Name}: {happened}");

/// <summary>What must always hold does not. The stream stops; going on would spread the damage.</summary>
public sealed class BrokenInvariantException(string noun, string key, string what)
    : InvalidOperationException($"{noun} {key}: {what}");
