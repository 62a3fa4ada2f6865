namespace Warehouse.Domain.Deciding;

/// <summary>
/// What the outside must now do because of an event: a command to a stream, at once or at a time. It is written in the
/// same transaction as the event and delivered by the dispatcher until it is answered.
/// </summary>
/// <param name="Target">The stream that shall get the command; for a deadline, the stream itself.</param>
/// <param name="Body">The command.</param>
/// <param name="Due">When it is due; null is at once.</param>
public sealed record Effect(StreamId Target, Command Body, Moment? Due = null)
{
    /// <summary>Tell a stream something now. Its answer comes back as <see cref="Answered"/>.</summary>
    public static Effect Tell(StreamId target, Command body) => new(target, body);

    /// <summary>Wake this stream itself at <paramref name="due"/> with <paramref name="body"/>.</summary>
    public static Effect Wake(StreamId self, Command body, Moment due) => new(self, body, due);
}
