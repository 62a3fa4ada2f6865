using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>What an append says, decoded: the commands that were decided together, and the events that came of them.</summary>
/// <param name="At">When they were decided (warehouse clock).</param>
/// <param name="Commands">The commands in the order of decision, refused ones too.</param>
/// <param name="Events">All their events, in order.</param>
/// <param name="Effects">How many effects stand beside the append; they are numbered from 0.</param>
public sealed record DecodedAppend(
    Moment At, ImmutableArray<RecordedCommand> Commands, ImmutableArray<Event> Events, int Effects);

/// <summary>A decided command as the journal remembers it: enough to answer a repeat.</summary>
/// <param name="Id">The caller's id, or the effect's text.</param>
/// <param name="Effect">The effect that it delivered or answered; null for a command from outside.</param>
/// <param name="Hash">Of an outside command's body without times and facts; 0 for effects, whose body their id fixes.</param>
/// <param name="Answer">What it was answered.</param>
public sealed record RecordedCommand(string Id, EffectId? Effect, ulong Hash, Answer Answer);
