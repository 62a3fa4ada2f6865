using System.Collections.Immutable;

namespace Warehouse.Domain.Deciding;

/// <summary>What a decider says to a command: what shall happen, and what the caller is answered once that is durable.</summary>
/// <param name="Events">What shall happen, in order; empty for refusals and repeats.</param>
/// <param name="Answer">What the caller hears after the commit.</param>
/// <param name="Recorded">False for a validation error: the caller may mend the body and send it under the same id.</param>
public readonly record struct Decision(ImmutableArray<Event> Events, Answer Answer, bool Recorded = true)
{
    /// <summary>Accepted, and nothing changes (a repeat in other words, or news that does not matter here).</summary>
    public static Decision Nothing { get; } = new([], Answer.Yes);

    /// <summary>Accepted: these events happen.</summary>
    public static Decision Accept(params ImmutableArray<Event> events) => new(events, Answer.Yes);

    /// <summary>Accepted with something to tell the caller.</summary>
    public static Decision Accept(AnswerDetail detail, params ImmutableArray<Event> events) => new(events, Answer.With(detail));

    /// <summary>Refused; nothing happens.</summary>
    public static Decision Refuse(Enum cause, string reason) => new([], Answer.No(cause, reason));

    /// <summary>Refused because the command itself breaks a rule, whatever the state; not recorded.</summary>
    public static Decision Invalid(Enum cause, string reason) => new([], Answer.No(cause, reason), Recorded: false);
}
